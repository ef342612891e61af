#pragma once

#include <span>
#include <vector>

#include "base/frame_time.h"
#include "shots/frame_features.h"
#include "shots/shot.h"

namespace dramatis {

/// Where a new shot begins and how.
struct ShotBoundary {
  FrameNumber at = 0;
  TransitionKind kind = TransitionKind::cut;
  /// Frames that show neither shot cleanly; empty: to be found out (a cut).
  FrameRange unclean;
  float strength = 1;  ///< of two that are too close the stronger stays
};

/// The boundaries of which no two are closer than `min_length`, the stronger first; none closer to
/// the film's ends either.
std::vector<ShotBoundary> boundaries_apart(std::vector<ShotBoundary> boundaries,
                                           FrameNumber min_length, FrameNumber film_frames);

/// The shots between these boundaries, in order. Blended frames at cuts, the frames of gradual
/// transitions and blank frames at either end are left out of their clean ranges.
std::vector<Shot> shots_between(std::span<const FrameFeatures> film,
                                std::span<const ShotBoundary> boundaries);

/// Takes `range` out of the clean ranges of the shots it touches (a fade at the film's beginning).
void mark_unclean(std::span<Shot> shots, const FrameRange& range);

}  // namespace dramatis
