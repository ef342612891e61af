#pragma once

#include <algorithm>
#include <vector>

#include "base/geometry.h"

namespace dramatis {

/// Greedy non-maximum suppression of anything with `box` and `score`: best first, and whatever
/// overlaps a better one by more than `max_overlap` is gone. Equal scores keep their order.
template <typename Found>
std::vector<Found> without_overlaps(std::vector<Found> found, float max_overlap) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.score > b.score; });
  std::vector<Found> kept;
  for (Found& candidate : found) {
    const bool is_new = std::none_of(kept.begin(), kept.end(), [&](const Found& better) {
      return overlap(better.box, candidate.box) > max_overlap;
    });
    if (is_new) kept.push_back(std::move(candidate));
  }
  return kept;
}

}  // namespace dramatis
