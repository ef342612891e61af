#include "people/clustering.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "base/failure.h"

namespace dramatis {
namespace {

// ---- Algorithm 1 as one would write it down, with every distance measured again for every look

struct PlainCluster {
  std::vector<int> members;
  double threshold = 0;
};

using Vector = std::vector<double>;

Vector mean_of(const EmbeddingMatrix& x, const std::vector<int>& members) {
  Vector mean(x.columns, 0.0);
  for (std::size_t k = 0; k < x.columns; ++k) {
    for (int m : members) mean[k] += x.row(static_cast<std::size_t>(m))[k];
    mean[k] /= static_cast<double>(members.size());
  }
  return mean;
}

double length_of(const Vector& a) {
  double sum = 0;
  for (double v : a) sum += v * v;
  return std::sqrt(sum);
}

double plain_distance(Metric metric, Vector a, Vector b) {
  double sum = 0;
  if (metric == Metric::cosine) {
    const double la = length_of(a), lb = length_of(b);
    if (la == 0 || lb == 0) return 1;
    for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] / la) * (b[k] / lb);
    return std::max(0.0, 1 - sum);
  }
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double d = std::abs(a[k] - b[k]);
    sum += metric == Metric::l1 ? d : d * d;
  }
  return metric == Metric::l1 ? sum : std::sqrt(sum);
}

double plain_threshold(Metric metric, double d, double ta, double tb) {
  if (metric == Metric::cosine) {
    d = std::sqrt(2 * d), ta = std::sqrt(2 * ta), tb = std::sqrt(2 * tb);
  }
  double t = std::min(ta, tb);
  if (d > std::abs(ta - tb)) {
    const double along = (d * d + ta * ta - tb * tb) / (2 * d);
    t = std::sqrt(std::max(0.0, ta * ta - along * along));
  }
  return metric == Metric::cosine ? t * t / 2 : t;
}

std::vector<int> plain_ducros2023(const EmbeddingMatrix& x, const std::vector<int>& shots,
                                  Metric metric, double threshold) {
  const int n = static_cast<int>(x.rows);
  std::vector<PlainCluster> clusters(
      x.rows);                            // at the place of its first member; empty once merged
  std::set<std::pair<int, int>> refused;  // pairs of persons
  for (int i = 0; i < n; ++i) {
    clusters[i] = {{i}, threshold};
    for (int j = 0; j < i; ++j) {
      if (shots[i] == shots[j]) refused.insert({j, i});
    }
  }
  const auto is_refused = [&](const PlainCluster& a, const PlainCluster& b) {
    for (int i : a.members) {
      for (int j : b.members) {
        if (refused.count({std::min(i, j), std::max(i, j)})) return true;
      }
    }
    return false;
  };
  for (;;) {
    double best = std::numeric_limits<double>::infinity();
    int first = -1, second = -1;
    for (int i = 0; i < n; ++i) {
      for (int j = i + 1; j < n; ++j) {
        if (clusters[i].members.empty() || clusters[j].members.empty()) continue;
        if (is_refused(clusters[i], clusters[j])) continue;
        const double d = plain_distance(metric, mean_of(x, clusters[i].members),
                                        mean_of(x, clusters[j].members));
        if (d < best) best = d, first = i, second = j;
      }
    }
    if (first < 0) break;
    PlainCluster &a = clusters[first], &b = clusters[second];
    if (best == 0 || best <= std::min(a.threshold, b.threshold)) {
      a.threshold = plain_threshold(metric, best, a.threshold, b.threshold);
      a.members.insert(a.members.end(), b.members.begin(), b.members.end());
      b.members.clear();
    } else {
      refused.insert({std::min(a.members[0], b.members[0]), std::max(a.members[0], b.members[0])});
    }
  }
  std::vector<int> cluster_of(x.rows, -1);
  int next = 0;
  for (int i = 0; i < n; ++i) {
    for (int m : clusters[i].members) cluster_of[m] = next;
    if (!clusters[i].members.empty()) ++next;
  }
  return cluster_of;
}

// ---- An invented world

struct World {
  EmbeddingMatrix persons;
  std::vector<int> shots;
};

/// People with a vector each; what is seen of them is that vector and some noise. With `steps`
/// above 0 all values are multiples of 1/steps, which makes ties.
World invented_world(std::mt19937& random, int rows, int columns, int people, double noise,
                     int steps, int shots) {
  std::normal_distribution<double> normal;
  std::vector<Vector> centres(static_cast<std::size_t>(people),
                              Vector(static_cast<std::size_t>(columns)));
  for (Vector& c : centres) {
    for (double& v : c) v = normal(random) / std::sqrt(columns);
  }
  World world;
  world.persons = {static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), {}};
  for (int i = 0; i < rows; ++i) {
    const Vector& c = centres[random() % centres.size()];
    for (double v : c) {
      double value = v + noise * normal(random) / std::sqrt(columns);
      if (steps > 0) value = std::round(value * steps) / steps;
      world.persons.values.push_back(static_cast<float>(value));
    }
    world.shots.push_back(static_cast<int>(random() % static_cast<unsigned>(shots)));
  }
  return world;
}

void expect_as_plain(const World& world, Metric metric, double threshold, int neighbours) {
  const auto plain = plain_ducros2023(world.persons, world.shots, metric, threshold);
  const Clustering fast = cluster_ducros2023(
      world.persons, world.shots,
      {.metric = metric, .threshold = threshold, .threads = 1, .neighbours = neighbours});
  ASSERT_EQ(plain, fast.cluster_of) << "metric " << static_cast<int>(metric) << ", threshold "
                                    << threshold << ", rows " << world.persons.rows << ", columns "
                                    << world.persons.columns << ", neighbours " << neighbours;
}

class Ducros2023 : public testing::TestWithParam<Metric> {};

TEST_P(Ducros2023, EqualsThePlainVersion) {
  std::mt19937 random(20230 + static_cast<unsigned>(GetParam()));
  for (int round = 0; round < 1500; ++round) {
    const int rows = static_cast<int>(random() % 22);
    const int columns = 1 + static_cast<int>(random() % (round % 3 ? 6 : 40));
    const World world =
        invented_world(random, rows, columns, 1 + static_cast<int>(random() % 6),
                       0.1 + (random() % 100) / 60.0, 0, 1 + static_cast<int>(random() % 30));
    const double threshold = (1 + random() % 200) / 100.0;
    expect_as_plain(world, GetParam(), threshold, 1 + static_cast<int>(random() % 8));
    if (HasFatalFailure()) return;
  }
}

TEST_P(Ducros2023, EqualsThePlainVersionWithTiesAndDuplicates) {
  std::mt19937 random(77 + static_cast<unsigned>(GetParam()));
  for (int round = 0; round < 1500; ++round) {
    const int rows = static_cast<int>(random() % 16);
    // The cosine of whole numbers has ties that only exact arithmetic would see: its vectors here
    // are along the axes, or zero.
    World world = invented_world(random, rows, 1 + static_cast<int>(random() % 3), 3, 1.0, 1,
                                 1 + static_cast<int>(random() % 12));
    if (GetParam() == Metric::cosine) {
      for (std::size_t i = 0; i < world.persons.rows; ++i) {
        auto row = world.persons.row(i);
        for (std::size_t k = 0; k < row.size(); ++k)
          row[k] = k == i % (row.size() + 1) ? 2.0f : 0.0f;
      }
    }
    const double threshold = (random() % 9) / 2.0;
    expect_as_plain(world, GetParam(), threshold, 1 + static_cast<int>(random() % 6));
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Metrics, Ducros2023,
                         testing::Values(Metric::l2, Metric::l1, Metric::cosine));

EmbeddingMatrix matrix(std::size_t columns, std::vector<float> values) {
  return {values.size() / columns, columns, std::move(values)};
}

Clustering ducros_l2(const EmbeddingMatrix& x, std::vector<int> shots, double threshold) {
  return cluster_ducros2023(x, shots, {.threshold = threshold});
}

TEST(Ducros2023Cases, NobodyAndOnePerson) {
  EXPECT_EQ(ducros_l2(matrix(2, {}), {}, 1).clusters, 0);
  EXPECT_EQ(ducros_l2(matrix(2, {1, 2}), {5}, 1).cluster_of, std::vector<int>{0});
}

TEST(Ducros2023Cases, AllOneAndAllApart) {
  const EmbeddingMatrix x = matrix(1, {0, 1, 2, 3});
  EXPECT_EQ(ducros_l2(x, {0, 1, 2, 3}, 100).clusters, 1);
  EXPECT_EQ(ducros_l2(x, {0, 1, 2, 3}, 0.5).clusters, 4);
  EXPECT_EQ(ducros_l2(x, {0, 0, 0, 0}, 100).clusters, 4);
}

TEST(Ducros2023Cases, DuplicatesOfOneShotNeverMergeButOthersDo) {
  const EmbeddingMatrix x = matrix(1, {7, 7, 7});
  EXPECT_EQ(ducros_l2(x, {0, 0, 1}, 0).cluster_of, (std::vector<int>{0, 1, 0}));
}

TEST(Ducros2023Cases, OfEqualPairsTheFirstMerges) {
  const EmbeddingMatrix x = matrix(1, {1, 0, 2});
  EXPECT_EQ(ducros_l2(x, {0, 1, 2}, 1).cluster_of, (std::vector<int>{0, 0, 1}));
}

TEST(Ducros2023Cases, TheSphereShrinksToWhereTheTwoMeet) {
  // 0 and 1.6 meet in a circle of radius 0.6 around 0.8; 1.5 is 0.7 away from there.
  EXPECT_EQ(ducros_l2(matrix(1, {0, 1.6f, -10}), {0, 1, 2}, 1.7).clusters, 2);
  EXPECT_EQ(ducros_l2(matrix(2, {0, 0, 1.6f, 0, 0.8f, 1.65f}), {0, 1, 2}, 1.65).cluster_of,
            (std::vector<int>{0, 0, 1}));
  EXPECT_EQ(ducros_l2(matrix(2, {0, 0, 1.6f, 0, 0.8f, 1.65f}), {0, 1, 2}, 2).cluster_of,
            (std::vector<int>{0, 0, 0}));
}

TEST(Ducros2023Cases, ARefusalIsInherited) {
  // 0 and 2 are refused at once; 1 joins 0 and takes the refusal over, though their mean is near 2.
  const EmbeddingMatrix x = matrix(1, {0, 1, 1.9f});
  EXPECT_EQ(ducros_l2(x, {0, 1, 0}, 3).cluster_of, (std::vector<int>{0, 1, 1}));
}

TEST(Ducros2023Cases, AZeroVectorIsAtCosineDistanceOneFromEverything) {
  const EmbeddingMatrix x = matrix(2, {0, 0, 0, 0, 3, 0});
  const std::vector<int> shots = {0, 1, 2};
  EXPECT_EQ(cluster_ducros2023(x, shots, {.metric = Metric::cosine, .threshold = 0.99}).clusters,
            3);
  EXPECT_EQ(cluster_ducros2023(x, shots, {.metric = Metric::cosine, .threshold = 1}).cluster_of[1],
            0);
}

TEST(Ducros2023Cases, ExactDuplicatesAreAtDistanceNothing) {
  // However the lengths of the vectors round.
  std::mt19937 random(3);
  std::normal_distribution<float> value;
  for (const std::size_t length : {2, 9, 64, 512}) {
    std::vector<float> row(length);
    for (float& v : row) v = value(random);
    std::vector<float> rows;
    for (int copy = 0; copy < 5; ++copy) rows.insert(rows.end(), row.begin(), row.end());
    for (const Metric metric : {Metric::l2, Metric::l1, Metric::cosine}) {
      EXPECT_EQ(cluster_ducros2023(matrix(length, rows), std::vector<int>{0, 1, 2, 0, 3},
                                   {.metric = metric, .threshold = 0})
                    .cluster_of,
                (std::vector<int>{0, 0, 0, 1, 0}));
    }
  }
}

TEST(Ducros2023Cases, AnyThresholdComesToAnEnd) {
  const EmbeddingMatrix x = matrix(1, {0, 1, 3e38f, -3e38f, 2});
  for (const Metric metric : {Metric::l2, Metric::l1}) {
    for (const double threshold :
         {1e39, 1e60, 1e160, 1e300, std::numeric_limits<double>::infinity()}) {
      const Ducros2023Options options{.metric = metric, .threshold = threshold};
      EXPECT_EQ(cluster_ducros2023(x, std::vector<int>{0, 1, 2, 3, 4}, options).clusters, 1);
      EXPECT_EQ(cluster_ducros2023(x, std::vector<int>{0, 1, 0, 1, 2}, options).clusters, 2);
    }
  }
}

TEST(Ducros2023Cases, ThreadsAndListsDoNotChangeTheResult) {
  std::mt19937 random(5);
  const World world = invented_world(random, 1200, 48, 60, 0.7, 0, 500);
  const auto with = [&](Metric metric, int threads, int neighbours) {
    return cluster_ducros2023(world.persons, world.shots,
                              {.metric = metric,
                               .threshold = usual_threshold_ducros2023(metric, 48),
                               .threads = threads,
                               .neighbours = neighbours})
        .cluster_of;
  };
  for (const Metric metric : {Metric::l2, Metric::l1, Metric::cosine}) {
    const auto one = with(metric, 1, 2000);
    EXPECT_EQ(one, with(metric, 4, 2000));
    EXPECT_EQ(one, with(metric, 3, 5));
    EXPECT_EQ(one, with(metric, 2, 60));
  }
}

TEST(Ducros2023Cases, UnusableInputIsRefused) {
  EXPECT_THROW(ducros_l2(matrix(1, {0, 1}), {0}, 1), Failure);
  EXPECT_THROW(ducros_l2(matrix(1, {0, 1}), {0, 1}, -1), Failure);
  EXPECT_THROW(ducros_l2(matrix(1, {0, 1}), {0, 1}, std::nan("")), Failure);
  EXPECT_THROW(ducros_l2(matrix(1, {0, std::nanf("")}), {0, 1}, 1), Failure);
}

}  // namespace
}  // namespace dramatis
