#pragma once

#include <opencv2/core/mat.hpp>

namespace dramatis {

/// Eight bits a channel, three channels, blue-green-red, row by row from the top (CV_8UC3).
/// Shares its pixels when copied; clone() for a copy of one's own.
using Picture = cv::Mat;

}  // namespace dramatis
