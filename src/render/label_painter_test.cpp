#include "render/label_painter.h"

#include <gtest/gtest.h>

#include <limits>
#include <opencv2/imgproc.hpp>

#include "render/person_colour.h"

namespace dramatis {
namespace {

Picture grey(int width, int height) {
  return Picture(height, width, CV_8UC3, cv::Scalar::all(110));
}

/// Where a picture differs from plain grey.
cv::Mat painted(const Picture& picture) {
  cv::Mat difference, any;
  cv::absdiff(picture, cv::Scalar::all(110), difference);
  cv::transform(difference, any, cv::Matx13f(1, 1, 1));
  return any > 12;
}

Picture with_label(int width, int height, const HeadLabel& label, Rational pixel_aspect = {1, 1}) {
  Picture picture = grey(width, height);
  LabelPainter(width, height, pixel_aspect).paint(picture, {label});
  return picture;
}

TEST(LabelPainter, DrawsTheOutlineOnTheEdgeAndNothingInside) {
  const Picture picture = with_label(640, 360, {{200, 100, 120, 150}, "", 4, true});
  const Colour colour = person_colour(4);
  for (const cv::Point& on :
       {cv::Point(260, 100), cv::Point(260, 249), cv::Point(200, 175), cv::Point(319, 175)})
    EXPECT_LE(cv::norm(picture.at<cv::Vec3b>(on), colour, cv::NORM_INF), 60) << on;
  const cv::Mat any = painted(picture);
  EXPECT_EQ(cv::countNonZero(any(cv::Rect(210, 110, 100, 130))), 0);
  EXPECT_EQ(cv::boundingRect(any) & cv::Rect(195, 95, 130, 160), cv::boundingRect(any));
  EXPECT_EQ(any.at<std::uint8_t>(101, 201), 0);  // the corner is round
}

TEST(LabelPainter, DrawsWhatWasNotSeenDashedAndFainter) {
  const auto line = [](bool seen) {
    const Picture picture = with_label(640, 360, {{200, 100, 160, 160}, "", 1, seen});
    return cv::countNonZero(painted(picture)(cv::Rect(230, 98, 100, 5)));
  };
  EXPECT_LT(line(false), 0.75 * line(true));
  EXPECT_GT(line(false), 0.3 * line(true));
}

// The height of what is painted above the head: the tag.
int tag_height(int width, int height, float head_height) {
  const Box head{static_cast<float>(width) / 3, static_cast<float>(height) / 2, head_height * 0.8f,
                 head_height};
  const Picture picture = with_label(width, height, {head, "person 3", 3, true});
  return cv::boundingRect(painted(picture).rowRange(0, static_cast<int>(head.y) - 4)).height;
}

TEST(LabelPainter, LettersFollowPictureAndHead) {
  EXPECT_GE(tag_height(256, 144, 20), 9);
  EXPECT_LE(tag_height(256, 144, 60), 24);
  EXPECT_GE(tag_height(3840, 2160, 100), 50);
  EXPECT_GT(tag_height(1920, 1080, 500), tag_height(1920, 1080, 60));
}

TEST(LabelPainter, TagsDoNotPulseWithTheirHeads) {
  LabelPainter painter(1280, 720);
  std::vector<int> heights;
  for (const float head : {100.f, 104.f, 98.f, 107.f, 95.f, 102.f}) {
    Picture picture = grey(1280, 720);
    painter.paint(picture, {{{400, 300, head, head}, "Rose", 0, true}});
    heights.push_back(cv::boundingRect(painted(picture).rowRange(0, 294)).height);
  }
  EXPECT_EQ(std::count(heights.begin(), heights.end(), heights[0]), 6);
}

TEST(LabelPainter, NarrowsLettersWherePixelsAreWide) {
  const HeadLabel label{{200, 200, 80, 80}, "Rosalind", 0, true};
  const auto tag_width = [&](Rational aspect) {
    return cv::boundingRect(painted(with_label(704, 576, label, aspect)).rowRange(0, 194)).width;
  };
  EXPECT_NEAR(tag_width({16, 11}) * 16.0 / 11, tag_width({1, 1}), 3);
}

TEST(LabelPainter, TakesAnyTextAndAnyBox) {
  const float infinite = std::numeric_limits<float>::infinity(),
              none = std::numeric_limits<float>::quiet_NaN();
  const std::vector<Box> boxes{
      {10, 10, 30, 40},       {-500, 10, 30, 40},         {600, 340, 300, 300},
      {10, 10, 0, 0},         {10, 10, -5, 20},           {none, 10, 30, 40},
      {10, 10, infinite, 40}, {-1e9f, -1e9f, 2e9f, 2e9f}, {3, 3, 0.4f, 0.4f}};
  const std::vector<std::string> texts{"Zoë",
                                       "नमस्ते",
                                       "ليلى",
                                       "李小龍",
                                       "😀👩‍👩‍👧",
                                       "\xff\xfe\x80",
                                       "two\nlines\tand more",
                                       " ",
                                       std::string(5000, 'w'),
                                       std::string("a\0b", 3)};
  for (const cv::Size& size :
       {cv::Size(640, 360), cv::Size(2, 2), cv::Size(1, 300), cv::Size(90, 60)}) {
    LabelPainter painter(size.width, size.height);
    for (const Box& box : boxes)
      for (const std::string& text : texts) {
        Picture picture = grey(size.width, size.height);
        painter.paint(picture, {{box, text, 1, true}, {box, text, -1, false}});
      }
  }
}

TEST(LabelPainter, RemembersMoreTagsThanItKeeps) {
  LabelPainter painter(640, 360);
  Picture first = grey(640, 360), again = grey(640, 360);
  painter.paint(first, {{{200, 100, 80, 80}, "0", 9, true}});
  for (int i = 0; i < 1200; ++i) {
    Picture picture = grey(640, 360);
    painter.paint(picture, {{{200, 100, 80, 80}, std::to_string(i), -1, true}});
  }
  painter.paint(again, {{{200, 100, 80, 80}, "0", 9, true}});
  EXPECT_EQ(cv::norm(first, again, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace dramatis
