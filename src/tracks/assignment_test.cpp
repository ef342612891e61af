#include "tracks/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace dramatis {
namespace {

double total(const CostMatrix& costs, const std::vector<int>& column_of, double alone_cost) {
  double sum = 0;
  for (int row = 0; row < costs.rows(); ++row)
    sum += column_of[row] < 0 ? alone_cost : costs.at(row, column_of[row]);
  return sum;
}

/// Tries everything: the least total when each row takes a free column or stays alone.
double least_total(const CostMatrix& costs, double alone_cost, int row, std::vector<bool>& taken) {
  if (row == costs.rows()) return 0;
  double least = alone_cost + least_total(costs, alone_cost, row + 1, taken);
  for (int column = 0; column < costs.columns(); ++column) {
    if (taken[column]) continue;
    taken[column] = true;
    least = std::min(least, costs.at(row, column) + least_total(costs, alone_cost, row + 1, taken));
    taken[column] = false;
  }
  return least;
}

CostMatrix random_costs(std::mt19937& random, bool whole_numbers) {
  std::uniform_int_distribution<int> size(0, 6);
  std::uniform_real_distribution<double> cost(-3, 10);
  CostMatrix costs(size(random), size(random));
  for (int row = 0; row < costs.rows(); ++row)
    for (int column = 0; column < costs.columns(); ++column)
      if (random() % 4 != 0)
        costs.at(row, column) = whole_numbers ? std::floor(cost(random)) : cost(random);
  return costs;
}

bool one_to_one(std::vector<int> column_of) {
  std::erase(column_of, -1);
  std::sort(column_of.begin(), column_of.end());
  return std::adjacent_find(column_of.begin(), column_of.end()) == column_of.end();
}

TEST(Assignment, IsNotMadeByTakingTheCheapestFirst) {
  CostMatrix costs(2, 2, 0);
  costs.at(0, 0) = 1, costs.at(0, 1) = 2;
  costs.at(1, 0) = 2, costs.at(1, 1) = 100;
  EXPECT_EQ(assign(costs), (std::vector<int>{1, 0}));
}

TEST(Assignment, IsTheBestOfAllInRandomCases) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const CostMatrix costs = random_costs(random, i % 2 == 0);
    const double alone_cost = 4;
    const auto column_of = assign_below(costs, alone_cost);
    std::vector<bool> taken(costs.columns(), false);
    ASSERT_TRUE(one_to_one(column_of));
    ASSERT_NEAR(total(costs, column_of, alone_cost), least_total(costs, alone_cost, 0, taken), 1e-9)
        << "case " << i;
  }
}

TEST(Assignment, LeavesOutAsFewAsTheForbiddenPlacesAllow) {
  std::mt19937 random(8);
  for (int i = 0; i < 1000; ++i) {
    const CostMatrix costs = random_costs(random, false);
    const double left_out = CostMatrix::forbidden / 1e3;  // dear, so that few are left out
    const auto column_of = assign(costs);
    std::vector<bool> taken(costs.columns(), false);
    ASSERT_TRUE(one_to_one(column_of));
    ASSERT_NEAR(total(costs, column_of, left_out), least_total(costs, left_out, 0, taken), 1e-3);
  }
}

TEST(Assignment, OfNothingIsNothing) {
  EXPECT_TRUE(assign(CostMatrix(0, 3)).empty());
  EXPECT_EQ(assign(CostMatrix(2, 0)), (std::vector<int>{-1, -1}));
  EXPECT_EQ(assign_below(CostMatrix(2, 2), 1), (std::vector<int>{-1, -1}));
}

}  // namespace
}  // namespace dramatis
