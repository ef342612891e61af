#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>

#include "base/failure.h"
#include "people/clustering.h"
#include "people/vector_distance.h"

namespace dramatis {
namespace {

/// Average linkage with every mean taken again from the members.
std::vector<int> plain_average(const EmbeddingMatrix& x, const std::vector<int>& shots,
                               const RowConstraints& constraints, double threshold) {
  std::vector<std::vector<int>> clusters;
  std::vector<int> at(x.rows);
  for (std::size_t i = 0; i < x.rows; ++i) clusters.push_back({static_cast<int>(i)});
  const auto join = [&](std::size_t i, std::size_t j) {
    clusters[i].insert(clusters[i].end(), clusters[j].begin(), clusters[j].end());
    clusters[j].clear();
  };
  const auto place_of = [&](int row) {
    for (std::size_t c = 0; c < clusters.size(); ++c) {
      for (int m : clusters[c]) {
        if (m == row) return c;
      }
    }
    return clusters.size();
  };
  for (const auto& [i, j] : constraints.same) {
    const std::size_t a = std::min(place_of(i), place_of(j)),
                      b = std::max(place_of(i), place_of(j));
    if (a != b) join(a, b);
  }
  std::set<std::pair<int, int>> different;
  for (auto [i, j] : constraints.different) different.insert({std::min(i, j), std::max(i, j)});
  for (;;) {
    double best = threshold;
    std::size_t first = 0, second = 0;
    for (std::size_t a = 0; a < clusters.size(); ++a) {
      for (std::size_t b = a + 1; b < clusters.size(); ++b) {
        double sum = 0;
        bool may = !clusters[a].empty() && !clusters[b].empty();
        for (int i : clusters[a]) {
          for (int j : clusters[b]) {
            may &= shots[i] != shots[j] && !different.count({std::min(i, j), std::max(i, j)});
            sum += std::abs(x.row(i)[0] - x.row(j)[0]) + std::abs(x.row(i)[1] - x.row(j)[1]);
          }
        }
        const double mean = sum / static_cast<double>(clusters[a].size() * clusters[b].size());
        if (may && (mean < best || (mean == best && second == 0)))
          best = mean, first = a, second = b;
      }
    }
    if (second == 0) break;
    join(first, second);
  }
  int next = 0;
  for (const auto& c : clusters) {
    for (int m : c) at[m] = next;
    if (!c.empty()) ++next;
  }
  return at;
}

TEST(AverageLinkage, EqualsThePlainVersion) {
  std::mt19937 random(3);
  for (int round = 0; round < 1500; ++round) {
    const std::size_t rows = random() % 14;
    EmbeddingMatrix x{rows, 2, {}};
    std::vector<int> shots;
    for (std::size_t i = 0; i < rows; ++i) {
      x.values.push_back(static_cast<float>(random() % 12));
      x.values.push_back(static_cast<float>(random() % 12));
      shots.push_back(static_cast<int>(random() % 8));
    }
    RowConstraints constraints;
    for (unsigned k = 0; rows > 1 && k < random() % 3; ++k) {
      constraints.same.push_back({random() % rows, random() % rows});
      constraints.different.push_back({random() % rows, random() % rows});
    }
    const double threshold = (random() % 20) / 2.0;
    const auto fast = cluster_average(x, shots, constraints,
                                      {.metric = Metric::l1, .threshold = threshold, .threads = 2});
    ASSERT_EQ(plain_average(x, shots, constraints, threshold), fast.cluster_of)
        << "round " << round;
  }
}

TEST(AverageLinkage, ConstraintsAreStrongerThanDistances) {
  const EmbeddingMatrix x{4, 1, {0, 0.1f, 50, 50.1f}};
  const RowConstraints constraints{.same = {{0, 2}}, .different = {{1, 2}}};
  const Clustering result = cluster_average(x, {}, constraints, {.threshold = 1000});
  EXPECT_EQ(result.cluster_of[0], result.cluster_of[2]);
  EXPECT_NE(result.cluster_of[1], result.cluster_of[2]);
}

}  // namespace
}  // namespace dramatis
