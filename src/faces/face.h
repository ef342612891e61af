#pragma once

#include <array>

#include "base/embedding.h"
#include "base/geometry.h"

namespace dramatis {

/// Five points of a face, in the film's picture. Left and right are the picture's, not the
/// person's.
struct Landmarks {
  Point left_eye, right_eye, nose, left_mouth_corner, right_mouth_corner;
  std::array<Point, 5> points() const {
    return {left_eye, right_eye, nose, left_mouth_corner, right_mouth_corner};
  }
};

/// A face as a detector found it.
struct Face {
  Box box;  ///< from forehead to chin; the head is larger
  Landmarks landmarks;
  float score = 0;  ///< the detector's own, 0 to 1
};

}  // namespace dramatis
