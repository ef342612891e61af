#pragma once

// Which rows of an embedding matrix are the same person. Three ways: as Ducros et al. (2023)
// published it, average linkage, and (cast.h) the one that weighs a film's own evidence.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/embedding.h"

namespace dramatis {

enum class Metric { l2, l1, cosine };

/// Clusters numbered from 0 by first appearance.
struct Clustering {
  std::vector<int> cluster_of;  ///< one for each row
  int clusters = 0;
};

/// Rows that are or are not the same person, whatever the distances say.
struct RowConstraints {
  std::vector<std::pair<int, int>> same;       ///< obeyed before anything else
  std::vector<std::pair<int, int>> different;  ///< and inherited by clusters; `same` wins over it
};

struct Ducros2023Options {
  Metric metric = Metric::l2;
  double threshold = 1.0;  ///< T of a single person, in the metric's own unit; at least 0
  int threads = 0;         ///< 0: as many as the machine has; the result does not depend on it
  /// How many neighbours of a row are kept at once, on average. Time and memory, never the result.
  int neighbours = 300;
};

/// Algorithm 1 of Ducros et al. 2023, exactly as published, with the choices of docs/people.md
/// where the text leaves them open. `shot_of_row`: persons of one shot are never the same.
/// `constraints` are no part of the publication: `same` is obeyed first. Throws Failure{usage} when
/// the two have different lengths, a value is not finite, or the threshold is negative.
Clustering cluster_ducros2023(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                              const Ducros2023Options& options,
                              const RowConstraints& constraints = {});

struct AverageLinkageOptions {
  Metric metric = Metric::l2;
  double threshold = 1.1;  ///< largest mean distance between the members of two clusters that merge
  int threads = 0;         ///< as above
};

/// Average linkage (UPGMA; Sokal and Michener 1958) with constraints: the two clusters whose
/// members are nearest on average merge, ties and refusals as in Algorithm 1. `shot_of_row` may be
/// empty: then any two rows may be the same. Keeps all distances: 4 N^2 bytes, N at most 40,000.
Clustering cluster_average(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                           const RowConstraints& constraints, const AverageLinkageOptions& options);

/// "l2", "l1", "cosine".
std::optional<Metric> metric_named(const std::string& name);

/// A threshold for unit vectors of this length that suits the default embedding (docs/people.md).
double usual_threshold_ducros2023(Metric metric, std::size_t length);
double usual_threshold_average(Metric metric, std::size_t length);

/// Throws Failure{usage} unless there is a shot for each row (or none at all, where
/// `shots_optional`), every value is finite and the threshold is at least 0.
void check_rows(const EmbeddingMatrix& persons, std::span<const int> shot_of_row, double threshold,
                bool shots_optional = false);

}  // namespace dramatis
