#pragma once

// Which rows of an embedding matrix are the same person. Three ways: as Ducros et al. (2023)
// published it, average linkage, and (cast.h) the one that weighs a film's own evidence.

#include <span>
#include <string>
#include <vector>

#include "base/embedding.h"

namespace dramatis {

enum class Metric { l2, l1, cosine };

/// Clusters numbered from 0 by first appearance.
struct Clustering {
  std::vector<int> cluster_of;  ///< one for each row
  int clusters = 0;
};

struct Ducros2023Options {
  Metric metric = Metric::l2;
  double threshold = 1.0;  ///< T of a single person, in the metric's own unit; at least 0
  int threads = 0;         ///< 0: as many as the machine has; the result does not depend on it
  /// How many neighbours of a row are kept at once, on average. Time and memory, never the result.
  int neighbours = 300;
};

/// Algorithm 1 of Ducros et al. 2023, exactly as published, with the choices of docs/people.md
/// where the text leaves them open. `shot_of_row`: persons of one shot are never the same. Throws
/// Failure{usage} when the two have different lengths, a value is not finite, or the threshold is
/// negative.
Clustering cluster_ducros2023(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                              const Ducros2023Options& options);

}  // namespace dramatis
