#include "models/tensorflowjs_conversion.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "inference/network.h"
#include "models/test_cache.h"

namespace dramatis {
namespace {

using Json = nlohmann::json;
using test::sentence_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Json kFloat = {{"type", "DT_FLOAT"}};
const Json kSame = {{"s", "U0FNRQ=="}};    // "SAME"
const Json kPixels = {{"s", "TkhXQw=="}};  // "NHWC"
const Json kOnes = {{"list", {{"i", {"1", "1", "1", "1"}}}}};
const Json kBiasAndRelu6 = {{"list", {{"s", {"Qmlhc0FkZA==", "UmVsdTY="}}}}};  // "BiasAdd", "Relu6"

Json constant(const std::string& name) {
  return {{"name", name},
          {"op", "Const"},
          {"attr", {{"dtype", kFloat}, {"value", {{"tensor", Json::object()}}}}}};
}

/// A graph of the kinds of nodes that MoveNet has: whole pixels in, a fused 1x1 convolution from
/// three channels to two with bias and ReLU6, weights in float16.
Json small_graph() {
  const Json open_picture = {
      {"dim", {{{"size", "1"}}, {{"size", "-1"}}, {{"size", "-1"}}, {{"size", "3"}}}}};
  Json nodes = Json::array();
  nodes.push_back(
      {{"name", "input"},
       {"op", "Placeholder"},
       {"attr", {{"dtype", {{"type", "DT_INT32"}}}, {"shape", {{"shape", open_picture}}}}}});
  nodes.push_back(
      {{"name", "floats"},
       {"op", "Cast"},
       {"input", {"input"}},
       {"attr",
        {{"SrcT", {{"type", "DT_INT32"}}}, {"DstT", kFloat}, {"Truncate", {{"b", false}}}}}});
  nodes.push_back(constant("weights"));
  nodes.push_back(constant("bias"));
  nodes.push_back({{"name", "sum"},
                   {"op", "_FusedConv2D"},
                   {"input", {"floats", "weights", "bias"}},
                   {"attr",
                    {{"T", kFloat},
                     {"strides", kOnes},
                     {"dilations", kOnes},
                     {"padding", kSame},
                     {"data_format", kPixels},
                     {"fused_ops", kBiasAndRelu6},
                     {"num_args", {{"i", "1"}}},
                     {"epsilon", {{"f", 0}}},
                     {"explicit_paddings", {{"list", Json::object()}}}}}});
  nodes.push_back(constant("scale"));
  nodes.push_back({{"name", "Identity"},
                   {"op", "Mul"},
                   {"input", {"sum", "scale"}},
                   {"attr", {{"T", kFloat}}}});
  const Json half = {{"dtype", "float16"}, {"original_dtype", "float32"}};
  const Json weights = {
      {{"name", "weights"}, {"shape", {1, 1, 3, 2}}, {"dtype", "float32"}, {"quantization", half}},
      {{"name", "bias"}, {"shape", {2}}, {"dtype", "float32"}, {"quantization", half}},
      {{"name", "scale"}, {"shape", Json::array()}, {"dtype", "float32"}}};
  return {{"format", "graph-model"},
          {"modelTopology", {{"node", nodes}}},
          {"weightsManifest", {{{"paths", {"w.bin"}}, {"weights", weights}}}}};
}

/// weights: 1 0 / 0.5 0 / 0 2 in rows of two; bias: -1, 0.25; scale: 10.
std::string small_weights() {
  const std::vector<std::uint16_t> halves = {0x3c00, 0, 0x3800, 0, 0, 0x4000, 0xbc00, 0x3400};
  const float scale = 10;
  return std::string(reinterpret_cast<const char*>(halves.data()), 16) +
         std::string(reinterpret_cast<const char*>(&scale), 4);
}

class ConversionTest : public test::TestCache {
 protected:
  std::string failure(const Json& graph, const std::string& weights) const {
    write("graph.json", graph.dump());
    write("graph.bin", weights);
    return sentence_of(
        [&] { convert_tensorflowjs(path("graph.json"), path("graph.bin"), path("graph.pb")); });
  }
};

TEST_F(ConversionTest, TheGraphAnswersAsItWasMeant) {
  ASSERT_EQ(failure(small_graph(), small_weights()), "no failure");
  save_as_ir(path("graph.pb"), path("graph.xml"));
  for (const char* name : {"graph.pb", "graph.xml"}) {
    const Network network(path(name), {.input_shape = {1, 1, 2, 3}, .allow_bf16 = false});
    Network::Request request(network);
    const std::array<float, 6> pixels = {1, 2, 3, 8, 0, 0};
    std::ranges::copy(pixels, request.input().begin());
    // First pixel: 1 + 1 - 1 = 1 and 6 + 0.25, cut to 6; second: 8 - 1, cut to 6, and 0.25.
    EXPECT_THAT(request.infer().at(0).values, ElementsAre(10, 60, 60, 2.5f)) << name;
  }
}

TEST_F(ConversionTest, WhatDoesNotFitTogetherIsRefused) {
  EXPECT_THAT(failure(small_graph(), small_weights().substr(1)), HasSubstr("fewer weights"));
  EXPECT_THAT(failure(small_graph(), small_weights() + "x"), HasSubstr("more weights"));
  Json unknown = small_graph();
  unknown["modelTopology"]["node"][4]["attr"]["fused_ops"] = {
      {"list", {{"s", {"RWx1"}}}}};  // "Elu"
  EXPECT_THAT(failure(unknown, small_weights()), HasSubstr("fused with Elu"));
  Json nameless = small_graph();
  nameless["weightsManifest"][0]["weights"][1]["name"] = "other";
  EXPECT_THAT(failure(nameless, small_weights()), HasSubstr("not a TensorFlow.js graph"));
  EXPECT_THAT(failure("text", small_weights()), HasSubstr("not a TensorFlow.js graph"));
  EXPECT_THAT(sentence_of([&] {
                convert_tensorflowjs(path("none.json"), path("graph.bin"), path("x.pb"));
              }),
              HasSubstr("none.json"));
}

}  // namespace
}  // namespace dramatis
