#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/failure.h"
#include "inference/network.h"
#include "inference/picture_input.h"
#include "inference/test_networks.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Shape = std::vector<std::int64_t>;

class InferenceTest : public ::testing::Test {
 protected:
  InferenceTest() {
    std::string pattern = (fs::temp_directory_path() / "dramatis-inference-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~InferenceTest() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// What a Network of this file fails with.
  std::string failure(const std::string& name, const NetworkOptions& options = {}) const {
    try {
      Network network(path(name), options);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::model);
      EXPECT_THAT(failure.what(), HasSubstr(path(name)));
      return failure.what();
    }
    return "no failure";
  }

  fs::path folder_;
};

std::vector<float> answer_of(const Network& network, float first, float step) {
  Network::Request request(network);
  for (float value = first; float& place : request.input()) {
    place = value;
    value = value > 1 ? first : value + step;
  }
  return request.infer().at(0).values;
}

TEST_F(InferenceTest, ReadsANetworkAndAnswers) {
  test::write_score_network(path("score.onnx"));
  const Network network(path("score.onnx"), {});
  EXPECT_EQ(network.input_shape(), (Shape{1, 3, 112, 112}));
  EXPECT_THAT(network.output_shapes(), ElementsAre(Shape{1, 1}));
  EXPECT_THAT(network.output_names(), ElementsAre("out"));
  Network::Request request(network);
  EXPECT_EQ(request.input().size(), 3u * 112 * 112);
  EXPECT_EQ(request.infer().at(0).values.at(0), 0.0f);
  std::ranges::fill(request.input().first(112 * 112), 0.75f);
  EXPECT_NEAR(request.infer().at(0).values.at(0), 0.25f, 1e-3);
}

TEST_F(InferenceTest, TakesTheShapeItIsGiven) {
  test::write_doubling_network(path("twice.onnx"), {10, 3, 32, 32});
  const Network network(path("twice.onnx"), {.input_shape = {1, 3, 64, 96}});
  EXPECT_EQ(network.input_shape(), (Shape{1, 3, 64, 96}));
  EXPECT_THAT(network.output_shapes(), ElementsAre(Shape{1, 3, 64, 96}));
}

TEST_F(InferenceTest, ClosesAnOpenBatchToOne) {
  test::write_embedding_network(path("open.onnx"), {.batch = -1});
  EXPECT_EQ(Network(path("open.onnx"), {}).input_shape(), (Shape{1, 3, 160, 160}));
  const Network pair(path("open.onnx"), {.input_shape = {2, 3, 160, 160}});
  EXPECT_THAT(pair.output_shapes(), ElementsAre(Shape{2, 512}));
}

TEST_F(InferenceTest, SpeaksFloatWithANetworkOfWholeNumbers) {
  test::write_doubling_network(path("whole.onnx"), {1, 4}, /*whole_numbers=*/true);
  const Network network(path("whole.onnx"), {});
  Network::Request request(network);
  const std::vector<float> values = {0, 7, 255, 3.9f};
  std::ranges::copy(values, request.input().begin());
  EXPECT_THAT(request.infer().at(0).values, ElementsAre(0, 14, 510, 6));
}

TEST_F(InferenceTest, AnswersTheSameHoweverManyRequestsRun) {
  test::write_convolution_network(path("layers.onnx"), 4, 24, 40);
  for (const bool bf16 : {false, true}) {
    const Network alone(path("layers.onnx"), {.parallel_requests = 1, .allow_bf16 = bf16});
    const std::vector<float> expected = answer_of(alone, -1, 0.01f);
    for (const int requests : {2, 3, 4}) {
      const Network shared(path("layers.onnx"),
                           {.parallel_requests = requests, .allow_bf16 = bf16});
      std::vector<std::vector<float>> answers(static_cast<std::size_t>(requests));
      std::vector<std::jthread> threads;
      for (std::vector<float>& answer : answers)
        threads.emplace_back([&] { answer = answer_of(shared, -1, 0.01f); });
      threads.clear();
      for (const std::vector<float>& answer : answers) EXPECT_EQ(answer, expected);
    }
  }
}

TEST_F(InferenceTest, ShortNumbersOnlyChangeTheLastDigits) {
  test::write_convolution_network(path("layers.onnx"), 4, 24, 40);
  const auto exact = answer_of(Network(path("layers.onnx"), {.allow_bf16 = false}), -1, 0.01f);
  const auto quick = answer_of(Network(path("layers.onnx"), {.allow_bf16 = true}), -1, 0.01f);
  const float largest = *std::ranges::max_element(exact);
  ASSERT_GT(largest, 0);
  for (std::size_t i = 0; i < exact.size(); ++i) EXPECT_NEAR(quick[i], exact[i], 0.03f * largest);
}

TEST_F(InferenceTest, ARequestOutlivesItsNetwork) {
  test::write_doubling_network(path("twice.onnx"), {1, 2});
  auto network = std::make_unique<Network>(path("twice.onnx"), NetworkOptions{});
  Network::Request request(*network);
  network.reset();
  request.input()[1] = 4;
  EXPECT_THAT(request.infer().at(0).values, ElementsAre(0, 8));
}

TEST_F(InferenceTest, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT(failure("none.onnx"), HasSubstr("no such model file"));
  fs::create_directory(path("folder.onnx"));
  EXPECT_THAT(failure("folder.onnx"), HasSubstr("not a file"));
  std::ofstream(path("empty.onnx")).flush();
  EXPECT_THAT(failure("empty.onnx"), HasSubstr("empty"));
  for (const char* name : {"garbage.onnx", "garbage.xml", "garbage.tflite", "garbage.pb"}) {
    std::ofstream(path(name)) << std::string(5000, 'x') << "this is no network";
    EXPECT_THAT(failure(name), HasSubstr("this is not a ")) << name;
  }
  std::ofstream(path("model.dat")) << "words";
  EXPECT_THAT(failure("model.dat"), HasSubstr("ends in .onnx"));
}

TEST_F(InferenceTest, NoticesAFileThatWasCutShort) {
  for (const std::string name : {"layers.onnx", "layers.bin", "layers.xml"}) {
    test::write_convolution_network(path("layers.onnx"), 3, 8, 16);
    save_as_ir(path("layers.onnx"), path("layers.xml"));
    EXPECT_EQ(failure("layers.onnx") + failure("layers.xml"), "no failureno failure");
    fs::resize_file(path(name), fs::file_size(path(name)) / 2);
    EXPECT_NE(failure(name == "layers.bin" ? "layers.xml" : name), "no failure") << name;
  }
}

TEST_F(InferenceTest, SaysWhenAShapeDoesNotFit) {
  test::write_score_network(path("score.onnx"));
  EXPECT_THAT(failure("score.onnx", {.input_shape = {1, 3, 112}}),
              HasSubstr("4 dimensions (1x3x112x112)"));
  EXPECT_THAT(failure("score.onnx", {.input_shape = {1, 3, 0, 112}}),
              HasSubstr("not an input shape"));
  test::write_yolo_network(path("yolo.onnx"));
  EXPECT_THAT(failure("yolo.onnx", {.input_shape = {1, 3, 320, 320}}),
              HasSubstr("cannot take an input of 1x3x320x320"));
  test::write_doubling_network(path("open.onnx"), {1, 3, -1, -1});
  EXPECT_THAT(failure("open.onnx"), HasSubstr("1x3x?x?"));
}

TEST_F(InferenceTest, AConvertedNetworkAnswersTheSame) {
  test::write_convolution_network(path("layers.onnx"), 2, 8, 16);
  save_as_ir(path("layers.onnx"), path("layers.xml"));
  const NetworkOptions exact{.allow_bf16 = false};
  EXPECT_EQ(answer_of(Network(path("layers.xml"), exact), 0, 0.1f),
            answer_of(Network(path("layers.onnx"), exact), 0, 0.1f));
}

TEST_F(InferenceTest, TheYoloTestNetworkFindsColouredSquares) {
  test::write_yolo_network(path("yolo.onnx"), {.classes = 2, .box_side_px = 50});
  const Network network(path("yolo.onnx"), {.allow_bf16 = false});
  EXPECT_THAT(network.output_shapes(), ElementsAre(Shape{1, 25200, 7}));
  Network::Request request(network);
  const std::size_t row_px = 640, plane_px = 640 * 640;
  for (std::size_t y = 64; y < 96; ++y)  // the cell of row 2, column 5, in green
    std::ranges::fill(request.input().subspan(plane_px + y * row_px + 160, 32), 1.0f);
  const Tensor& output = request.infer().at(0);
  const auto row = output.values.begin() + (test::kYoloFirstAnsweringRow + 2 * 20 + 5) * 7;
  EXPECT_THAT(std::vector<float>(row, row + 7), ElementsAre(176, 80, 50, 50, 1, 0, 1));
  EXPECT_EQ(std::ranges::count_if(output.values, [](float v) { return v == 1.0f; }), 2);
}

TEST_F(InferenceTest, TheEmbeddingTestNetworksHaveTheirLengths) {
  test::write_embedding_network(path("facenet.onnx"), {160, 512, true, 1});
  test::write_embedding_network(path("facenet_nhwc.onnx"), {160, 512, false, 1});
  test::write_embedding_network(path("vgg.onnx"), {224, 2622, false, 1});
  EXPECT_EQ(answer_of(Network(path("facenet.onnx"), {}), 0, 0.001f).size(), 512u);
  const Network interleaved(path("facenet_nhwc.onnx"), {});
  EXPECT_EQ(interleaved.input_shape(), (Shape{1, 160, 160, 3}));
  Network::Request request(interleaved);
  for (std::size_t pixel = 0; pixel < 10; ++pixel) request.input()[3 * pixel + 1] = 1;  // green
  const std::vector<float> values = request.infer().at(0).values;
  EXPECT_NEAR(values[256], 0.1f, 1e-3);
  EXPECT_EQ(std::ranges::count(values, 0.0f), 511);
  EXPECT_EQ(answer_of(Network(path("vgg.onnx"), {}), 0.5f, 0.001f).size(), 2622u);
}

TEST(FillInput, PutsEachValueWhereTheNetworkWantsIt) {
  Picture picture(2, 2, CV_8UC3);
  for (int i = 0; i < 12; ++i) picture.data[i] = static_cast<unsigned char>(i);  // b g r b g r ...
  std::vector<float> goal(12);
  fill_input(picture, {.rgb = true, .channels_first = true}, goal);
  EXPECT_THAT(goal, ElementsAre(2, 5, 8, 11, 1, 4, 7, 10, 0, 3, 6, 9));
  fill_input(picture, {.rgb = true, .channels_first = false}, goal);
  EXPECT_THAT(goal, ElementsAre(2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9));
  fill_input(picture, {false, false, {0, 1, 2}, {1, 10, 100}}, goal);
  EXPECT_THAT(goal, ElementsAre(0, 0, 0, 3, 30, 300, 6, 60, 600, 9, 90, 900));
  fill_input(picture, {true, true, {2, 1, 0}, {100, 10, 1}}, goal);
  EXPECT_THAT(goal, ElementsAre(0, 300, 600, 900, 0, 30, 60, 90, 0, 3, 6, 9));
}

TEST(FillInput, ReadsAPartOfALargerPicture) {
  Picture large(4, 6, CV_8UC3, cv::Scalar(9, 9, 9));
  Picture part = large(cv::Rect(2, 1, 2, 2));
  part.setTo(cv::Scalar(1, 2, 3));
  std::vector<float> goal(12);
  fill_input(part, {}, goal);
  EXPECT_THAT(goal, ElementsAre(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1));
}

TEST(FillInput, RefusesWhatDoesNotFit) {
  std::vector<float> goal(12);
  EXPECT_THROW(fill_input(Picture(2, 3, CV_8UC3), {}, goal), std::invalid_argument);
  EXPECT_THROW(fill_input(cv::Mat(2, 2, CV_8UC1), {}, goal), std::invalid_argument);
}

}  // namespace
}  // namespace dramatis
