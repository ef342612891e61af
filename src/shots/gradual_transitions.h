#pragma once

// Transitions that take time, found in the mosaics of the frames alone.

#include <span>
#include <vector>

#include "base/frame_time.h"
#include "shots/frame_features.h"
#include "shots/shot.h"

namespace dramatis {

struct GradualTransition {
  /// The frames that show neither shot cleanly. May begin or end the film.
  FrameRange range;
  TransitionKind kind = TransitionKind::dissolve;
  /// Where the new shot begins: in the middle of dissolve, wipe and black; at the abrupt side of a
  /// fade that has one. 0 or the film's end for a fade there; negative where no new shot begins (a
  /// shot that fades out and comes back).
  FrameNumber boundary = 0;
  /// Certainty: what the search scored, about 0 to 1.
  float score = 1;
};

/// Fades through a blank picture (black, white, any flat colour), also those of which only one side
/// is gradual, and those at the film's ends. In order, not overlapping. Blank pictures with abrupt
/// changes on both sides are left to the cuts.
std::vector<GradualTransition> find_fades(std::span<const FrameFeatures> film);

/// Dissolves (every frame is a mix of the frames before and after, in proportions that change
/// steadily) and wipes (every cell shows the one or the other and changes once, at different times)
/// inside `inside`, a stretch without cuts or fades, with at least the given scores. In order, not
/// overlapping.
std::vector<GradualTransition> find_dissolves(std::span<const FrameFeatures> film,
                                              const FrameRange& inside, float least_score);
std::vector<GradualTransition> find_wipes(std::span<const FrameFeatures> film,
                                          const FrameRange& inside, float least_score);

}  // namespace dramatis
