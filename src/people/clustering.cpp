#include "people/clustering.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/failure.h"
#include "people/nearest_pairs.h"

// Algorithm 1 of Ducros, Subsol, Lafourcade, Barthélémy and Puech, "Movie character
// re-identification by agglomerative clustering of deep features" (Electronic Imaging 2023).
//
// The problem. Every tracked person of every shot is a vector. Nobody knows how many people there
// are.
//
// The idea. Each person is the centre of a sphere of radius T. The two nearest persons are looked
// at: if each lies in the other's sphere they become one, whose vector is the mean of all its
// members and whose radius is that of the circle in which the two spheres meet (equation 5). So a
// cluster grows stricter the more its members differ. If not, the pair is refused for good, and
// whatever the two become part of inherits the refusal. Persons of one shot are refused from the
// beginning.
//
// Why it stops. Every look merges two clusters (at most N - 1 times) or refuses a pair (each once).
// Radii only shrink, so a pair farther apart than T can never merge and is not looked at.
//
// Why the result is the same each time. Every distance that decides is measured in double precision
// from the vectors themselves, with sums in one fixed order (vector_distance.h); ties go to the
// smallest pair by original order, and a merged cluster keeps the place of its first member.
// Threads and the width of the machine's registers change only how fast far pairs are left out.
//
// The cost. N^2 L / 2 multiplications in single precision to find who is near whom, about
// (neighbours) L in double precision for each merge. Memory: about 20 N L bytes and the lists of
// neighbours; nothing of the size N^2. How that is possible: nearest_pairs.cpp.

namespace dramatis {
namespace {

/// Equation 5: the radius of the circle in which two spheres meet; when one lies inside the other,
/// the smaller radius.
double meeting_radius(double d, double ta, double tb) {
  if (d <= std::abs(ta - tb)) return std::min(ta, tb);
  const double along = d * d - tb * tb + ta * ta;
  return std::sqrt(std::max(0.0, 4 * d * d * ta * ta - along * along)) / (2 * d);
}

/// On unit vectors a cosine distance c is a Euclidean distance sqrt(2 c).
double merged_threshold(Metric metric, double d, double ta, double tb) {
  if (metric != Metric::cosine) return meeting_radius(d, ta, tb);
  const double radius = meeting_radius(std::sqrt(2 * d), std::sqrt(2 * ta), std::sqrt(2 * tb));
  return radius * radius / 2;
}

}  // namespace

std::optional<Metric> metric_named(const std::string& name) {
  if (name == "l2") return Metric::l2;
  if (name == "l1") return Metric::l1;
  if (name == "cosine") return Metric::cosine;
  return std::nullopt;
}

namespace {

/// The same closeness of two unit vectors in another metric. For l1: what Euclidean distance d
/// gives on average when the difference points anywhere.
double threshold_like(double l2, Metric metric, std::size_t length) {
  if (metric == Metric::cosine) return l2 * l2 / 2;
  if (metric == Metric::l1)
    return l2 * std::sqrt(2 * static_cast<double>(length) / std::numbers::pi);
  return l2;
}

}  // namespace

double usual_threshold_ducros2023(Metric metric, std::size_t length) {
  return threshold_like(1.0, metric, length);
}

double usual_threshold_average(Metric metric, std::size_t length) {
  return threshold_like(1.1, metric, length);
}

void check_rows(const EmbeddingMatrix& persons, std::span<const int> shot_of_row, double threshold,
                bool shots_optional) {
  if (persons.rows != shot_of_row.size() && !(shots_optional && shot_of_row.empty())) {
    throw usage_failure(
        fmt::format("There are {} embeddings but {} shots: one shot is needed for each row.",
                    persons.rows, shot_of_row.size()));
  }
  if (!(threshold >= 0)) throw usage_failure("The threshold must be a number of at least 0.");
  for (std::size_t i = 0; i < persons.rows; ++i) {
    for (float value : persons.row(i)) {
      if (!std::isfinite(value)) {
        throw usage_failure(
            fmt::format("Row {} of the embeddings holds a value that is not finite.", i));
      }
    }
  }
}

Clustering cluster_ducros2023(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                              const Ducros2023Options& options, const RowConstraints& constraints) {
  check_rows(persons, shot_of_row, options.threshold);
  // Beyond any two vectors of 32-bit floats; and its square is still a number.
  constexpr double everything = 1e100;
  const double threshold = std::min(options.threshold, everything);
  NearestPairs pairs(persons, shot_of_row, options.metric, threshold, options.threads,
                     options.neighbours);
  for (const auto& [a, b] : constraints.same) {
    pairs.bind(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b));
  }
  for (const auto& [a, b] : constraints.different) {
    pairs.keep_apart(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b));
  }
  while (const auto pair = pairs.next()) {
    pairs.merge(*pair, merged_threshold(options.metric, pair->distance, pairs.radius(pair->first),
                                        pairs.radius(pair->second)));
  }
  return pairs.clustering();
}

}  // namespace dramatis
