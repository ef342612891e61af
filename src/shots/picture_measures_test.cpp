#include "shots/picture_measures.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "shots/camera_motion.h"

namespace dramatis {
namespace {

/// The same pictures were given to PySceneDetect 0.7.2; its figures stand below.
Picture formula_picture(int k) {
  Picture picture(144, 256, CV_8UC3);
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x)
      for (int c = 0; c < 3; ++c)
        picture.at<cv::Vec3b>(y, x)[c] = static_cast<std::uint8_t>(
            ((x * (3 + k) + y * (5 + 2 * k)) / 4 + 40 * c * (k + 1)) % 256);
  return picture;
}

TEST(PictureMeasures, AreThoseOfPySceneDetect) {
  const PictureMeasures first = measure_picture(formula_picture(0), {.edges = true});
  const PictureMeasures second = measure_picture(formula_picture(1), {.edges = true});
  const PictureMeasures third = measure_picture(formula_picture(2), {.edges = true});

  const FrameFeatures a = compare_pictures(first, second);
  EXPECT_NEAR(a.hue_change, 79.035, 0.1);
  EXPECT_NEAR(a.saturation_change, 64.980, 0.1);
  EXPECT_NEAR(a.luma_change, 47.932, 0.01);
  EXPECT_NEAR(a.edge_change, 33.867, 1.0);
  EXPECT_NEAR(a.brightness, 127.5, 0.01);
  EXPECT_NEAR(a.histogram_correlation, 0.5571, 0.005);
  EXPECT_NEAR(a.hash_distance, 0.625, 0.02);

  const FrameFeatures b = compare_pictures(second, third);
  EXPECT_NEAR(b.hue_change, 67.272, 0.1);
  EXPECT_NEAR(b.saturation_change, 43.779, 0.1);
  EXPECT_NEAR(b.luma_change, 45.702, 0.01);
  EXPECT_NEAR(b.edge_change, 68.848, 1.0);
  EXPECT_NEAR(b.brightness, 126.410, 0.01);
  EXPECT_NEAR(b.histogram_correlation, 0.8521, 0.005);
  EXPECT_NEAR(b.hash_distance, 0.5625, 0.02);
}

TEST(PictureMeasures, NothingChangesBetweenEqualPictures) {
  const PictureMeasures measures = measure_picture(formula_picture(1), {.edges = true});
  const FrameFeatures features = compare_pictures(measures, measures);
  EXPECT_EQ(features.hue_change + features.saturation_change + features.luma_change +
                features.edge_change,
            0);
  EXPECT_EQ(features.colour_change, 0);
  EXPECT_NEAR(features.structure_change, 0, 1e-5);
  EXPECT_NEAR(features.histogram_correlation, 1, 1e-6);
  EXPECT_EQ(features.hash_distance, 0);
  EXPECT_EQ(features.shift_x, 0);
}

TEST(PictureMeasures, EdgesAreMeasuredOnlyWhenAsked) {
  const PictureMeasures without = measure_picture(formula_picture(0));
  EXPECT_LT(compare_pictures(without, without).edge_change, 0);
  EXPECT_LT(features_of_first(without).edge_change, 0);
}

TEST(PictureMeasures, LeaveOutWhatOnlyClassicDetectorsWant) {
  const MeasureOptions lean{.classic = false};
  const FrameFeatures features = compare_pictures(measure_picture(formula_picture(0), lean),
                                                  measure_picture(formula_picture(1), lean));
  EXPECT_LT(features.hue_change, 0);
  EXPECT_GT(features.colour_change, 10);
  EXPECT_GT(features.structure_change, 0.1);
}

TEST(PictureMeasures, WorkOnAnySizeAndAcrossAChangeOfSize) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(2, 2), cv::Size(256, 1), cv::Size(3, 200)}) {
    const PictureMeasures grey =
        measure_picture(Picture(size, CV_8UC3, cv::Scalar::all(90)), {.edges = true});
    EXPECT_EQ(compare_pictures(grey, grey).colour_change, 0) << size;
    const PictureMeasures other = measure_picture(formula_picture(0), {.edges = true});
    EXPECT_EQ(compare_pictures(grey, other).luma_change, 255) << size;
  }
}

TEST(MeasuredSize, HasALongerSideOf128) {
  EXPECT_EQ(measured_size(1920, 1080), (PictureSize{128, 72}));
  EXPECT_EQ(measured_size(1080, 1920), (PictureSize{72, 128}));
  EXPECT_EQ(measured_size(704, 576), (PictureSize{128, 105}));
  EXPECT_EQ(measured_size(120, 90), (PictureSize{120, 90}));
  EXPECT_EQ(measured_size(4096, 2), (PictureSize{128, 1}));
}

class CameraMotion : public testing::Test {
 protected:
  CameraMotion() {
    cv::RNG random(3);
    for (int i = 0; i < 900; ++i)
      cv::circle(world_, {random.uniform(0, 640), random.uniform(0, 400)}, random.uniform(5, 30),
                 cv::Scalar(random.uniform(0, 255)), cv::FILLED);
    cv::GaussianBlur(world_, world_, {0, 0}, 3);
  }
  /// 256 x 144 pixels of the world, its left top corner there.
  cv::Mat view(double left, double top) const {
    const cv::Mat by = (cv::Mat_<double>(2, 3) << 1, 0, -left, 0, 1, -top);
    cv::Mat seen;
    cv::warpAffine(world_, seen, by, {256, 144}, cv::INTER_LINEAR);
    return seen;
  }
  cv::Mat world_{400, 640, CV_8U, cv::Scalar(100)};
};

TEST_F(CameraMotion, IsMeasuredToAFractionOfAPixel) {
  const cv::Mat before = motion_picture(view(200, 100));
  for (const auto& [x, y] :
       {std::pair{3.0, 0.0}, {-10.5, 4.25}, {25.0, -12.0}, {0.0, 7.5}, {-40.0, 0.0}}) {
    const PictureMotion motion = motion_between(before, motion_picture(view(200 - x, 100 - y)));
    EXPECT_NEAR(motion.shift.x * 256, x, 0.5) << x << " " << y;
    EXPECT_NEAR(motion.shift.y * 144, y, 0.5) << x << " " << y;
    EXPECT_LT(motion.structure_change, 0.15) << x << " " << y;
  }
}

TEST_F(CameraMotion, IsNoneWhereItCannotBeTold) {
  const cv::Mat before = motion_picture(view(20, 20));
  const PictureMotion cut = motion_between(before, motion_picture(view(350, 220)));
  EXPECT_EQ(cut.shift, Point{});
  EXPECT_GT(cut.structure_change, 0.4);
  const cv::Mat flat = motion_picture(cv::Mat(144, 256, CV_8U, cv::Scalar(77)));
  EXPECT_EQ(motion_between(flat, flat).shift, Point{});
  EXPECT_EQ(motion_between(cv::Mat(), before).shift, Point{});
}

TEST_F(CameraMotion, AFlickerChangesNoStructure) {
  cv::Mat brighter;
  view(200, 100).convertTo(brighter, CV_8U, 0.6, 60);
  EXPECT_LT(
      motion_between(motion_picture(view(200, 100)), motion_picture(brighter)).structure_change,
      0.02);
}

TEST_F(CameraMotion, BlackBarsDoNotHideACut) {
  const auto with_bars = [](cv::Mat picture) {
    picture.colRange(0, 60).setTo(0);
    picture.colRange(196, 256).setTo(0);
    return motion_picture(picture);
  };
  const float open =
      motion_between(motion_picture(view(20, 20)), motion_picture(view(350, 220))).structure_change;
  const float barred =
      motion_between(with_bars(view(20, 20)), with_bars(view(350, 220))).structure_change;
  EXPECT_GT(barred, 0.6 * open);
}

TEST_F(CameraMotion, FollowsTheBackgroundBehindALargeMovingThing) {
  const auto with_thing = [](cv::Mat picture, int left) {
    picture(cv::Rect(left, 30, 80, 114)).setTo(30);
    return motion_picture(picture);
  };
  const PictureMotion motion =
      motion_between(with_thing(view(200, 100), 60), with_thing(view(196, 100), 90));
  EXPECT_NEAR(motion.shift.x * 256, 4, 0.7);
}

}  // namespace
}  // namespace dramatis
