#pragma once

#include <opencv2/core/mat.hpp>

#include "base/geometry.h"

namespace dramatis {

/// A grey picture small enough for motion_between(): 64 x 36, 8 bits, whatever the film's shape.
cv::Mat motion_picture(const cv::Mat& grey);

/// The picture as a whole from one frame to the next.
struct PictureMotion {
  /// How far it moved, in widths (x) and heights (y) of the picture, positive to the right and
  /// down: what was at p is now at p + shift. (0, 0) where the motion cannot be told: a cut, a flat
  /// picture, noise, or nothing moved.
  Point shift;
  /// How unlike the two pictures are once the motion is taken out: 1 - their correlation, 0 to 2.
  /// Does not see a change of brightness or contrast; 0 where one of them is flat.
  float structure_change = 0;
};

/// Both made by motion_picture().
PictureMotion motion_between(const cv::Mat& before, const cv::Mat& now);

}  // namespace dramatis
