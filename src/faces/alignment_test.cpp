#include "faces/alignment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <random>

namespace dramatis {
namespace {

/// A similarity whose truth is known: crop to frame.
struct Pose {
  float scale, turn, shift_x, shift_y;
  Point of(const Point& p) const {
    const float c = scale * std::cos(turn), s = scale * std::sin(turn);
    return {c * p.x - s * p.y + shift_x, s * p.x + c * p.y + shift_y};
  }
};

Landmarks landmarks_from(const std::array<Point, 5>& p) { return {p[0], p[1], p[2], p[3], p[4]}; }

Landmarks template_in_frame(const Pose& pose, float pixel_aspect = 1) {
  std::array<Point, 5> points = landmark_template_112();
  for (Point& p : points) {
    p = pose.of(p);
    p.x /= pixel_aspect;
  }
  return landmarks_from(points);
}

class Poses : public testing::TestWithParam<Pose> {};

TEST_P(Poses, BringTheLandmarksBackToTheTemplate) {
  for (const float aspect : {1.f, 1.4587f, 0.8f}) {
    const Landmarks landmarks = template_in_frame(GetParam(), aspect);
    const cv::Matx23f matrix = frame_from_crop(landmarks, 112, aspect);
    const auto found = landmarks.points();
    for (int i = 0; i < 5; ++i)
      EXPECT_LT(distance(transformed(matrix, landmark_template_112()[i]), found[i]),
                0.002f * GetParam().scale + 1e-3f);
  }
}

/// The truth is in the pixels too: dots drawn on the landmarks lie on the template in the crop.
TEST_P(Poses, BringThePixelsOfTheLandmarksToTheTemplate) {
  Picture frame(720, 1280, CV_8UC3, cv::Scalar::all(0));
  const Landmarks landmarks = template_in_frame(GetParam());
  for (const Point& p : landmarks.points())  // drawn with 1/16 pixel; OpenCV counts from centres
    cv::circle(frame, cv::Point(std::lround((p.x - 0.5f) * 16), std::lround((p.y - 0.5f) * 16)),
               std::lround(3 * GetParam().scale * 16), cv::Scalar::all(255), cv::FILLED,
               cv::LINE_AA, 4);
  const Picture crop = aligned_crop(frame, landmarks);
  ASSERT_EQ(crop.size(), cv::Size(112, 112));
  for (const Point& goal : landmark_template_112()) {
    cv::Mat grey;
    cv::cvtColor(crop, grey, cv::COLOR_BGR2GRAY);
    const cv::Rect around(std::lround(goal.x) - 7, std::lround(goal.y) - 7, 14, 14);
    const cv::Moments moments = cv::moments(grey(around));
    ASSERT_GT(moments.m00, 0);
    EXPECT_NEAR(moments.m10 / moments.m00 + around.x + 0.5, goal.x, 0.25);
    EXPECT_NEAR(moments.m01 / moments.m00 + around.y + 0.5, goal.y, 0.25);
  }
}

INSTANTIATE_TEST_SUITE_P(Faces, Poses,
                         testing::Values(Pose{1, 0, 300, 200}, Pose{0.6f, 0.3f, 500, 100},
                                         Pose{2.3f, -0.5f, 300, 300}, Pose{4.1f, 0.1f, 300, 60},
                                         Pose{1.7f, 1.2f, 700, 200}, Pose{1, 3.1f, 700, 500}));

TEST(Alignment, IsTheBestSimilarityInTheCropForNoisyLandmarks) {
  std::mt19937 random(7);
  std::normal_distribution<float> noise(0, 4);
  auto points = template_in_frame({2, 0.2f, 100, 100}).points();
  for (Point& p : points) p = {p.x + noise(random), p.y + noise(random)};
  const cv::Matx23f best = frame_from_crop(landmarks_from(points), 112);

  const auto error_in_crop = [&](const cv::Matx23f& m) {
    cv::Matx23f crop_from_frame;
    cv::invertAffineTransform(m, crop_from_frame);
    double sum = 0;
    for (int i = 0; i < 5; ++i) {
      const float d = distance(transformed(crop_from_frame, points[i]), landmark_template_112()[i]);
      sum += d * d;
    }
    return sum;
  };
  for (const float turn : {-0.01f, 0.f, 0.01f})
    for (const float scale : {0.99f, 1.f, 1.01f})
      for (const float shift : {-0.5f, 0.f, 0.5f}) {
        const float c = scale * std::cos(turn), s = scale * std::sin(turn);
        const cv::Matx23f other{
            c * best(0, 0) - s * best(1, 0), c * best(0, 1) - s * best(1, 1), best(0, 2) + shift,
            s * best(0, 0) + c * best(1, 0), s * best(0, 1) + c * best(1, 1), best(1, 2) + shift};
        EXPECT_GE(error_in_crop(other), error_in_crop(best) - 1e-3);
      }
}

TEST(Alignment, NeverMirrorsASwappedFace) {
  auto p = template_in_frame({1, 0, 200, 200}).points();
  std::swap(p[0], p[1]);
  std::swap(p[3], p[4]);
  const cv::Matx23f m = frame_from_crop(landmarks_from(p), 112);
  EXPECT_GT(m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0), 0);
}

TEST(Alignment, ScalesTheTemplateWithTheCrop) {
  const Landmarks landmarks = template_in_frame({1.5f, 0.2f, 300, 200});
  const cv::Matx23f small = frame_from_crop(landmarks, 112),
                    large = frame_from_crop(landmarks, 224);
  const Point corner_small = transformed(small, {112, 112}),
              corner_large = transformed(large, {224, 224});
  EXPECT_LT(distance(corner_small, corner_large), 1e-2f);
}

TEST(Alignment, SurvivesLandmarksInOnePlaceAndFacesOutsideThePicture) {
  const Picture frame(100, 100, CV_8UC3, cv::Scalar::all(50));
  const Point p{500, -40};
  EXPECT_EQ(aligned_crop(frame, {p, p, p, p, p}).size(), cv::Size(112, 112));
  EXPECT_EQ(aligned_crop(frame, template_in_frame({5, 0, -800, 900})).size(), cv::Size(112, 112));
  EXPECT_EQ(aligned_crop(frame, template_in_frame({1e7f, 0, 0, 0})).size(), cv::Size(112, 112));
  EXPECT_EQ(
      aligned_crop(Picture(2, 2, CV_8UC3, cv::Scalar::all(9)), template_in_frame({9, 0, 0, 0}))
          .size(),
      cv::Size(112, 112));
}

/// An edge drawn on outwards would make cut faces alike: docs/quality.md.
TEST(Alignment, IsGreyBeyondThePicture) {
  const Picture frame(200, 200, CV_8UC3, cv::Scalar(10, 20, 250));
  const Pose forehead_outside{1, 0, 40, -40};
  const Picture crop = aligned_crop(frame, template_in_frame(forehead_outside));
  EXPECT_EQ(crop.at<cv::Vec3b>(10, 56), cv::Vec3b(128, 128, 128));
  EXPECT_EQ(crop.at<cv::Vec3b>(90, 56), cv::Vec3b(10, 20, 250));
}

TEST(SquareCrop, HoldsTheBoxInItsMiddleAndIsSquareOnTheScreen) {
  Picture frame(400, 600, CV_8UC3, cv::Scalar::all(0));
  const Box box{200, 100, 50, 100};  // with pixels twice as wide as high: a square on the screen
  cv::rectangle(frame, cv::Rect(200, 100, 50, 100), cv::Scalar::all(255), cv::FILLED);
  const Picture crop = square_crop(frame, box, 120, 1.2f, 2);
  EXPECT_EQ(crop.at<cv::Vec3b>(60, 60)[0], 255);
  for (const int edge : {7, 112}) {
    EXPECT_EQ(crop.at<cv::Vec3b>(60, edge)[0], 0);
    EXPECT_EQ(crop.at<cv::Vec3b>(edge, 60)[0], 0);
  }
  for (const int inside : {12, 107}) {
    EXPECT_EQ(crop.at<cv::Vec3b>(60, inside)[0], 255);
    EXPECT_EQ(crop.at<cv::Vec3b>(inside, 60)[0], 255);
  }
}

}  // namespace
}  // namespace dramatis
