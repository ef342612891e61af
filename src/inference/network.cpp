// One file, one network, one answer.
//
// Each request runs on one thread (a "stream" of the engine), so a sum is always added in the same
// order: results are equal to the last bit from run to run and however many requests run side by
// side. Two requests on two cores are also faster than one request on both.
//
// Whatever type a network stores, callers see float: the conversion becomes part of the graph.

#include "inference/network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <openvino/frontend/manager.hpp>
#include <openvino/openvino.hpp>
#include <utility>

#include "base/failure.h"

namespace dramatis {
namespace {

using Shape = std::vector<std::int64_t>;

ov::Core& engine() {
#ifdef __SANITIZE_ADDRESS__
  // Otherwise TBB opens a library of its own in a way that the sanitizer refuses.
  static const int told_tbb [[maybe_unused]] = ::setenv("TBB_ENABLE_SANITIZERS", "1", 0);
#endif
  static ov::Core core;
  return core;
}

bool computes_in_bf16() {
  static const bool known = [] {
    const auto abilities = engine().get_property("CPU", ov::device::capabilities);
    return std::find(abilities.begin(), abilities.end(), "BF16") != abilities.end();
  }();
  return known;
}

/// The reader for a file, by the ending of its name. Left to guess, the engine would try its
/// readers one after another, and some of them complain on stderr.
std::string reader_for(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".xml") return "ir";
  if (ending == ".onnx") return "onnx";
  if (ending == ".tflite") return "tflite";
  if (ending == ".pb") return "tf";
  throw model_failure(path,
                      "a model file is read when its name ends in .onnx, .tflite, .pb or .xml");
}

int first_byte(const std::string& path) { return std::ifstream(path, std::ios::binary).get(); }

std::shared_ptr<ov::Model> read(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) throw model_failure(path, "there is no such model file");
  if (!fs::is_regular_file(path, ignored)) throw model_failure(path, "this is not a file");
  if (fs::file_size(path, ignored) == 0) throw model_failure(path, "the model file is empty");
  const std::string reader = reader_for(path);
  if (reader == "tf" && first_byte(path) != '\n')  // a GraphDef begins with its first node
    throw model_failure(path, "this is not a TensorFlow graph");
  static ov::frontend::FrontEndManager readers;
  try {
    const ov::frontend::FrontEnd::Ptr frontend = readers.load_by_framework(reader);
    return frontend->convert(frontend->load(path));
  } catch (const std::exception&) {
    throw model_failure(path, "this is not a network that can be read, or it was cut short");
  }
}

Shape shape_of(const ov::PartialShape& partial) {
  Shape shape;
  for (const ov::Dimension& size : partial)
    shape.push_back(size.is_static() ? size.get_length() : -1);
  return shape;
}

Shape shape_of(const ov::Output<const ov::Node>& port) {
  const ov::PartialShape& partial = port.get_partial_shape();
  return partial.rank().is_static() ? shape_of(partial) : Shape{-1};
}

/// The shape to compile for: as asked, else as stored with an open batch closed to one.
Shape wanted_shape(const std::string& path, const ov::PartialShape& stored, const Shape& asked) {
  if (stored.rank().is_dynamic()) {
    if (asked.empty()) throw model_failure(path, "the network does not say its input shape");
    return asked;
  }
  Shape shape = shape_of(stored);
  if (asked.empty()) {
    if (!shape.empty() && shape[0] == -1) shape[0] = 1;
    if (std::find(shape.begin(), shape.end(), -1) == shape.end()) return shape;
    throw model_failure(
        path, fmt::format("the network leaves its input size open ({})", shape_text(shape)));
  }
  if (asked.size() == shape.size()) return asked;
  throw model_failure(path, fmt::format("the network takes an input of {} dimensions ({}), not {}",
                                        shape.size(), shape_text(shape), shape_text(asked)));
}

void give_shape(const std::string& path, ov::Model& model, const Shape& asked) {
  const ov::PartialShape stored = model.input().get_partial_shape();
  const Shape wanted = wanted_shape(path, stored, asked);
  if (std::any_of(wanted.begin(), wanted.end(), [](std::int64_t size) { return size < 1; }))
    throw model_failure(path, fmt::format("{} is not an input shape", shape_text(wanted)));
  const ov::PartialShape shape(std::vector<ov::Dimension>(wanted.begin(), wanted.end()));
  if (shape == stored) return;
  try {
    model.reshape(shape);
  } catch (const std::exception&) {
    throw model_failure(path,
                        fmt::format("the network cannot take an input of {} (it is stored with {})",
                                    shape_text(wanted), shape_text(shape_of(stored))));
  }
}

/// Makes the graph take and give floats.
std::shared_ptr<ov::Model> with_float_ends(const std::shared_ptr<ov::Model>& model) {
  ov::preprocess::PrePostProcessor ends(model);
  ends.input().tensor().set_element_type(ov::element::f32);
  for (std::size_t i = 0; i < model->outputs().size(); ++i)
    ends.output(i).tensor().set_element_type(ov::element::f32);
  return ends.build();
}

std::shared_ptr<ov::Model> read_with_one_input(const std::string& path) {
  std::shared_ptr<ov::Model> model = read(path);
  if (model->inputs().size() != 1)
    throw model_failure(path,
                        fmt::format("the network has {} inputs, not one", model->inputs().size()));
  if (model->outputs().empty()) throw model_failure(path, "the network has no output");
  return model;
}

ov::CompiledModel compile(const std::string& path, const NetworkOptions& options) {
  const std::shared_ptr<ov::Model> model = read_with_one_input(path);
  give_shape(path, *model, options.input_shape);
  const int streams = std::max(1, options.parallel_requests);
  const bool bf16 = options.allow_bf16 && computes_in_bf16();
  try {
    return engine().compile_model(
        with_float_ends(model), "CPU", ov::num_streams(streams), ov::inference_num_threads(streams),
        ov::hint::enable_cpu_pinning(false),
        ov::hint::inference_precision(bf16 ? ov::element::bf16 : ov::element::f32));
  } catch (const std::exception&) {
    throw model_failure(path, "the network uses something that cannot be computed here");
  }
}

}  // namespace

struct Network::Machine {
  std::string path;
  ov::CompiledModel compiled;
};

Network::Network(const std::string& path, const NetworkOptions& options)
    : machine_(std::make_shared<Machine>(Machine{path, compile(path, options)})) {}
Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

std::vector<std::int64_t> Network::input_shape() const {
  return shape_of(machine_->compiled.input());
}

std::vector<std::vector<std::int64_t>> Network::output_shapes() const {
  std::vector<Shape> shapes;
  for (const auto& output : machine_->compiled.outputs()) shapes.push_back(shape_of(output));
  return shapes;
}

std::vector<std::string> Network::output_names() const {
  std::vector<std::string> names;
  for (const auto& output : machine_->compiled.outputs())
    names.push_back(output.get_names().empty() ? "" : output.get_any_name());
  return names;
}

struct Network::Request::Machine {
  std::shared_ptr<const Network::Machine> network;  // first: outlives the request
  ov::InferRequest request;
  ov::Tensor input;
  std::vector<Tensor> outputs;
};

Network::Request::Request(const Network& network) : machine_(std::make_unique<Machine>()) {
  machine_->network = network.machine_;
  // Creating a request changes the engine's own bookkeeping, not the network.
  ov::CompiledModel compiled = network.machine_->compiled;
  machine_->request = compiled.create_infer_request();
  machine_->input = machine_->request.get_input_tensor();
  machine_->outputs.resize(compiled.outputs().size());
  std::ranges::fill(input(), 0.0f);
}
Network::Request::~Request() = default;
Network::Request::Request(Request&&) noexcept = default;
Network::Request& Network::Request::operator=(Request&&) noexcept = default;

std::span<float> Network::Request::input() {
  return {machine_->input.data<float>(), machine_->input.get_size()};
}

const std::vector<Tensor>& Network::Request::infer() {
  try {
    machine_->request.infer();
  } catch (const std::exception&) {
    throw model_failure(machine_->network->path, "the network failed while computing");
  }
  for (std::size_t i = 0; i < machine_->outputs.size(); ++i) {
    const ov::Tensor result = machine_->request.get_output_tensor(i);
    const float* values = result.data<float>();
    machine_->outputs[i].shape.assign(result.get_shape().begin(), result.get_shape().end());
    machine_->outputs[i].values.assign(values, values + result.get_size());
  }
  return machine_->outputs;
}

std::vector<std::int64_t> stored_input_shape(const std::string& path) {
  const std::shared_ptr<const ov::Model> model = read_with_one_input(path);
  return shape_of(model->input());
}

void save_as_ir(const std::string& model_path, const std::string& xml_path) {
  const std::shared_ptr<ov::Model> model = read(model_path);
  try {
    ov::save_model(model, xml_path, /*compress_to_fp16=*/false);
  } catch (const std::exception&) {
    throw model_failure(xml_path, "the converted network cannot be written there");
  }
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::vector<std::string> sizes;
  for (const std::int64_t size : shape) sizes.push_back(size < 0 ? "?" : std::to_string(size));
  return fmt::format("{}", fmt::join(sizes, "x"));
}

}  // namespace dramatis
