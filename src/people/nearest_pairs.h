#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "people/clustering.h"

namespace dramatis {

/// Two clusters, named by their first members' rows. Ordered as they are looked at: by distance,
/// then by the smallest pair of rows.
struct ClusterPair {
  double distance = std::numeric_limits<double>::infinity();
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend bool operator<(const ClusterPair& a, const ClusterPair& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  }
};

/// Clusters that are the means of their members, each in a sphere of its own radius, and which two
/// are the next to merge when the pairs are looked at from the nearest on: two that lie in each
/// other's sphere merge; two that do not are refused for good, and so is whatever they become part
/// of. At first every row is a cluster. Clusters that share a shot never merge. The matrix must
/// outlive this.
class NearestPairs {
 public:
  NearestPairs(const EmbeddingMatrix& rows, std::span<const int> shot_of_row, Metric metric,
               double first_radius, int threads, int neighbours);
  ~NearestPairs();

  /// Before the first next(): two clusters that never merge.
  void keep_apart(std::uint32_t a, std::uint32_t b);
  /// Before the first next(): two clusters, named by any of their rows, that are one in any case.
  void bind(std::uint32_t a, std::uint32_t b);

  /// The next two to merge; none when all that are left are refused.
  std::optional<ClusterPair> next();
  double radius(std::uint32_t cluster) const;
  /// What next() gave: the second becomes part of the first, whose radius is now this, and no
  /// larger than either was.
  void merge(const ClusterPair& pair, double radius);

  Clustering clustering() const;

 private:
  std::uint32_t cluster_of(std::uint32_t row) const;

  struct Lists;
  std::vector<std::uint32_t> part_of_;
  std::unique_ptr<Lists> lists_;
};

}  // namespace dramatis
