#include "embeddings/embedder.h"

#include <cmath>

#include "embeddings/vector_embedder.h"

namespace dramatis {
namespace {

double length_of(std::span<const float> vector) {
  double squares = 0;
  for (const float value : vector) squares += static_cast<double>(value) * value;
  return std::sqrt(squares);
}

bool can_be_normalised(double length) { return std::isfinite(length) && length > 1e-12; }

}  // namespace

FaceEmbedding joined_with_mirror(std::span<const float> face, std::span<const float> mirror) {
  const double face_length = length_of(face), mirror_length = length_of(mirror);
  if (!can_be_normalised(face_length) || !can_be_normalised(mirror_length)) return {};
  Embedding sum(face.size());
  double agreement = 0;
  for (std::size_t i = 0; i < face.size(); ++i) {
    const double a = face[i] / face_length, b = mirror[i] / mirror_length;
    agreement += a * b;
    sum[i] = static_cast<float>(a + b);
  }
  const double sum_length = length_of(sum);
  if (!can_be_normalised(sum_length)) return {};
  for (float& value : sum) value = static_cast<float>(value / sum_length);
  return {std::move(sum), static_cast<float>(agreement)};
}

Network load_embedding_network(const ModelDescription& model, int parallel_requests) {
  NetworkOptions options;
  options.parallel_requests = parallel_requests;
  return Network(model.file, options);
}

std::unique_ptr<Embedder> make_embedder(const ModelDescription& model, const Network& network,
                                        float pixel_aspect) {
  return std::make_unique<VectorEmbedder>(model, network, pixel_aspect);
}

}  // namespace dramatis
