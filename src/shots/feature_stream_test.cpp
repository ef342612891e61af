#include "shots/feature_stream.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include "base/failure.h"
#include "inference/test_networks.h"
#include "shots/invented_film.h"
#include "shots/transnetv2.h"

namespace dramatis {
namespace {

using test::InventedFilm;

class FeatureStreamTest : public testing::Test {
 protected:
  FeatureStreamTest() {
    std::filesystem::create_directories(folder_);
    network_ = folder_ / "transitions.onnx";
    test::write_transition_network(network_);
    film_.show({1, 1, 0}, 70)
        .show({2}, 61)
        .dissolve({2}, {3}, 20)
        .show({3, -2, 1}, 83);  // 234 frames
  }
  ~FeatureStreamTest() override { std::filesystem::remove_all(folder_); }

  std::vector<FrameFeatures> features_from(FrameNumber first, const FeatureOptions& options) const {
    FeatureStream stream(first, options);
    std::vector<FrameFeatures> features;
    for (FrameNumber frame = FeatureStream::first_frame_to_push(first); frame < film_.frames();
         ++frame) {
      stream.push(Frame::of_picture(film_.pictures()[static_cast<std::size_t>(frame)], frame));
      for (const FrameFeatures& ready : stream.take_ready()) features.push_back(ready);
    }
    stream.finish();
    for (const FrameFeatures& ready : stream.take_ready()) features.push_back(ready);
    return features;
  }

  float mean_of(FrameNumber frame) const {
    const FrameNumber there = std::clamp<FrameNumber>(frame, 0, film_.frames() - 1);
    const Picture small =
        TransNetV2::window_picture(film_.pictures()[static_cast<std::size_t>(there)]);
    const cv::Scalar means = cv::mean(small);
    return static_cast<float>((means[0] + means[1] + means[2]) / 3 / 255);
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  (std::string("dramatis_stream_") +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
  std::string network_;
  InventedFilm film_;
};

bool equal(const FrameFeatures& a, const FrameFeatures& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

TEST_F(FeatureStreamTest, GivesTheSameFromAnyMultipleOfFiftyOn) {
  for (const std::string& network : {std::string(), network_}) {
    const FeatureOptions options{.edges = true, .transnetv2_path = network};
    const auto whole = features_from(0, options);
    ASSERT_EQ(std::ssize(whole), film_.frames());
    for (const FrameNumber first : {50, 100, 150, 200}) {
      const auto part = features_from(first, options);
      ASSERT_EQ(std::ssize(part), film_.frames() - first);
      for (std::size_t i = 0; i < part.size(); ++i)
        ASSERT_TRUE(equal(part[i], whole[i + static_cast<std::size_t>(first)]))
            << "from " << first << " at " << i;
    }
  }
}

TEST_F(FeatureStreamTest, ShowsTheNetworkTheWindowsOfItsAuthors) {
  const auto features = features_from(0, {.transnetv2_path = network_});
  ASSERT_EQ(features.size(), 234u);
  for (const FrameNumber frame : {0, 1, 49, 50, 99, 120, 199, 200, 233})
    EXPECT_NEAR(features[static_cast<std::size_t>(frame)].cut_probability, mean_of(frame), 0.01)
        << frame;
  for (const FrameNumber step : {0, 50, 150, 200}) {
    float sum = 0;
    for (FrameNumber frame = step - 25; frame < step + 75; ++frame) sum += mean_of(frame);
    EXPECT_NEAR(features[static_cast<std::size_t>(step)].transition_probability, sum / 100, 0.01)
        << step;
    EXPECT_NEAR(features[static_cast<std::size_t>(std::min<FrameNumber>(step + 49, 233))]
                    .transition_probability,
                sum / 100, 0.01);
  }
}

TEST_F(FeatureStreamTest, WithoutANetworkSaysThatItDidNotRun) {
  for (const FrameFeatures& frame : features_from(0, {})) {
    EXPECT_LT(frame.cut_probability, 0);
    EXPECT_LT(frame.edge_change, 0);
  }
}

TEST_F(FeatureStreamTest, KnowsAtOnceWhatNeedsNoNetwork) {
  FeatureStream stream(0, {});
  stream.push(Frame::of_picture(film_.pictures()[0], 0));
  EXPECT_GT(stream.push(Frame::of_picture(film_.pictures()[80], 1)).colour_change, 10);
  EXPECT_TRUE(stream.take_ready().empty());
}

TEST_F(FeatureStreamTest, HoldsBackNoMoreThanAWindow) {
  FeatureStream stream(0, {});
  std::size_t given = 0;
  for (FrameNumber frame = 0; frame < film_.frames(); ++frame) {
    stream.push(Frame::of_picture(film_.pictures()[static_cast<std::size_t>(frame)], frame));
    given += stream.take_ready().size();
    EXPECT_GT(static_cast<FrameNumber>(given) + 76, frame);
  }
}

TEST_F(FeatureStreamTest, FilmsOfNoneAndOneFrameEnd) {
  FeatureStream none(0, {});
  none.finish();
  EXPECT_TRUE(none.take_ready().empty());
  FeatureStream one(0, {.transnetv2_path = network_});
  one.push(Frame::of_picture(film_.pictures()[0], 0));
  one.finish();
  EXPECT_EQ(one.take_ready().size(), 1u);
}

TEST_F(FeatureStreamTest, ANetworkOfAnotherShapeIsRefused) {
  const std::string other = folder_ / "other.onnx";
  test::write_score_network(other);
  EXPECT_THROW(FeatureStream(0, {.transnetv2_path = other}), Failure);
}

TEST_F(FeatureStreamTest, MeasuresWhatEachDetectorNeeds) {
  for (const ShotDetector detector : all_shot_detectors) {
    ShotOptions options;
    options.detector = detector;
    options.content.weights.edges = options.adaptive.weights.edges = 0.5;
    FeatureOptions wanted = features_wanted_by(options);
    wanted.transnetv2_path = network_;
    EXPECT_NO_THROW(detect_shots(features_from(0, wanted), options, Rational(25)))
        << name_of(detector);
  }
}

}  // namespace
}  // namespace dramatis
