// The assignment problem, by shortest augmenting paths (Jonker and Volgenant 1987, in the form of
// Crouse 2016).
//
// Problem: rows and columns are to be paired one to one so that the sum of the costs is least.
// Taking the cheapest pair first is not enough: it can leave the last row with a terrible partner.
//
// Idea: rows are added one after the other. To add a row, we look for the cheapest way to make room
// for it: the row takes a column, the row that had it takes another, and so on until a free column
// is reached. That is a shortest path, found as Dijkstra would, because costs are measured relative
// to prices u (of rows) and v (of columns) that keep every reduced cost c - u - v at zero or above,
// and at zero on the pairs already made. After each path the prices are raised so that this stays
// true; it is also the proof that the pairing so far is optimal (the prices are the dual solution).
//
// Cost: O(rows * columns) for each row added, so O(n^3) altogether, with a small constant. For the
// dozen heads of a picture it is a few microseconds.

#include "tracks/assignment.h"

#include <algorithm>
#include <limits>

namespace dramatis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Pairs every row; needs at least as many columns as rows.
class ShortestPaths {
 public:
  explicit ShortestPaths(const CostMatrix& costs)
      : costs_(costs),
        row_price_(costs.rows(), 0.0),
        column_price_(costs.columns(), 0.0),
        column_of_(costs.rows(), -1),
        row_of_(costs.columns(), -1),
        came_from_(costs.columns()),
        length_(costs.columns()),
        reached_(costs.columns()) {}

  std::vector<int> solve() {
    for (int row = 0; row < costs_.rows(); ++row) add(row);
    return column_of_;
  }

 private:
  void add(int new_row) {
    std::fill(length_.begin(), length_.end(), infinity);
    std::fill(reached_.begin(), reached_.end(), false);
    const int free_column = shortest_path_to_free_column(new_row);
    raise_prices(new_row, length_[free_column]);
    swap_along_path(new_row, free_column);
  }

  int shortest_path_to_free_column(int new_row) {
    int row = new_row;
    double so_far = 0;
    while (true) {
      int nearest = -1;
      for (int column = 0; column < costs_.columns(); ++column) {
        if (reached_[column]) continue;
        const double length =
            so_far + costs_.at(row, column) - row_price_[row] - column_price_[column];
        if (length < length_[column]) {
          length_[column] = length;
          came_from_[column] = row;
        }
        // Among equally near columns a free one ends the search soonest.
        const bool nearer =
            nearest < 0 || length_[column] < length_[nearest] ||
            (length_[column] == length_[nearest] && row_of_[column] < 0 && row_of_[nearest] >= 0);
        if (nearer) nearest = column;
      }
      reached_[nearest] = true;
      if (row_of_[nearest] < 0) return nearest;
      so_far = length_[nearest];
      row = row_of_[nearest];
    }
  }

  void raise_prices(int new_row, double total) {
    row_price_[new_row] += total;
    for (int column = 0; column < costs_.columns(); ++column) {
      if (!reached_[column] || row_of_[column] < 0) continue;
      row_price_[row_of_[column]] += total - length_[column];
      column_price_[column] -= total - length_[column];
    }
  }

  void swap_along_path(int new_row, int column) {
    while (true) {
      const int row = came_from_[column];
      row_of_[column] = row;
      std::swap(column_of_[row], column);
      if (row == new_row) return;
    }
  }

  const CostMatrix& costs_;
  std::vector<double> row_price_, column_price_;
  std::vector<int> column_of_, row_of_, came_from_;
  std::vector<double> length_;
  std::vector<char> reached_;
};

CostMatrix transposed(const CostMatrix& costs) {
  CostMatrix turned(costs.columns(), costs.rows());
  for (int row = 0; row < costs.rows(); ++row)
    for (int column = 0; column < costs.columns(); ++column)
      turned.at(column, row) = costs.at(row, column);
  return turned;
}

std::vector<int> inverted(const std::vector<int>& column_of, int columns) {
  std::vector<int> row_of(columns, -1);
  for (int row = 0; row < static_cast<int>(column_of.size()); ++row)
    if (column_of[row] >= 0) row_of[column_of[row]] = row;
  return row_of;
}

}  // namespace

std::vector<int> assign(const CostMatrix& costs) {
  const bool more_rows = costs.rows() > costs.columns();
  auto column_of = more_rows ? inverted(ShortestPaths(transposed(costs)).solve(), costs.rows())
                             : ShortestPaths(costs).solve();
  for (int row = 0; row < costs.rows(); ++row)
    if (column_of[row] >= 0 && costs.at(row, column_of[row]) >= CostMatrix::forbidden)
      column_of[row] = -1;
  return column_of;
}

// Each row gets a column of its own that stands for staying alone.
std::vector<int> assign_below(const CostMatrix& costs, double alone_cost) {
  CostMatrix wider(costs.rows(), costs.columns() + costs.rows());
  for (int row = 0; row < costs.rows(); ++row) {
    for (int column = 0; column < costs.columns(); ++column)
      wider.at(row, column) = costs.at(row, column);
    wider.at(row, costs.columns() + row) = alone_cost;
  }
  auto column_of = assign(wider);
  for (int& column : column_of)
    if (column >= costs.columns()) column = -1;
  return column_of;
}

}  // namespace dramatis
