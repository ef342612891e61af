#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "people/clustering.h"

namespace dramatis {

/// Two clusters, named by their first members' rows. Ordered as they are looked at: by distance, then
/// by the smallest pair of rows.
struct ClusterPair {
  double distance = std::numeric_limits<double>::infinity();
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend bool operator<(const ClusterPair& a, const ClusterPair& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  }
};

/// Clusters that are the means of their members, and which two of them are nearest. At first every row
/// is a cluster. Clusters that share a shot are never a pair. The matrix must outlive this.
class NearestPairs {
 public:
  /// Pairs farther apart than `farthest` will never be asked for.
  NearestPairs(const EmbeddingMatrix& rows, std::span<const int> shot_of_row, Metric metric,
               double farthest, int threads, int neighbours);
  ~NearestPairs();

  /// The nearest pair that was not refused; none when they are all farther apart than `farthest`.
  std::optional<ClusterPair> nearest();
  /// Never again a pair, nor anything that the two become part of.
  void refuse(const ClusterPair& pair);
  /// The second becomes part of the first.
  void merge(const ClusterPair& pair);

  Clustering clustering() const;

 private:
  struct Lists;
  std::vector<std::uint32_t> part_of_;
  std::unique_ptr<Lists> lists_;
};

}  // namespace dramatis
