// Does a user's network have the shapes that its description says? The shapes that the file stores
// are compared before anything is reshaped: most networks of faces would silently take a picture of
// another size and answer nonsense.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "base/failure.h"
#include "inference/network.h"
#include "models/description_file.h"

namespace dramatis {
namespace {

using Shape = std::vector<std::int64_t>;

Shape described_input(const ModelDescription& model) {
  const std::int64_t batch = model.batch_of_two ? 2 : 1;
  if (model.layout.channels_first) return {batch, 3, model.input_height, model.input_width};
  return {batch, model.input_height, model.input_width, 3};
}

/// The field to blame where the stored input and the described one differ.
std::string field_to_blame(const ModelDescription& model, const Shape& stored,
                           const Shape& described) {
  if (stored.size() != 4) return "file";
  const std::size_t channels = model.layout.channels_first ? 1 : 3;
  if (stored[channels] != 3 && stored[channels] != -1) return "input.layout";
  if (stored[0] != described[0]) return "input.batch_of_two";
  const std::size_t height = model.layout.channels_first ? 2 : 1;
  return stored[height] != described[height] ? "input.height" : "input.width";
}

bool fits(const Shape& stored, const Shape& described) {
  return std::equal(stored.begin(), stored.end(), described.begin(), described.end(),
                    [](std::int64_t a, std::int64_t b) { return a == b || a == -1; });
}

void check_input(const ModelDescription& model, const std::string& where) {
  const Shape stored = stored_input_shape(model.file);
  const Shape described = described_input(model);
  if (stored == Shape{-1} || fits(stored, described)) return;
  throw model_failure(
      where, fmt::format("\"{}\" does not fit: the network takes {}, the description says {}",
                         field_to_blame(model, stored, described), shape_text(stored),
                         shape_text(described)));
}

std::int64_t count(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

void check_output(const ModelDescription& model, const std::string& where, const Shape& output) {
  const auto complain = [&](const std::string& field, const std::string& expected) {
    throw model_failure(where, fmt::format("\"{}\" does not fit: the network gives {}, not {}",
                                           field, shape_text(output), expected));
  };
  if (model.decoder == "yolov5") {
    const std::int64_t cells = std::int64_t{model.input_width / 32} * (model.input_height / 32);
    const Shape expected = {1, 63 * cells, 5 + model.classes};  // 3 anchors * (16 + 4 + 1) cells
    if (output.size() == 3 && output[1] == expected[1] && output[2] != expected[2])
      complain("classes", shape_text(expected));
    if (output != expected) complain("decoder", shape_text(expected));
  } else if (model.decoder == "score") {
    if (count(output) != 1) complain("decoder", "one score");
  } else if (count(output) != model.embedding_length * (model.batch_of_two ? 2 : 1)) {
    complain("length", fmt::format("{} numbers a face", model.embedding_length));
  }
}

}  // namespace

void check_network(const ModelDescription& model, const std::string& where) {
  check_input(model, where);
  const Network network(model.file,
                        {.input_shape = described_input(model), .parallel_requests = 1});
  Network::Request request(network);
  check_output(model, where, request.infer().front().shape);
}

}  // namespace dramatis
