#pragma once

#include <opencv2/core/mat.hpp>

#include "base/geometry.h"

namespace dramatis {

/// A grey picture small enough for shift_between(): 64 x 36, 8 bits, whatever the film's shape.
cv::Mat motion_picture(const cv::Mat& grey);

/// How far the picture as a whole moved from `before` to `now`, in widths (x) and heights (y) of
/// the picture, positive to the right and down: what was at p is now at p + shift. (0, 0) where the
/// motion cannot be told: a cut, a flat picture, noise, or nothing moved.
Point shift_between(const cv::Mat& before, const cv::Mat& now);

}  // namespace dramatis
