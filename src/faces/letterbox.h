#pragma once

#include "base/geometry.h"
#include "base/picture.h"
#include "film/frame.h"

namespace dramatis {

/// Pixels of a network's input.
struct NetworkSize {
  int width = 0;
  int height = 0;
  friend bool operator==(const NetworkSize&, const NetworkSize&) = default;
};

/// How a frame lies in a network's input: shrunk (or enlarged) evenly, from the top left corner,
/// the rest filled with one colour. Even means even on the screen: a frame whose pixels are not
/// square is squared on the way. Names the places of both sides, so that a box cannot be taken for
/// the other's.
struct Letterbox {
  NetworkSize network;
  int covered_width = 0;  ///< the part of the input that shows the frame
  int covered_height = 0;
  float frame_from_network_x = 1;  ///< frame pixels in one network pixel
  float frame_from_network_y = 1;

  Box in_frame(const Box& in_network) const;
  Point in_frame(const Point& in_network) const;
};

/// The largest even fit. `pixel_aspect`: width of a frame's pixel over its height.
Letterbox letterbox(int frame_width, int frame_height, float pixel_aspect, NetworkSize network);

/// The size, sides multiples of `multiple`, that shows a frame of this shape largest without
/// exceeding `pixels` in all; of equals the smallest. 16:9 and 640 * 384 pixels: 640x384.
NetworkSize network_size_for(int frame_width, int frame_height, float pixel_aspect, int pixels,
                             int multiple = 32);

/// The network's picture, `grey` (0 to 255) where no frame is.
Picture letterboxed(const Frame& frame, const Letterbox& fit, int grey = 0);

}  // namespace dramatis
