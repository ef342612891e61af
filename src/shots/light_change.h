#pragma once

#include <opencv2/core/mat.hpp>

namespace dramatis {

/// How unlike two pictures of the same size (grey, 8 bits) are once a change of light is taken out,
/// 0 to 1: 0 where each grey level of the one became one level of the other, brighter staying
/// brighter. 1 where that says nothing: a flat picture, or some parts brighter and others darker.
float unlikeness_but_for_light(const cv::Mat& before, const cv::Mat& now);

}  // namespace dramatis
