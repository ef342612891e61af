#pragma once

#include <span>
#include <vector>

#include "tracks/mot_file.h"
#include "tracks/tracker.h"

namespace dramatis {

/// What is known of the film that detections are of.
struct DetectedFilm {
  std::vector<FrameRange> shots;  ///< in order; empty: one, from frame 0 to the last detection
  double frames_per_second = 25;
  int picture_width = 0;  ///< 0: not known; then nobody is taken to have left the picture
  int picture_height = 0;
};

/// The tracker alone, on boxes that any detector found: those of each shot are followed by place,
/// size and motion. Tracks of all shots in order. Detections outside of every shot are left out.
std::vector<Track> track_detections(std::span<const MotBox> detections, const DetectedFilm& film,
                                    const TrackingOptions& options = {});

}  // namespace dramatis
