#pragma once

#include <vector>

namespace dramatis {

/// What each pairing of a row with a column costs. A pairing may be forbidden.
class CostMatrix {
 public:
  static constexpr double forbidden = 1e9;

  CostMatrix(int rows, int columns, double cost = forbidden)
      : rows_(rows), columns_(columns), costs_(static_cast<std::size_t>(rows) * columns, cost) {}

  int rows() const { return rows_; }
  int columns() const { return columns_; }
  double& at(int row, int column) { return costs_[index(row, column)]; }
  double at(int row, int column) const { return costs_[index(row, column)]; }

 private:
  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * columns_ + column;
  }
  int rows_;
  int columns_;
  std::vector<double> costs_;
};

/// One-to-one pairing of rows with columns: among the pairings that leave out as few rows and
/// columns as the forbidden places allow, one of least total cost. Gives the column of each row, or
/// -1. Costs must lie well below `forbidden`; they may be negative. Deterministic.
std::vector<int> assign(const CostMatrix& costs);

/// Likewise, but a row or column may stay alone: a pairing is worth making only below `alone_cost`.
/// Minimises the sum of the costs of the pairs made plus alone_cost for each row left without one.
std::vector<int> assign_below(const CostMatrix& costs, double alone_cost);

}  // namespace dramatis
