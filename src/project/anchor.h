#pragma once

// What a decision holds on to. Ids of tracks change with every run; the film does not. So a
// decision remembers the heads that were on the screen: some frames, and where in them the head
// was.

#include <compare>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"

namespace dramatis {

/// A head at a frame.
struct AnchorPoint {
  FrameNumber frame = 0;
  Box box;
  friend bool operator==(const AnchorPoint&, const AnchorPoint&) = default;
};

/// A track as it was when something was said of it.
struct TrackAnchor {
  FrameRange range;
  double seconds = 0;               ///< on the screen
  std::vector<AnchorPoint> points;  ///< a few, ascending frames
  friend bool operator==(const TrackAnchor&, const TrackAnchor&) = default;
};

}  // namespace dramatis
