#include "heads/colours.h"

#include <gtest/gtest.h>

#include <numeric>
#include <opencv2/imgproc.hpp>

namespace dramatis {
namespace {

/// A person: hair and face in the head box, clothes below.
Picture person(cv::Scalar hair, cv::Scalar clothes, double light = 1) {
  Picture picture(400, 400, CV_8UC3, cv::Scalar(200, 160, 90));
  picture(cv::Rect(80, 200, 240, 200)).setTo(clothes);
  cv::ellipse(picture, {200, 150}, {40, 50}, 0, 0, 360, cv::Scalar(140, 170, 220), cv::FILLED);
  cv::ellipse(picture, {200, 122}, {40, 24}, 0, 0, 360, hair, cv::FILLED);
  picture.convertTo(picture, -1, light);
  return picture;
}

const Box head{160, 100, 80, 100};
const cv::Scalar black(20, 20, 20), blond(90, 180, 220), red(30, 30, 200), blue(200, 60, 30);

float sum(const std::vector<float>& colours, int part) {
  return std::accumulate(colours.begin() + part * colour_bins,
                         colours.begin() + (part + 1) * colour_bins, 0.f);
}

TEST(Colours, EachPartAddsUpToOne) {
  const auto colours = colours_of_head(person(black, red), head);
  ASSERT_EQ(colours.size(), 2u * colour_bins);
  EXPECT_LE(colours.size(), 64u);
  EXPECT_NEAR(sum(colours, 0), 1, 1e-4);
  EXPECT_NEAR(sum(colours, 1), 1, 1e-4);
}

TEST(Colours, TellClothesApartMoreThanLight) {
  const auto in_red = colours_of_head(person(black, red), head);
  const auto darker = colours_of_head(person(black, red, 0.8), head);
  const auto in_blue = colours_of_head(person(black, blue), head);
  const auto fair = colours_of_head(person(blond, red), head);
  EXPECT_LT(*colour_distance(in_red, darker), 0.2f);
  EXPECT_GT(*colour_distance(in_red, in_blue), 0.5f);
  EXPECT_GT(*colour_distance(in_red, fair), 0.15f);
  EXPECT_FLOAT_EQ(*colour_distance(in_red, in_red), 0);
}

TEST(Colours, SayNothingOfWhatIsOutOfThePicture) {
  const Picture whole = person(black, red);
  const auto close_up = colours_of_head(whole(cv::Rect(0, 0, 400, 205)), head);
  ASSERT_EQ(close_up.size(), 2u * colour_bins);
  EXPECT_EQ(sum(close_up, 1), 0);
  EXPECT_NEAR(sum(close_up, 0), 1, 1e-4);
  const auto other = colours_of_head(person(black, blue)(cv::Rect(0, 0, 400, 205)), head);
  EXPECT_NEAR(*colour_distance(close_up, other), 0, 0.01);  // hair alone
  EXPECT_TRUE(colours_of_head(whole, {900, 900, 50, 50}).empty());
  EXPECT_TRUE(colours_of_head(whole, {}).empty());
  EXPECT_FALSE(colour_distance(close_up, {}));
}

}  // namespace
}  // namespace dramatis
