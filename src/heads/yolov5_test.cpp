#include "heads/yolov5.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "base/failure.h"
#include "inference/test_networks.h"

namespace dramatis {
namespace {

/// One row of the output: a box, objectness, and the scores of two classes (person, head).
void add_row(Tensor& output, Box box, float objectness, float person, float head) {
  const Point c = box.centre();
  for (const float v : {c.x, c.y, box.width, box.height, objectness, person, head})
    output.values.push_back(v);
  ++output.shape[1];
}

TEST(Yolov5, TakesTheBoxesOfOneClass) {
  Tensor output{{1, 0, 7}, {}};
  add_row(output, {100, 100, 50, 60}, 0.9f, 0.1f, 0.8f);  // a head
  add_row(output, {103, 100, 50, 60}, 0.9f, 0.1f, 0.7f);  // the same
  add_row(output, {80, 90, 200, 400}, 0.9f, 0.9f, 0.3f);  // a person
  add_row(output, {300, 100, 50, 60}, 0.9f, 0.0f, 0.2f);  // hardly anything
  add_row(output, {400, 100, 50, 60}, 0.5f, 0.0f, 0.8f);  // another head
  const auto boxes = decode_yolov5(output, {.class_index = 1});
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_EQ(boxes[0].box, (Box{100, 100, 50, 60}));
  EXPECT_FLOAT_EQ(boxes[0].score, 0.72f);
  EXPECT_FLOAT_EQ(boxes[1].score, 0.4f);
  EXPECT_THROW(decode_yolov5(output, {.class_index = 2}), std::invalid_argument);
  EXPECT_THROW(decode_yolov5({{1, 56}, {}}, {}), std::invalid_argument);
}

/// A user's own network of YOLOv5's shapes, from the file to boxes in the frame.
class OwnNetwork : public testing::Test {
 protected:
  void SetUp() override {
    model_.name = "crowdhuman";
    model_.file = (std::filesystem::temp_directory_path() /
                   ("dramatis_yolo_" + std::to_string(::getpid()) + ".onnx"))
                      .string();
    model_.input_width = model_.input_height = 640;
    model_.layout.scale = {1 / 255.f, 1 / 255.f, 1 / 255.f};
    model_.class_index = 1;
    test::write_yolo_network(model_.file);
    network_.emplace(model_.file, NetworkOptions{.allow_bf16 = false});
  }
  void TearDown() override { std::filesystem::remove(model_.file); }

  ModelDescription model_;
  std::optional<Network> network_;
};

TEST_F(OwnNetwork, FindsAHeadWhereItIsInTheFrame) {
  // 1280x720 lies as 640x360 in the network: a green field of one cell (32 px) is 64 px of the
  // frame.
  Picture picture(720, 1280, CV_8UC3, cv::Scalar::all(0));
  picture(cv::Rect(640, 320, 64, 64)).setTo(cv::Scalar(0, 255, 0));
  Yolov5HeadDetector detector(model_, *network_, {});
  const auto heads = detector.detect(Frame::of_picture(picture), {});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_GT(overlap(heads[0].box, {672 - 96, 352 - 96, 192, 192}), 0.98f);
  EXPECT_EQ(heads[0].source, HeadSource::head_network);
  EXPECT_NEAR(heads[0].score, 1, 0.05);

  picture(cv::Rect(640, 320, 64, 64)).setTo(cv::Scalar(0, 0, 255));  // red: the other class
  EXPECT_TRUE(detector.detect(Frame::of_picture(picture), {}).empty());
}

TEST_F(OwnNetwork, SquaresPixelsThatAreNotSquare) {
  Picture picture(720, 640, CV_8UC3, cv::Scalar::all(0));  // shown as 1280x720
  picture(cv::Rect(320, 320, 32, 64)).setTo(cv::Scalar(0, 255, 0));
  Yolov5HeadDetector detector(model_, *network_, {}, 2);
  const auto heads = detector.detect(Frame::of_picture(picture), {});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_GT(overlap(heads[0].box, {336 - 48, 352 - 96, 96, 192}), 0.98f);
}

TEST_F(OwnNetwork, IsRefusedWhenItHasNoSuchClass) {
  model_.class_index = 2;
  try {
    Yolov5HeadDetector detector(model_, *network_, {});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::model);
    EXPECT_NE(std::string(failure.what()).find("crowdhuman"), std::string::npos);
  }
}

}  // namespace
}  // namespace dramatis
