#pragma once

// The inference engine, wrapped once: OpenVINO's types stay behind this header.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace dramatis {

/// A dense array; the last axis varies fastest.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

struct NetworkOptions {
  /// Shape to give the (only) input before compiling; empty: as stored (an open batch becomes 1).
  std::vector<std::int64_t> input_shape;
  /// Requests that will run side by side, each on one thread; results do not depend on it.
  int parallel_requests = 2;
  /// bfloat16 where the processor computes in it: about twice as fast, the last digits differ.
  bool allow_bf16 = true;
};

/// A loaded model file (ONNX, TFLite, TensorFlow, OpenVINO IR) with one input. Shared between
/// threads; each thread infers through a Request of its own. A Request keeps its network alive.
class Network {
 public:
  /// Throws Failure{model} naming the file: missing, cut short, not a model, unable to take the
  /// shape.
  Network(const std::string& path, const NetworkOptions& options);
  ~Network();
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;

  std::vector<std::int64_t> input_shape() const;
  /// In the network's order; -1 where a size is known only after inference.
  std::vector<std::vector<std::int64_t>> output_shapes() const;
  std::vector<std::string> output_names() const;

  class Request {
   public:
    explicit Request(const Network& network);
    ~Request();
    Request(Request&&) noexcept;
    Request& operator=(Request&&) noexcept;
    /// The input to fill, shape as input_shape(). Float whatever the network's own type: a network
    /// of whole numbers gets the values without their fraction.
    std::span<float> input();
    /// Runs it. Outputs in the network's order; valid until the next call. The input stays as it
    /// is. Throws Failure{model} when the network cannot work on it.
    const std::vector<Tensor>& infer();

   private:
    struct Machine;
    std::unique_ptr<Machine> machine_;
  };

 private:
  struct Machine;
  std::shared_ptr<const Machine> machine_;
};

/// The shape of the (only) input as the file stores it, -1 where it is left open; {-1} when not
/// even the number of dimensions is known. Throws Failure{model} like Network.
std::vector<std::int64_t> stored_input_shape(const std::string& path);

/// Reads a model file of any kind and writes it as OpenVINO IR: `xml_path` and the .bin beside it,
/// weights as they are. Throws Failure{model} naming the file that cannot be read or written.
void save_as_ir(const std::string& model_path, const std::string& xml_path);

/// "1x3x640x640"; a size that is not known is "?".
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace dramatis
