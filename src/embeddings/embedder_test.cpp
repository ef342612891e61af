#include "embeddings/embedder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"
#include "faces/alignment.h"
#include "inference/test_networks.h"

namespace dramatis {
namespace {

double dot(const Embedding& a, const Embedding& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

TEST(JoinedWithMirror, WeighsBothAlikeWhateverTheirLengths) {
  const std::vector<float> face{3, 0}, mirror{0, 0.5f};
  const FaceEmbedding joined = joined_with_mirror(face, mirror);
  EXPECT_NEAR(joined.vector[0], std::sqrt(0.5), 1e-6);
  EXPECT_NEAR(joined.vector[1], std::sqrt(0.5), 1e-6);
  EXPECT_NEAR(joined.mirror_agreement, 0, 1e-6);
}

TEST(JoinedWithMirror, AgreesWhollyWithItself) {
  const std::vector<float> face{1, -2, 3};
  EXPECT_NEAR(joined_with_mirror(face, face).mirror_agreement, 1, 1e-6);
}

TEST(JoinedWithMirror, GivesNothingWhereThereIsNoDirection) {
  const std::vector<float> zero{0, 0}, some{1, 1}, opposite{-1, -1},
      broken{std::numeric_limits<float>::quiet_NaN(), 1};
  EXPECT_TRUE(joined_with_mirror(zero, some).vector.empty());
  EXPECT_TRUE(joined_with_mirror(some, opposite).vector.empty());
  EXPECT_TRUE(joined_with_mirror(broken, some).vector.empty());
}

/// The networks of the test answer with the mean colours of a grid of 16 x 16 cells, channel by
/// channel: what lies where in the vector tells where it lay in the crop, and in which channel.
constexpr int cells = 16 * 16;

class Networks : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("dramatis_embedder_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    model_.name = "cells";
    model_.file = (folder_ / "cells.onnx").string();
    // A picture whose left half is pure red and whose right half is pure green.
    frame_ = Picture(400, 400, CV_8UC3, cv::Scalar(0, 0, 255));
    frame_(cv::Rect(200, 0, 200, 400)).setTo(cv::Scalar(0, 255, 0));
    face_.box = {150, 150, 100, 100};
    auto p = landmark_template_112();
    for (Point& point : p) point = {point.x + 144, point.y + 144};
    face_.landmarks = {p[0], p[1], p[2], p[3], p[4]};
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  FaceEmbedding embedded(const test::EmbeddingTestNetwork& shape) {
    test::write_embedding_network(model_.file, shape);
    model_.input_width = model_.input_height = shape.input_side_px;
    model_.embedding_length = shape.length;
    model_.layout.channels_first = shape.channels_first;
    model_.batch_of_two = shape.batch == 2;
    const Network network(model_.file, {.allow_bf16 = false});
    const auto embedder = make_embedder(model_, network);
    EXPECT_EQ(embedder->length(), shape.length);
    return embedder->embed(frame_, face_);
  }

  std::filesystem::path folder_;
  ModelDescription model_;
  Picture frame_;
  Face face_;
};

/// Face and mirror image together: every cell is as red as green, and never blue.
void expect_symmetric(const Embedding& v) {
  for (int i = 0; i < cells; ++i) {
    EXPECT_GT(v[i], 0);
    EXPECT_NEAR(v[i], v[cells + i], 1e-3);
  }
  for (std::size_t i = 2 * cells; i < v.size(); ++i) EXPECT_NEAR(v[i], 0, 1e-3);
}

TEST_F(Networks, FaceNet512TakesTwoRuns) {
  model_.aligned = false;
  const FaceEmbedding found = embedded({.input_side_px = 160, .length = 512});
  ASSERT_EQ(found.vector.size(), 512u);
  EXPECT_NEAR(dot(found.vector, found.vector), 1, 1e-5);
  expect_symmetric(found.vector);
  EXPECT_NEAR(found.mirror_agreement, 0, 0.02);  // red and green changed sides
}

TEST_F(Networks, VggFaceTakesChannelsLast) {
  model_.aligned = false;
  const FaceEmbedding found =
      embedded({.input_side_px = 224, .length = 2622, .channels_first = false});
  ASSERT_EQ(found.vector.size(), 2622u);
  expect_symmetric(found.vector);
}

TEST_F(Networks, ABatchOfTwoGivesWhatTwoRunsGive) {
  const test::EmbeddingTestNetwork two{
      .input_side_px = 112, .length = 192, .channels_first = false, .batch = 2};
  test::EmbeddingTestNetwork one = two;
  one.batch = 1;
  const FaceEmbedding at_once = embedded(two), in_turn = embedded(one);
  EXPECT_NEAR(at_once.mirror_agreement, in_turn.mirror_agreement, 1e-5);
  EXPECT_NEAR(dot(at_once.vector, in_turn.vector), 1, 1e-5);
}

TEST_F(Networks, ColourOrderMeanAndScaleAreTheDescriptions) {
  model_.aligned = false;
  frame_.setTo(cv::Scalar(10, 20, 30));  // blue, green, red
  model_.layout.mean = {10, 10, 10};
  model_.layout.scale = {1, 2, 3};
  const test::EmbeddingTestNetwork whole{.input_side_px = 160, .length = 3 * cells};
  const Embedding rgb = embedded(whole).vector;  // (30-10)*1, (20-10)*2, (10-10)*3
  EXPECT_NEAR(rgb[0], rgb[cells], 1e-5);
  EXPECT_NEAR(rgb[2 * cells], 0, 1e-5);
  model_.layout.rgb = false;
  const Embedding bgr = embedded(whole).vector;  // (10-10)*1, (20-10)*2, (30-10)*3
  EXPECT_NEAR(bgr[0], 0, 1e-5);
  EXPECT_NEAR(bgr[2 * cells] / bgr[cells], 3, 1e-4);
}

TEST_F(Networks, ADescriptionThatDoesNotFitIsRefusedByName) {
  test::write_embedding_network(model_.file, {.input_side_px = 160, .length = 512});
  const Network network(model_.file, {});
  const auto refusal = [&](int side, int length) -> std::string {
    model_.input_width = model_.input_height = side;
    model_.embedding_length = length;
    try {
      make_embedder(model_, network);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::model);
      return failure.what();
    }
    return "";
  };
  EXPECT_EQ(refusal(160, 512), "");
  EXPECT_NE(refusal(112, 512).find("cells"), std::string::npos);
  EXPECT_NE(refusal(160, 128).find("128"), std::string::npos);
}

}  // namespace
}  // namespace dramatis
