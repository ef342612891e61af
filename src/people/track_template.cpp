#include "people/track_template.h"

#include <cmath>

namespace dramatis {
namespace {

double length_of(const Embedding& vector) {
  double squares = 0;
  for (float v : vector) squares += static_cast<double>(v) * v;
  return std::sqrt(squares);
}

}  // namespace

std::optional<TrackTemplate> template_of(const TrackEvidence& track) {
  TrackTemplate result;
  double total = 0;
  for (const FaceEvidence& face : track.faces) {
    const double length = length_of(face.embedding);
    if (length <= 0 || face.quality <= 0) continue;
    const double weight = face.quality / 100.0;
    result.vector.resize(face.embedding.size(), 0.0f);
    for (std::size_t k = 0; k < result.vector.size(); ++k) {
      result.vector[k] += static_cast<float>(weight * face.embedding[k] / length);
    }
    total += weight;
  }
  const double length = length_of(result.vector);
  if (length <= 0) return std::nullopt;
  for (float& v : result.vector) v = static_cast<float>(v / length);
  result.weight = std::sqrt(total);
  return result;
}

}  // namespace dramatis
