#include "inference/test_networks.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <span>
#include <stdexcept>
#include <string_view>

#include "inference/protobuf_writer.h"

namespace dramatis::test {
namespace {

using Shape = std::vector<std::int64_t>;
using Names = std::vector<std::string>;

enum ElementType { kFloat = 1, kInt32 = 6, kInt64 = 7 };  // onnx.proto, TensorProto.DataType

ProtobufMessage whole_attribute(const std::string& name, std::int64_t value) {
  return ProtobufMessage().text(1, name).integer(3, value).integer(20, 2);
}

ProtobufMessage list_attribute(const std::string& name, const Shape& values) {
  ProtobufMessage attribute;
  attribute.text(1, name);
  for (const std::int64_t value : values) attribute.integer(8, value);
  return attribute.integer(20, 7);
}

/// A graph with one input "in" and one output "out", written node by node.
class OnnxGraph {
 public:
  void node(const std::string& type, const Names& inputs, const std::string& output,
            const std::vector<ProtobufMessage>& attributes = {}) {
    ProtobufMessage node;
    for (const std::string& input : inputs) node.text(1, input);
    node.text(2, output).text(3, output).text(4, type);
    for (const ProtobufMessage& attribute : attributes) node.message(5, attribute);
    graph_.message(1, node);
  }

  template <class T>
  void constant(const std::string& name, const Shape& shape, const std::vector<T>& values) {
    ProtobufMessage tensor;
    for (const std::int64_t size : shape) tensor.integer(1, size);
    tensor.integer(2, sizeof(T) == 8 ? kInt64 : kFloat)
        .text(8, name)
        .raw(9, std::span<const T>(values));
    graph_.message(5, tensor);
  }

  /// A second output beside "out".
  void also_give(const std::string& name, const Shape& shape) {
    more_outputs_.push_back(port(name, shape, kFloat));
  }

  void write(const std::string& path, const Shape& input, const Shape& output,
             ElementType type = kFloat) {
    graph_.text(2, "test");
    graph_.message(11, port("in", input, type)).message(12, port("out", output, type));
    for (const ProtobufMessage& more : more_outputs_) graph_.message(12, more);
    ProtobufMessage model;
    model.integer(1, 8).message(7, graph_).message(8, ProtobufMessage().text(1, "").integer(2, 13));
    std::ofstream file(path, std::ios::binary);
    file << model.bytes();
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
  }

 private:
  static ProtobufMessage port(const std::string& name, const Shape& shape, ElementType type) {
    ProtobufMessage sizes;
    for (const std::int64_t size : shape) {
      ProtobufMessage dimension;
      size < 0 ? dimension.text(2, "open") : dimension.integer(1, size);
      sizes.message(1, dimension);
    }
    const ProtobufMessage tensor = ProtobufMessage().integer(1, type).message(2, sizes);
    return ProtobufMessage().text(1, name).message(2, ProtobufMessage().message(1, tensor));
  }

  ProtobufMessage graph_;
  std::vector<ProtobufMessage> more_outputs_;
};

/// The mean of each channel over cells of `side` x `side`.
void add_cell_means(OnnxGraph& graph, const std::string& input, const std::string& output,
                    int side) {
  graph.node(
      "AveragePool", {input}, output,
      {list_attribute("kernel_shape", {side, side}), list_attribute("strides", {side, side})});
}

void add_zeros(OnnxGraph& graph, const std::string& name, const Shape& shape) {
  std::size_t count = 1;
  for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
  graph.constant(name, shape, std::vector<float>(count, 0.0f));
}

std::vector<float> cell_boxes(int cells, int stride_px, float side_px) {
  std::vector<float> boxes;
  for (int y = 0; y < cells; ++y)
    for (int x = 0; x < cells; ++x)
      boxes.insert(boxes.end(), {(static_cast<float>(x) + 0.5f) * static_cast<float>(stride_px),
                                 (static_cast<float>(y) + 0.5f) * static_cast<float>(stride_px),
                                 side_px, side_px});
  return boxes;
}

}  // namespace

void write_yolo_network(const std::string& onnx_path, const YoloTestNetwork& shape) {
  const std::int64_t columns = 5 + shape.classes;
  const std::int64_t side = shape.input_side_px / 32;
  const std::int64_t cells = side * side;
  OnnxGraph graph;
  graph.constant("boxes", {1, cells, 4}, cell_boxes(static_cast<int>(side), 32, shape.box_side_px));
  graph.constant<std::int64_t>("three by cells", {3}, {1, 3, cells});
  add_cell_means(graph, "in", "means", 32);
  graph.node("Reshape", {"means", "three by cells"}, "channels");
  graph.node("Transpose", {"channels"}, "scores", {list_attribute("perm", {0, 2, 1})});
  graph.node("ReduceMax", {"scores"}, "objectness", {list_attribute("axes", {2})});
  Names answer = {"boxes", "objectness"};
  if (shape.classes <= 3) {
    graph.constant<std::int64_t>("first", {1}, {0});
    graph.constant<std::int64_t>("classes", {1}, {shape.classes});
    graph.constant<std::int64_t>("last axis", {1}, {2});
    graph.node("Slice", {"scores", "first", "classes", "last axis"}, "class scores");
    answer.push_back("class scores");
  } else {
    add_zeros(graph, "other classes", {1, cells, shape.classes - 3});
    answer.insert(answer.end(), {"scores", "other classes"});
  }
  graph.node("Concat", answer, "answer", {whole_attribute("axis", 2)});
  add_zeros(graph, "before", {1, 3 * (16 + 4) * cells, columns});
  add_zeros(graph, "after", {1, 2 * cells, columns});
  graph.node("Concat", {"before", "answer", "after"}, "out", {whole_attribute("axis", 1)});
  graph.write(onnx_path, {1, 3, shape.input_side_px, shape.input_side_px},
              {1, 63 * cells, columns});
}

void write_score_network(const std::string& onnx_path, int input_side_px) {
  OnnxGraph graph;
  graph.node("ReduceMean", {"in"}, "mean",
             {list_attribute("axes", {1, 2, 3}), whole_attribute("keepdims", 0)});
  graph.constant<std::int64_t>("one by one", {2}, {1, 1});
  graph.node("Reshape", {"mean", "one by one"}, "out");
  graph.write(onnx_path, {1, 3, input_side_px, input_side_px}, {1, 1});
}

void write_embedding_network(const std::string& onnx_path, const EmbeddingTestNetwork& shape) {
  const std::int64_t side = shape.input_side_px;
  OnnxGraph graph;
  std::string planes = "in";
  if (!shape.channels_first) {
    planes = "planes";
    graph.node("Transpose", {"in"}, planes, {list_attribute("perm", {0, 3, 1, 2})});
  }
  add_cell_means(graph, planes, "means", shape.input_side_px / 16);
  graph.node("Flatten", {"means"}, "flat", {whole_attribute("axis", 1)});
  graph.constant<std::int64_t>("pads", {4},
                               {0, 0, 0, shape.length - 3 * 16 * 16});  // negative: cut
  graph.node("Pad", {"flat", "pads"}, "out");
  const Shape input =
      shape.channels_first ? Shape{shape.batch, 3, side, side} : Shape{shape.batch, side, side, 3};
  graph.write(onnx_path, input, {shape.batch, shape.length});
}

void write_doubling_network(const std::string& onnx_path, const Shape& shape, bool whole_numbers) {
  OnnxGraph graph;
  graph.node("Add", {"in", "in"}, "out");
  graph.write(onnx_path, shape, shape, whole_numbers ? kInt32 : kFloat);
}

void write_convolution_network(const std::string& onnx_path, int layers, int channels,
                               int side_px) {
  std::minstd_rand random(1);
  OnnxGraph graph;
  std::string from = "in";
  for (int layer = 0; layer < layers; ++layer) {
    const std::int64_t inputs = layer == 0 ? 3 : channels;
    const float size = std::sqrt(2.0f / static_cast<float>(9 * inputs));
    std::vector<float> weights(static_cast<std::size_t>(channels * inputs * 9));
    for (float& weight : weights)
      weight = size * (static_cast<float>(random() % 20001) / 10000.0f - 1.0f);
    const std::string number = std::to_string(layer);
    const bool last = layer + 1 == layers;
    graph.constant("weights " + number, {channels, inputs, 3, 3}, weights);
    graph.node("Conv", {from, "weights " + number}, "sum " + number,
               {list_attribute("pads", {1, 1, 1, 1})});
    from = last ? "out" : "layer " + number;
    graph.node("Relu", {"sum " + number}, from);
  }
  graph.write(onnx_path, {1, 3, side_px, side_px}, {1, channels, side_px, side_px});
}

void write_transition_network(const std::string& onnx_path) {
  constexpr std::int64_t frames = 100;
  OnnxGraph graph;
  graph.constant<float>("scale", {1}, {1.0f / 255});
  graph.node("Mul", {"in", "scale"}, "unit");
  graph.constant<std::int64_t>("column", {3}, {1, frames, 1});
  graph.node("ReduceMean", {"unit"}, "frame_means",
             {list_attribute("axes", {2, 3, 4}), whole_attribute("keepdims", 0)});
  graph.node("Reshape", {"frame_means", "column"}, "out");
  graph.node("ReduceMean", {"out"}, "mean", {list_attribute("axes", {1})});
  graph.constant("ones", {1, frames, 1}, std::vector<float>(frames, 1.0f));
  graph.node("Mul", {"ones", "mean"}, "window_mean");
  graph.also_give("window_mean", {1, frames, 1});
  graph.write(onnx_path, {1, frames, 27, 48, 3}, {1, frames, 1});
}

}  // namespace dramatis::test
