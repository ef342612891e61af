#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/failure.h"
#include "people/clustering.h"
#include "people/parallel.h"
#include "people/vector_distance.h"

// Average linkage. The sum of the distances between two clusters' members is kept for every pair of
// clusters, in a triangle of numbers; merging adds two of its rows. A pair that may never merge has
// an infinite sum, which every sum inherits: constraints cost nothing. Each cluster remembers its
// nearest neighbour among those after it, so the nearest pair of all is found in N steps, and the
// neighbour is looked for again only where it was one of the two that merged: about N^2 in all, N^3
// at worst. It ends when the nearest pair is farther apart on average than the threshold.

namespace dramatis {
namespace {

constexpr float kNever = std::numeric_limits<float>::infinity();
constexpr std::size_t kMostRows = 40000;

class AverageLinkage {
 public:
  AverageLinkage(const EmbeddingMatrix& persons, const AverageLinkageOptions& options);

  void never_same(std::size_t i, std::size_t j) { sum(i, j) = kNever; }
  void merge(std::size_t i, std::size_t j);
  void merge_while_nearer_than(double threshold);
  std::size_t cluster_of(std::size_t row) const;
  Clustering clustering() const;

 private:
  float& sum(std::size_t i, std::size_t j) {
    if (i < j) std::swap(i, j);
    return sums_[i * (i - 1) / 2 + j];
  }
  double mean(std::size_t i, std::size_t j) {
    return sum(i, j) / (static_cast<double>(members_[i]) * static_cast<double>(members_[j]));
  }
  void find_nearest(std::size_t i);

  std::size_t rows_;
  std::vector<float> sums_;
  std::vector<std::size_t> members_;  ///< 0: merged into another
  std::vector<std::size_t> part_of_;
  std::vector<std::size_t> nearest_;  ///< after it; the cluster itself when there is none
  std::vector<double> nearest_mean_;
};

AverageLinkage::AverageLinkage(const EmbeddingMatrix& persons, const AverageLinkageOptions& options)
    : rows_(persons.rows),
      sums_(rows_ < 2 ? 0 : rows_ * (rows_ - 1) / 2),
      members_(rows_, 1),
      part_of_(rows_),
      nearest_(rows_),
      nearest_mean_(rows_) {
  std::iota(part_of_.begin(), part_of_.end(), 0u);
  std::vector<double> points(persons.values.begin(), persons.values.end());
  const auto point = [&](std::size_t i) {
    return std::span<double>(points.data() + i * persons.columns, persons.columns);
  };
  if (options.metric == Metric::cosine) {
    for (std::size_t i = 0; i < rows_; ++i) make_unit(point(i));
  }
  for_each_part(rows_, threads_meant(options.threads), [&](std::size_t i) {
    for (std::size_t j = 0; j < i; ++j) {
      sum(i, j) = static_cast<float>(vector_distance(options.metric, point(i), point(j)));
    }
  });
}

void AverageLinkage::merge(std::size_t i, std::size_t j) {
  if (i > j) std::swap(i, j);
  for (std::size_t q = 0; q < rows_; ++q) {
    if (q != i && q != j && members_[q] > 0) sum(i, q) += sum(j, q);
  }
  members_[i] += members_[j];
  members_[j] = 0;
  part_of_[j] = i;
}

void AverageLinkage::find_nearest(std::size_t i) {
  nearest_[i] = i;
  nearest_mean_[i] = kNever;
  for (std::size_t j = i + 1; j < rows_; ++j) {
    if (members_[j] == 0) continue;
    if (const double d = mean(i, j); d < nearest_mean_[i]) {
      nearest_[i] = j;
      nearest_mean_[i] = d;
    }
  }
}

void AverageLinkage::merge_while_nearer_than(double threshold) {
  for (std::size_t i = 0; i < rows_; ++i) {
    if (members_[i] > 0) find_nearest(i);
  }
  for (;;) {
    std::size_t i = rows_;
    for (std::size_t q = 0; q < rows_; ++q) {
      if (members_[q] > 0 && (i == rows_ || nearest_mean_[q] < nearest_mean_[i])) i = q;
    }
    if (i == rows_ || !(nearest_mean_[i] <= threshold) || nearest_[i] == i) return;
    const std::size_t j = nearest_[i];
    merge(i, j);
    find_nearest(i);
    for (std::size_t q = 0; q < j; ++q) {
      if (members_[q] == 0 || q == i) continue;
      if (nearest_[q] == i || nearest_[q] == j) {
        find_nearest(q);
      } else if (q < i && (mean(q, i) < nearest_mean_[q] ||
                           (mean(q, i) == nearest_mean_[q] && i < nearest_[q]))) {
        nearest_[q] = i;
        nearest_mean_[q] = mean(q, i);
      }
    }
  }
}

std::size_t AverageLinkage::cluster_of(std::size_t row) const {
  while (part_of_[row] != row) row = part_of_[row];
  return row;
}

Clustering AverageLinkage::clustering() const {
  Clustering result{std::vector<int>(rows_), 0};
  for (std::size_t i = 0; i < rows_; ++i) {
    result.cluster_of[i] = part_of_[i] == i ? result.clusters++ : result.cluster_of[part_of_[i]];
  }
  return result;
}

}  // namespace

Clustering cluster_average(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                           const RowConstraints& constraints,
                           const AverageLinkageOptions& options) {
  check_rows(persons, shot_of_row, options.threshold, true);
  if (persons.rows > kMostRows) {
    throw usage_failure(
        "Average linkage keeps all distances in memory and takes 40000 rows at most; "
        "ducros2023 takes more.");
  }
  AverageLinkage linkage(persons, options);
  for (std::size_t i = 0; i < shot_of_row.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (shot_of_row[i] == shot_of_row[j]) linkage.never_same(i, j);
    }
  }
  for (const auto& [i, j] : constraints.different) {
    if (i != j) linkage.never_same(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
  }
  for (const auto& [i, j] : constraints.same) {
    const auto a = linkage.cluster_of(static_cast<std::size_t>(i));
    const auto b = linkage.cluster_of(static_cast<std::size_t>(j));
    if (a != b) linkage.merge(a, b);
  }
  linkage.merge_while_nearer_than(options.threshold);
  return linkage.clustering();
}

}  // namespace dramatis
