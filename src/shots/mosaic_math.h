#pragma once

#include "shots/frame_features.h"

namespace dramatis {

/// Mean grey level.
float mean_luma(const Mosaic& mosaic);
/// Standard deviation of the cells, grey levels: near 0 for a blank picture.
float contrast(const Mosaic& mosaic);
/// -1 to 1; blind to brightness and contrast. Two blank pictures are alike (1).
float correlation(const Mosaic& a, const Mosaic& b);
/// Mean absolute difference, grey levels.
float mean_difference(const Mosaic& a, const Mosaic& b);
/// Mean square difference.
float square_difference(const Mosaic& a, const Mosaic& b);

/// Where `between` lies on the way from `from` to `to`: 0 at the start, 1 at the end, and how far
/// off the way it is (mean square), in parts of the way's own mean square. A mix of both pictures
/// lies on it; any other change of the picture does not.
struct PlaceBetween {
  float share = 0;
  float off = 0;
};
PlaceBetween place_between(const Mosaic& from, const Mosaic& to, const Mosaic& between);

}  // namespace dramatis
