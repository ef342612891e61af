#include "embeddings/face_reader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "faces/alignment.h"
#include "heads/colours.h"
#include "inference/test_networks.h"

namespace dramatis {
namespace {

/// A reader with networks of known answer. Faces are large here, so that no second look is made.
class Reading : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("dramatis_reader_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    detector_.name = "no second look";
    detector_.file = (folder_ / "detector.onnx").string();
    test::write_doubling_network(detector_.file, {1, 3, 128, 128});
    embedding_.name = "cells";
    embedding_.file = (folder_ / "embedding.onnx").string();
    embedding_.input_width = embedding_.input_height = 112;
    embedding_.embedding_length = 256;
    test::write_embedding_network(embedding_.file, {.input_side_px = 112, .length = 256});
    score_.name = "score";
    score_.file = (folder_ / "score.onnx").string();
    score_.input_width = score_.input_height = 112;
    test::write_score_network(score_.file);
    frame_ = Picture(720, 1280, CV_8UC3, cv::Scalar(90, 120, 150));
    cv::randu(frame_(cv::Rect(0, 0, 1280, 720)), 60, 200);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static Head head_with_face(float x, float y, float scale) {
    auto p = landmark_template_112();
    for (Point& point : p) point = {x + scale * point.x, y + scale * point.y};
    Head head;
    head.face = Face{{x + 26 * scale, y + 26 * scale, 60 * scale, 78 * scale},
                     {p[0], p[1], p[2], p[3], p[4]},
                     0.9f};
    head.box = {x + 10 * scale, y, 92 * scale, 112 * scale};
    return head;
  }

  std::filesystem::path folder_;
  ModelDescription detector_, embedding_, score_;
  Picture frame_;
};

TEST_F(Reading, FillsWhatIsKnownOfEachHead) {
  FaceReader reader = FaceNetworks(detector_, embedding_, {}, {.refine_below_px = 0}, 1).reader();
  Head back;
  back.box = {900, 100, 100, 120};
  std::vector<Head> heads{head_with_face(300, 200, 2), back};
  reader.read(frame_, heads);

  ASSERT_TRUE(heads[0].face_quality);
  EXPECT_GT(*heads[0].face_quality, 10);
  EXPECT_EQ(heads[0].embedding.size(), 256u);
  EXPECT_EQ(heads[0].colours.size(), 2u * colour_bins);
  EXPECT_FALSE(heads[1].face_quality);
  EXPECT_TRUE(heads[1].embedding.empty());
  EXPECT_EQ(heads[1].colours.size(), 2u * colour_bins);
}

TEST_F(Reading, DoesNotEmbedWhatIsHopeless) {
  FaceReader reader = FaceNetworks(detector_, embedding_, {}, {.refine_below_px = 0}, 1).reader();
  std::vector<Head> heads{head_with_face(300, 200, 0.15f)};  // a face of 12 pixels
  reader.read(frame_, heads);
  EXPECT_TRUE(heads[0].embedding.empty());
  EXPECT_LT(*heads[0].face_quality, 10);
  EXPECT_TRUE(heads[0].face);
}

TEST_F(Reading, AUsersScoreNetworkSaysTheQuality) {
  score_.layout.scale = {1 / 255.f, 1 / 255.f, 1 / 255.f};
  score_.score_scale = 100;
  frame_.setTo(cv::Scalar::all(51));
  frame_(cv::Rect(300, 200, 112, 224)).setTo(cv::Scalar::all(153));  // half of the face
  FaceReader reader =
      FaceNetworks(detector_, embedding_, score_, {.refine_below_px = 0, .min_quality = 0}, 1)
          .reader();
  const auto reading = reader.read_face(frame_, *head_with_face(300, 200, 2).face);
  ASSERT_TRUE(reading);
  EXPECT_NEAR(reading->quality.total, 40, 1);
}

TEST_F(Reading, ReadersOfOneSetOfNetworksAgreeToTheLastBit) {
  const FaceNetworks networks(detector_, embedding_, {}, {.refine_below_px = 0}, 2);
  FaceReader one = networks.reader(), two = networks.reader();
  const Face face = *head_with_face(300, 200, 2).face;
  const auto a = one.read_face(frame_, face), b = two.read_face(frame_, face);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->embedding, b->embedding);
  EXPECT_EQ(a->quality.total, b->quality.total);
}

}  // namespace
}  // namespace dramatis
