#include "shots/shot_scores.h"

#include <gtest/gtest.h>

#include <vector>

namespace dramatis {
namespace {

using Cuts = std::vector<FrameNumber>;

TEST(CutScores, PairEachCutOnce) {
  const CutScores scores = score_cuts(Cuts{10, 11, 50, 90}, Cuts{10, 52, 200}, 2);
  EXPECT_EQ(scores.right, 2);
  EXPECT_EQ(scores.false_cuts, 2);
  EXPECT_EQ(scores.missed, 1);
  EXPECT_DOUBLE_EQ(scores.precision(), 0.5);
  EXPECT_DOUBLE_EQ(scores.recall(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(scores.f(), 4.0 / 7);
}

TEST(CutScores, MakeAsManyPairsAsCanBe) {
  EXPECT_EQ(score_cuts(Cuts{10, 12}, Cuts{8, 10}, 2).right, 2)
      << "10 must leave the nearer 10 to 12";
  EXPECT_EQ(score_cuts(Cuts{10, 13}, Cuts{8, 10}, 2).right, 1);
  EXPECT_EQ(score_cuts(Cuts{7, 9, 11}, Cuts{9}, 2).right, 1);
}

TEST(CutScores, OfEmptyListsAreDefined) {
  EXPECT_DOUBLE_EQ(score_cuts(Cuts{}, Cuts{}, 0).f(), 1);
  EXPECT_DOUBLE_EQ(score_cuts(Cuts{5}, Cuts{}, 0).f(), 0);
  EXPECT_DOUBLE_EQ(score_cuts(Cuts{}, Cuts{5}, 0).recall(), 0);
}

TEST(CutScores, AddUp) {
  const CutScores sum = score_cuts(Cuts{1}, Cuts{1}, 0) + score_cuts(Cuts{1}, Cuts{2}, 0);
  EXPECT_EQ(sum.right, 1);
  EXPECT_EQ(sum.missed, 1);
  EXPECT_EQ(sum.false_cuts, 1);
}

}  // namespace
}  // namespace dramatis
