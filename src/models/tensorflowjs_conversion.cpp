// TensorFlow.js stores a TensorFlow graph as JSON, node by node, with the values of its constants
// taken out into one binary file, one after another in the order of "weightsManifest". Going back
// is therefore mostly spelling: the JSON names of the fields of graph.proto become their numbers,
// and each constant gets its values again. Two things differ from a graph that any reader knows:
//   - weights may be stored in a shorter type (float16) than the graph computes in;
//   - the converter has fused convolution + bias + activation into one node. We write the three
//   nodes
//     again; the last one keeps the name, so that whoever reads its result still finds it.

#include "models/tensorflowjs_conversion.h"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/core/mat.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "base/failure.h"
#include "inference/protobuf_writer.h"

namespace dramatis {
namespace {

using Json = nlohmann::json;

enum TypeNumber { kFloat = 1, kInt32 = 3, kBool = 10 };  // types.proto, DataType

std::int64_t type_number(const std::string& name) {
  if (name == "DT_FLOAT" || name == "float32") return kFloat;
  if (name == "DT_INT32" || name == "int32") return kInt32;
  if (name == "DT_BOOL" || name == "bool") return kBool;
  throw std::invalid_argument("a tensor of type " + name);
}

/// 64-bit numbers are strings in Protocol Buffers' JSON.
std::int64_t whole(const Json& value) {
  return value.is_string() ? std::stoll(value.get<std::string>()) : value.get<std::int64_t>();
}

/// Bytes are base64 there.
std::string bytes_of(const std::string& base64) {
  static const std::string kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : base64) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string::npos) break;
    held = held << 6 | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>(held >> bits));
  }
  return bytes;
}

ProtobufMessage shape_message(const Json& shape) {
  ProtobufMessage message;
  for (const Json& dimension : shape.value("dim", Json::array()))
    message.message(2, ProtobufMessage().integer(1, whole(dimension.at("size"))));
  return message;
}

/// A constant. Its shape is written even when it is empty: without one a scalar has an unknown
/// shape.
ProtobufMessage tensor_message(std::int64_t type, const std::vector<std::int64_t>& shape,
                               const std::string& content) {
  ProtobufMessage sizes;
  for (const std::int64_t size : shape) sizes.message(2, ProtobufMessage().integer(1, size));
  return ProtobufMessage().integer(1, type).message(2, sizes).text(4, content);
}

ProtobufMessage list_message(const Json& list) {
  ProtobufMessage message;
  for (const Json& value : list.value("s", Json::array())) message.text(2, bytes_of(value));
  for (const Json& value : list.value("i", Json::array())) message.integer(3, whole(value));
  for (const Json& value : list.value("f", Json::array())) message.real(4, value);
  return message;
}

ProtobufMessage attribute_message(const Json& attribute) {
  const std::string kind = attribute.begin().key();
  const Json& value = attribute.begin().value();
  ProtobufMessage message;
  if (kind == "list") return message.message(1, list_message(value));
  if (kind == "s") return message.text(2, bytes_of(value));
  if (kind == "i") return message.integer(3, whole(value));
  if (kind == "f") return message.real(4, value);
  if (kind == "b") return message.integer(5, value.get<bool>());
  if (kind == "type") return message.integer(6, type_number(value));
  if (kind == "shape") return message.message(7, shape_message(value));
  throw std::invalid_argument("an attribute of kind " + kind);
}

struct Node {
  std::string name;
  std::string operation;
  std::vector<std::string> inputs;
  std::vector<std::pair<std::string, ProtobufMessage>> attributes;
};

ProtobufMessage node_message(const Node& node) {
  ProtobufMessage message;
  message.text(1, node.name).text(2, node.operation);
  for (const std::string& input : node.inputs) message.text(3, input);
  for (const auto& [name, value] : node.attributes)
    message.message(5, ProtobufMessage().text(1, name).message(2, value));
  return message;
}

using Constants = std::map<std::string, ProtobufMessage>;

/// The bytes of `count` values as the graph wants them, taken from the front of `rest`.
std::string take_values(const Json& weight, std::size_t count, std::string_view& rest) {
  const std::string stored = weight.contains("quantization")
                                 ? weight.at("quantization").at("dtype").get<std::string>()
                                 : weight.at("dtype").get<std::string>();
  const bool half = stored == "float16";
  if (!half && stored != "float32" && stored != "int32")
    throw std::invalid_argument("weights stored as " + stored);
  const std::size_t size = count * (half ? 2 : 4);
  if (size > rest.size()) throw std::out_of_range("fewer weights than the graph has");
  std::string values(rest.substr(0, size));
  rest.remove_prefix(size);
  if (!half || count == 0) return values;
  cv::Mat wide;
  cv::Mat(1, static_cast<int>(count), CV_16FC1, values.data()).convertTo(wide, CV_32F);
  return {reinterpret_cast<const char*>(wide.data), count * sizeof(float)};
}

Constants read_constants(const Json& manifest, const std::string& weights) {
  Constants constants;
  std::string_view rest = weights;
  for (const Json& group : manifest)
    for (const Json& weight : group.at("weights")) {
      const auto shape = weight.at("shape").get<std::vector<std::int64_t>>();
      std::size_t count = 1;
      for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
      const std::string values = take_values(weight, count, rest);
      constants.emplace(weight.at("name"),
                        tensor_message(type_number(weight.at("dtype")), shape, values));
    }
  if (!rest.empty()) throw std::out_of_range("more weights than the graph has");
  return constants;
}

Node read_node(const Json& json, const Constants& constants) {
  Node node{json.at("name"), json.at("op"), {}, {}};
  for (const Json& input : json.value("input", Json::array())) node.inputs.push_back(input);
  const Json attributes = json.value("attr", Json::object());
  for (const auto& [name, value] : attributes.items()) {
    const bool constant = name == "value" && node.operation == "Const";
    node.attributes.emplace_back(name, constant
                                           ? ProtobufMessage().message(8, constants.at(node.name))
                                           : attribute_message(value));
  }
  return node;
}

/// Convolution, bias and activation that a fused node stands for, the last one under its name.
std::vector<Node> split_fused(const Json& json, Node node) {
  static const std::map<std::string, std::string> kPlain = {
      {"_FusedConv2D", "Conv2D"}, {"FusedDepthwiseConv2dNative", "DepthwiseConv2dNative"}};
  const auto plain = kPlain.find(node.operation);
  if (plain == kPlain.end()) return {std::move(node)};
  const std::string name = node.name;
  const auto type = ProtobufMessage().integer(6, kFloat);
  std::size_t next_argument = 2;
  std::vector<Node> parts = {std::move(node)};
  parts[0].operation = plain->second;
  parts[0].name = name + "/plain";
  const std::vector<std::string> arguments = std::exchange(parts[0].inputs, {});
  parts[0].inputs = {arguments.at(0), arguments.at(1)};
  std::erase_if(parts[0].attributes, [](const auto& a) {
    return a.first == "fused_ops" || a.first == "num_args" || a.first == "epsilon";
  });
  for (const Json& encoded : json.at("attr").at("fused_ops").at("list").at("s")) {
    const std::string operation = bytes_of(encoded);
    Node part{name + "/" + operation, operation, {parts.back().name}, {{"T", type}}};
    if (operation == "BiasAdd")
      part.inputs.push_back(arguments.at(next_argument++));
    else if (operation != "Relu" && operation != "Relu6")
      throw std::invalid_argument("a convolution fused with " + operation);
    parts.push_back(std::move(part));
  }
  parts.back().name = name;
  return parts;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw model_failure(path, "the file cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string graph_bytes(const std::string& json_text, const std::string& weights) {
  const Json model = Json::parse(json_text);
  const Constants constants = read_constants(model.at("weightsManifest"), weights);
  ProtobufMessage graph;
  for (const Json& json : model.at("modelTopology").at("node"))
    for (const Node& node : split_fused(json, read_node(json, constants)))
      graph.message(1, node_message(node));
  graph.message(4,
                ProtobufMessage().integer(1, 808));  // the producer version these operations have
  return graph.bytes();
}

}  // namespace

void convert_tensorflowjs(const std::string& json_path, const std::string& weights_path,
                          const std::string& graph_path) {
  std::string bytes;
  const std::string json_text = read_file(json_path);
  const std::string weights = read_file(weights_path);
  try {
    bytes = graph_bytes(json_text, weights);
  } catch (const std::exception& error) {  // of the JSON reader, and our own
    throw model_failure(
        json_path,
        std::string("this is not a TensorFlow.js graph with its weights (") + error.what() + ")");
  }
  std::ofstream file(graph_path, std::ios::binary);
  file << bytes;
  if (!file.flush()) throw model_failure(graph_path, "the converted network cannot be written");
}

}  // namespace dramatis
