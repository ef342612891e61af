#include "people/common_part.h"

#include <algorithm>
#include <cmath>
#include <numeric>

// The problem. A vector tells who somebody is, but also how the picture was made. In a film shot
// through fog, or when all faces are 24 pixels high, all vectors lean the same way: two strangers
// are more alike than strangers elsewhere, and the calibration has less room between the humps.
//
// The idea. What the film does to everybody is the mean over its people. Taken away from every
// vector it leaves what tells them apart. The mean is over people and not over tracks, or it would
// be the face of whoever is seen most; and because half of a few people's mean is those people
// themselves, it counts in full only when there are many, and never for more than the likeness of
// strangers that the calibration found.
//
// A template is the mean of unit vectors. Taking c away and bringing each vector back to unit
// length is, up to the differences between a track's own faces, one subtraction and one division:
// (t - c) / sqrt(1 - 2 t.c + c.c). Cost: N L.

namespace dramatis {
namespace {

constexpr double kTooFewPeople = 3;
constexpr double kManyPeople = 10;  ///< so many and the mean counts for about a half

double product(const std::vector<double>& a, const Embedding& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double squares_of(const std::vector<double>& vector) {
  return std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0);
}

struct MeanOfPeople {
  std::vector<double> mean;  ///< of the clusters' means
  double people = 0;         ///< how many clusters have a face
};

MeanOfPeople mean_of_people(const Templates& templates, const Identities& identities) {
  MeanOfPeople all;
  auto& [mean, people] = all;
  for (const std::vector<int>& members : identities.members) {
    double weight = 0;
    std::vector<double> sum;
    for (const int track : members) {
      const auto& one = templates[static_cast<std::size_t>(track)];
      if (!one) continue;
      sum.resize(one->vector.size());
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += one->weight * one->vector[k];
      weight += one->weight;
    }
    if (weight <= 0) continue;
    mean.resize(sum.size());
    for (std::size_t k = 0; k < sum.size(); ++k) mean[k] += sum[k] / weight;
    ++people;
  }
  for (double& value : mean) value /= people;
  return all;
}

}  // namespace

Templates without_common_part(const Templates& templates, const Identities& identities,
                              const Calibration& calibration) {
  auto [common, people] = mean_of_people(templates, identities);
  const double length = std::sqrt(squares_of(common));
  const double known = (people - kTooFewPeople) / (people + kManyPeople);
  const double of_strangers = std::sqrt(std::max(0.0, calibration.different_mean));
  if (known <= 0 || of_strangers <= 0 || length <= 0) return templates;
  const double share = std::min(known, of_strangers / length);
  for (double& value : common) value *= share;
  const double squares = squares_of(common);
  Templates result = templates;
  for (auto& one : result) {
    if (!one) continue;
    const double scale = 1 / std::sqrt(1 - 2 * product(common, one->vector) + squares);
    for (std::size_t k = 0; k < common.size(); ++k)
      one->vector[k] = static_cast<float>((one->vector[k] - common[k]) * scale);
  }
  return result;
}

}  // namespace dramatis
