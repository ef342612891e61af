#include "eval/people_scores.h"

#include <gtest/gtest.h>

#include <vector>

namespace dramatis {
namespace {

std::vector<LabelledItem> items(const std::vector<int>& truth, const std::vector<int>& found) {
  std::vector<LabelledItem> result;
  for (std::size_t i = 0; i < truth.size(); ++i) result.push_back({truth[i], found[i], 1});
  return result;
}

// The figures of the next two tests are scikit-learn 1.9.1's:
//
//     from sklearn.metrics import normalized_mutual_info_score, adjusted_rand_score
//     from sklearn.metrics.cluster import contingency_matrix, pair_confusion_matrix
//     from scipy.optimize import linear_sum_assignment
//     nmi, adjusted_rand = normalized_mutual_info_score(t, f), adjusted_rand_score(t, f)
//     (_, wrong), (missed, right) = pair_confusion_matrix(t, f)
//     pairwise = right / (right + wrong), right / (right + missed)
//     m = contingency_matrix(t, f); person, cluster = m.sum(1)[:, None], m.sum(0)
//     bcubed = (m**2 / cluster).sum() / m.sum(), (m**2 / person).sum() / m.sum()
//     purity, clicks = m.max(0).sum() / m.sum(), m.shape[1] + m.sum() - m.max(0).sum()
//     i = linear_sum_assignment(-m)
//     character = (m / cluster)[i].sum() / len(m), (m / person)[i].sum() / len(m)
TEST(PeopleScores, EqualScikitLearn) {
  const PeopleScores s =
      people_scores(items({0, 0, 0, 0, 1, 1, 1, 2, 2, 3}, {5, 5, 5, 7, 7, 7, 8, 8, 8, 9}));
  EXPECT_NEAR(s.nmi, 0.692408366, 1e-9);
  EXPECT_NEAR(s.adjusted_rand, 0.4, 1e-9);
  EXPECT_NEAR(s.pairwise.precision, 0.555555556, 1e-9);
  EXPECT_NEAR(s.pairwise.recall, 0.5, 1e-9);
  EXPECT_NEAR(s.purity, 0.8, 1e-9);
  EXPECT_NEAR(s.bcubed.precision, 0.733333333, 1e-9);
  EXPECT_NEAR(s.bcubed.recall, 0.716666667, 1e-9);
  EXPECT_NEAR(s.character.precision, 0.833333333, 1e-9);
  EXPECT_NEAR(s.character.recall, 0.854166667, 1e-9);
  EXPECT_EQ(s.people, 4);
  EXPECT_EQ(s.clusters, 4);
  EXPECT_EQ(s.clicks, 6);
}

TEST(PeopleScores, EqualScikitLearnWithMorePeopleThanClusters) {
  const PeopleScores s = people_scores(
      items({0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4}, {0, 1, 1, 1, 2, 2, 3, 3, 0, 3, 3, 3}));
  EXPECT_NEAR(s.nmi, 0.568283899, 1e-9);
  EXPECT_NEAR(s.adjusted_rand, 0.142857143, 1e-9);
  EXPECT_NEAR(s.pairwise.precision, 0.266666667, 1e-9);
  EXPECT_NEAR(s.pairwise.recall, 0.363636364, 1e-9);
  EXPECT_NEAR(s.bcubed.precision, 0.538888889, 1e-9);
  EXPECT_NEAR(s.bcubed.recall, 0.638888889, 1e-9);
  EXPECT_NEAR(s.character.recall, 0.533333333, 1e-9);
  EXPECT_EQ(s.clicks, 9);
}

TEST(PeopleScores, NobodyIsPerfect) {
  const PeopleScores s = people_scores({});
  EXPECT_EQ(s.bcubed.f(), 1);
  EXPECT_EQ(s.clicks, 0);
}

TEST(PeopleScores, OnePersonInManyClusters) {
  const PeopleScores s = people_scores(items({1, 1, 1, 1}, {0, 1, 2, 3}));
  EXPECT_EQ(s.bcubed.precision, 1);
  EXPECT_EQ(s.bcubed.recall, 0.25);
  EXPECT_EQ(s.pairwise.precision, 1);  // there is no pair that could be wrong
  EXPECT_EQ(s.pairwise.recall, 0);
  EXPECT_EQ(s.character.recall, 0.25);
  EXPECT_EQ(s.nmi, 0);
  EXPECT_EQ(s.clicks, 4);
}

TEST(PeopleScores, ManyPeopleInOneCluster) {
  const PeopleScores s = people_scores(items({0, 1, 2, 3}, {0, 0, 0, 0}));
  EXPECT_EQ(s.bcubed.precision, 0.25);
  EXPECT_EQ(s.bcubed.recall, 1);
  EXPECT_EQ(s.character.precision, 0.0625);
  EXPECT_EQ(s.purity, 0.25);
  EXPECT_EQ(s.clicks, 4);
}

TEST(PeopleScores, AWeightCountsLikeSoManyItems) {
  const std::vector<LabelledItem> weighted = {{0, 0, 3}, {0, 1, 1}, {1, 1, 2}};
  const PeopleScores s = people_scores(weighted);
  const PeopleScores same = people_scores(items({0, 0, 0, 0, 1, 1}, {0, 0, 0, 1, 1, 1}));
  EXPECT_NEAR(s.bcubed.f(), same.bcubed.f(), 1e-12);
  EXPECT_NEAR(s.nmi, same.nmi, 1e-12);
  EXPECT_NEAR(s.pairwise.f(), same.pairwise.f(), 1e-12);
  EXPECT_NEAR(s.adjusted_rand, same.adjusted_rand, 1e-12);
  EXPECT_NEAR(s.purity, same.purity, 1e-12);
  EXPECT_NEAR(s.character.f(), same.character.f(), 1e-12);
  EXPECT_EQ(s.clicks, 3);  // but a track is put right with one click
}

}  // namespace
}  // namespace dramatis
