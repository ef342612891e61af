#pragma once

// Inside nearest_pairs.cpp: neighbours, and what tells whether they were refused.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "people/nearest_pairs.h"

namespace dramatis {

struct Neighbour {
  static constexpr std::uint32_t kRefused = ~0u;
  double distance = 0;
  std::uint32_t other = 0;
  std::uint32_t since = 0;  ///< merges done when it was measured, or kRefused

  bool refused() const { return since == kRefused; }
  friend bool operator<(const Neighbour& a, const Neighbour& b) { return a.other < b.other; }
};

inline ClusterPair ranked(double distance, std::uint32_t i, std::uint32_t j) {
  return {distance, std::min(i, j), std::max(i, j)};
}

/// The farthest pair that merged since a given merge: the merges than which no later one was
/// farther.
class FarthestSince {
 public:
  void add(std::uint32_t merge, const ClusterPair& pair) {
    while (!peaks_.empty() && peaks_.back().pair < pair) peaks_.pop_back();
    peaks_.push_back({merge, pair});
  }
  /// Whether a pair farther than this one merged, counting from merge number `since`.
  bool passed(const ClusterPair& pair, std::uint32_t since) const {
    const auto first = std::partition_point(peaks_.begin(), peaks_.end(),
                                            [&](const Peak& p) { return p.merge < since; });
    return first != peaks_.end() && pair < first->pair;
  }

 private:
  struct Peak {
    std::uint32_t merge;
    ClusterPair pair;
  };
  std::vector<Peak> peaks_;  ///< ascending merges, descending pairs
};

/// Of two ascending lists of shots.
inline bool share_a_shot(const std::vector<int>& a, const std::vector<int>& b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    a[i] < b[j] ? ++i : ++j;
  }
  return false;
}

}  // namespace dramatis
