#include "people/track_template.h"

#include <algorithm>
#include <cmath>

namespace dramatis {
namespace {

double length_of(const Embedding& vector) {
  double squares = 0;
  for (float v : vector) squares += static_cast<double>(v) * v;
  return std::sqrt(squares);
}

}  // namespace

double similarity(const TrackTemplate& a, const TrackTemplate& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.vector.size(); ++k)
    sum += static_cast<double>(a.vector[k]) * b.vector[k];
  return sum;
}

std::optional<TrackTemplate> template_of(const TrackEvidence& track, float sure_quality) {
  const bool sure = std::any_of(track.faces.begin(), track.faces.end(),
                                [&](const FaceEvidence& f) { return f.quality >= sure_quality; });
  std::vector<double> sum;
  double total = 0, qualities = 0;
  for (const FaceEvidence& face : track.faces) {
    const double length = length_of(face.embedding);
    if (length <= 0 || face.quality <= 0 || (sure && face.quality < sure_quality)) continue;
    const double weight = face.quality / 100.0;
    sum.resize(face.embedding.size(), 0.0);
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += weight * face.embedding[k] / length;
    total += weight;
    qualities += weight * face.quality;
  }
  if (total <= 0) return std::nullopt;
  TrackTemplate result{Embedding(sum.size()), std::sqrt(total), !sure, qualities / total};
  for (std::size_t k = 0; k < sum.size(); ++k)
    result.vector[k] = static_cast<float>(sum[k] / total);
  return result;
}

}  // namespace dramatis
