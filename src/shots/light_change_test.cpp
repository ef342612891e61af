#include "shots/light_change.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dramatis {
namespace {

cv::Mat texture(unsigned seed) {
  cv::Mat coarse(5, 8, CV_8U), picture;
  cv::RNG(seed).fill(coarse, cv::RNG::UNIFORM, 20, 220);
  cv::resize(coarse, picture, {64, 36}, 0, 0, cv::INTER_CUBIC);
  return picture;
}

cv::Mat lit(const cv::Mat& picture, double gain, double added, double gamma = 1) {
  cv::Mat out;
  picture.convertTo(out, CV_32F, 1.0 / 255);
  cv::pow(out, gamma, out);
  out.convertTo(out, CV_8U, 255 * gain, added);
  return out;
}

TEST(LightChange, OfAnyKindLeavesThePictureAlike) {
  const cv::Mat room = texture(1);
  for (const cv::Mat& other : {lit(room, 0.3, 0), lit(room, 2.5, 0), lit(room, 1.2, 110),
                               lit(room, 1, 0, 0.5), lit(room, 1, 0, 2.2)}) {
    EXPECT_LT(unlikeness_but_for_light(room, other), 0.05);
    EXPECT_LT(unlikeness_but_for_light(other, room), 0.05) << "switched off";
  }
}

TEST(LightChange, IsNoExcuseForAnotherPicture) {
  for (unsigned seed = 1; seed < 12; ++seed) {
    const cv::Mat one = texture(seed), other = texture(seed + 100);
    EXPECT_GT(unlikeness_but_for_light(one, other), 0.5) << seed;
    EXPECT_GT(unlikeness_but_for_light(one, lit(other, 0.3, 0)), 0.5) << seed;
    EXPECT_GT(unlikeness_but_for_light(one, 255 - one), 0.5) << seed;
  }
}

TEST(LightChange, AFlatPictureExplainsNothing) {
  const cv::Mat room = texture(3), black(36, 64, CV_8U, cv::Scalar(0));
  EXPECT_EQ(unlikeness_but_for_light(room, black), 1);
  EXPECT_EQ(unlikeness_but_for_light(black, room), 1);
}

}  // namespace
}  // namespace dramatis
