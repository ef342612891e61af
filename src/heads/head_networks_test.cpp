// The networks together, as a run uses them. Needs the default networks.

#include "heads/head_networks.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "faces/real_data.h"
#include "film/picture_file.h"
#include "inference/test_networks.h"

namespace dramatis {
namespace {

class DefaultNetworks : public testing::Test {
 protected:
  void SetUp() override {
    faces_ = test::fetched_model("centerface");
    bodies_ = test::fetched_model("movenet");
    if (!faces_ || !bodies_) GTEST_SKIP() << "the networks are not fetched (dramatis models fetch)";
  }
  std::optional<ModelDescription> faces_, bodies_;
};

TEST_F(DefaultNetworks, FindNobodyInAnEmptyPictureOfAnySize) {
  for (const auto& [width, height] : {std::pair{2, 2}, {640, 360}, {90, 1200}}) {
    const HeadNetworks networks(*faces_, *bodies_, width, height, {}, 1);
    const Frame grey = Frame::of_picture(Picture(height, width, CV_8UC3, cv::Scalar::all(128)));
    EXPECT_TRUE(networks.detector()->detect(grey, {}).empty());
  }
}

TEST_F(DefaultNetworks, DetectorsSideBySideFindTheSameToTheLastBit) {
  const auto data = test::data_folder();
  if (!data) GTEST_SKIP() << "no real photographs here (set DRAMATIS_DATA)";
  const Frame frame = Frame::of_picture(read_picture((*data / "groups/linzaer_18.jpg").string()));
  const HeadNetworks networks(*faces_, *bodies_, frame.width(), frame.height(), {}, 2);
  std::vector<Head> found[2];
  {
    std::jthread one([&] { found[0] = networks.detector()->detect(frame, {}); });
    std::jthread two([&] { found[1] = networks.detector()->detect(frame, {}); });
  }
  ASSERT_EQ(found[0].size(), found[1].size());
  EXPECT_GE(found[0].size(), 6u);
  for (std::size_t i = 0; i < found[0].size(); ++i) {
    EXPECT_EQ(found[0][i].box, found[1][i].box);
    EXPECT_EQ(found[0][i].score, found[1][i].score);
  }
}

TEST_F(DefaultNetworks, AUsersHeadNetworkTakesThePlaceOfTheBodies) {
  ModelDescription own;
  own.name = "crowdhuman";
  own.file = (std::filesystem::temp_directory_path() /
              ("dramatis_own_heads_" + std::to_string(::getpid()) + ".onnx"))
                 .string();
  own.input_width = own.input_height = 640;
  own.layout.scale = {1 / 255.f, 1 / 255.f, 1 / 255.f};
  own.class_index = 1;
  test::write_yolo_network(own.file);
  HeadOptions options;
  options.head_network = own;
  const HeadNetworks networks(*faces_, {}, 1280, 720, options, 1);
  std::filesystem::remove(own.file);

  Picture picture(720, 1280, CV_8UC3, cv::Scalar::all(0));
  picture(cv::Rect(640, 320, 64, 64)).setTo(cv::Scalar(0, 255, 0));
  const Frame frame = Frame::of_picture(picture);
  const auto detector = networks.detector();
  const auto heads = detector->detect(frame, {.faces = true, .bodies = true});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].source, HeadSource::head_network);
  EXPECT_FALSE(heads[0].face);
  EXPECT_TRUE(detector->detect(frame, {.faces = true, .bodies = false}).empty());
}

}  // namespace
}  // namespace dramatis
