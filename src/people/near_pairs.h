#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "people/clustering.h"

namespace dramatis {

/// Vectors in single precision, ready for the quick comparison of all with all. For the cosine the
/// rows given must be unit vectors or zero.
class QuickVectors {
 public:
  /// `row(i)` is read once for each of `rows` vectors.
  QuickVectors(Metric metric, std::size_t rows, std::size_t columns,
               const std::function<std::span<const double>(std::size_t)>& row);

  std::size_t rows() const { return rows_; }

  /// Calls found(part, i, j), i < j, for every pair whose reach (see below) may be below `reach`,
  /// the rounding of single precision allowed for, and perhaps for some that are a little farther.
  /// Calls with one `part` come from one thread, in one order; there are parts() of them.
  void near_pairs(
      double reach, int threads,
      const std::function<void(std::size_t, std::uint32_t, std::uint32_t)>& found) const;
  std::size_t parts() const;

  /// About how far the nearest `neighbours` of a row reach, on average; by looking at some rows.
  double usual_reach(std::size_t neighbours) const;

 private:
  /// Single-precision reach of rows [i, i + 4) with [j, j + 4), row by row.
  void reaches(std::size_t i, std::size_t j, float* sixteen) const;
  double rounding(std::size_t i, std::size_t j) const;
  float* values(std::size_t i) { return values_.data() + i * stride_; }
  const float* values(std::size_t i) const { return values_.data() + i * stride_; }

  Metric metric_;
  std::size_t rows_ = 0;
  std::size_t stride_ = 0;  ///< columns rounded up to whole lanes, the rest zero
  std::size_t columns_ = 0;
  std::vector<float> values_;  ///< rows rounded up to whole blocks
  std::vector<float> sizes_;   ///< squared length, or sum of magnitudes for l1
  double scale_ = 1;           ///< of reaches here over true reaches
};

/// What the search compares: the squared distance for l2, the distance itself for l1 and cosine.
inline double reach_of(Metric metric, double distance) {
  return metric == Metric::l2 ? distance * distance : distance;
}

}  // namespace dramatis
