#pragma once

#include <span>
#include <vector>

#include "base/frame_time.h"
#include "heads/head.h"
#include "tracks/track.h"

namespace dramatis {

/// Everything known of one shot. No track crosses its ends.
struct ShotLooks {
  FrameRange range;
  /// Frames to take no best face from: see Shot::clean_start.
  FrameRange clean_range;
  double frames_per_second = 25;
  int picture_width = 0;
  int picture_height = 0;
  std::span<const Look> looks;  ///< ascending frames inside the range; not every frame has one
  /// Global picture motion from each frame of the range to the next, in pixels; empty: none known.
  std::span<const Point> camera_motion;
};

/// Follows the heads of a shot: one Track for each, covering every frame from its first to its last.
struct TrackingOptions;
std::vector<Track> track_shot(const ShotLooks& shot, const TrackingOptions& options);

}  // namespace dramatis
