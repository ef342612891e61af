#include "embeddings/vector_embedder.h"

#include <fmt/format.h>

#include <functional>
#include <numeric>
#include <opencv2/core.hpp>

#include "faces/alignment.h"

namespace dramatis {
namespace {

std::int64_t elements(const std::vector<std::int64_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

/// What the description promises, checked against the network once, so that no face can be read
/// wrong.
void check_shapes(const ModelDescription& model, const Network& network) {
  const std::int64_t batch = model.batch_of_two ? 2 : 1;
  const std::vector<std::int64_t> wanted =
      model.layout.channels_first
          ? std::vector<std::int64_t>{batch, 3, model.input_height, model.input_width}
          : std::vector<std::int64_t>{batch, model.input_height, model.input_width, 3};
  if (network.input_shape() != wanted)
    throw model_failure(model.name,
                        fmt::format("takes pictures of shape {}, not {} as described",
                                    shape_text(network.input_shape()), shape_text(wanted)));
  if (model.input_width != model.input_height)
    throw model_failure(model.name, "takes faces that are not square");
  const auto outputs = network.output_shapes();
  if (outputs.empty() || elements(outputs[0]) != batch * model.embedding_length)
    throw model_failure(
        model.name,
        fmt::format("does not answer with {} numbers a face as described", model.embedding_length));
}

}  // namespace

VectorEmbedder::VectorEmbedder(const ModelDescription& model, const Network& network,
                               float pixel_aspect)
    : model_(model), pixel_aspect_(pixel_aspect), request_(network) {
  check_shapes(model, network);
  crop_size_ = model.input_width;
  length_ = model.embedding_length;
}

FaceEmbedding VectorEmbedder::embed(const Picture& frame_picture, const Face& face) {
  const Picture crop = crop_of(frame_picture, face);
  Picture mirror;
  cv::flip(crop, mirror, 1);
  if (model_.batch_of_two) return both_at_once(crop, mirror);
  const Embedding vector = vector_of(crop);
  return joined_with_mirror(vector, vector_of(mirror));
}

Picture VectorEmbedder::crop_of(const Picture& frame_picture, const Face& face) const {
  if (model_.aligned) return aligned_crop(frame_picture, face.landmarks, crop_size_, pixel_aspect_);
  return square_crop(frame_picture, face.box, crop_size_, 1.2f, pixel_aspect_);
}

Embedding VectorEmbedder::vector_of(const Picture& crop) {
  fill_input(crop, model_.layout, request_.input());
  return request_.infer()[0].values;
}

FaceEmbedding VectorEmbedder::both_at_once(const Picture& crop, const Picture& mirror) {
  const std::span<float> input = request_.input();
  const std::size_t half = input.size() / 2;
  fill_input(crop, model_.layout, input.first(half));
  fill_input(mirror, model_.layout, input.last(half));
  const std::span<const float> both = request_.infer()[0].values;
  return joined_with_mirror(both.first(length_), both.last(length_));
}

}  // namespace dramatis
