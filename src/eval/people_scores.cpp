#include "eval/people_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

namespace dramatis {
namespace {

/// Who was taken for whom: weights by person and cluster, both numbered from 0.
struct Confusion {
  std::vector<std::vector<double>> weight;  ///< [person][cluster]
  std::vector<std::vector<int>> items;
  std::vector<double> of_person, of_cluster;
  double total = 0;
};

Confusion confusion_of(std::span<const LabelledItem> items) {
  std::map<int, std::size_t> persons, clusters;
  for (const LabelledItem& item : items) {
    persons.try_emplace(item.truth, persons.size());
    clusters.try_emplace(item.found, clusters.size());
  }
  Confusion c;
  c.weight.assign(persons.size(), std::vector<double>(clusters.size(), 0.0));
  c.items.assign(persons.size(), std::vector<int>(clusters.size(), 0));
  c.of_person.assign(persons.size(), 0.0);
  c.of_cluster.assign(clusters.size(), 0.0);
  for (const LabelledItem& item : items) {
    const std::size_t p = persons[item.truth], k = clusters[item.found];
    c.weight[p][k] += item.weight;
    c.items[p][k] += 1;
    c.of_person[p] += item.weight;
    c.of_cluster[k] += item.weight;
    c.total += item.weight;
  }
  return c;
}

PrecisionRecall bcubed(const Confusion& c) {
  PrecisionRecall result{0, 0};
  for (std::size_t p = 0; p < c.of_person.size(); ++p) {
    for (std::size_t k = 0; k < c.of_cluster.size(); ++k) {
      const double shared = c.weight[p][k] * c.weight[p][k] / c.total;
      result.precision += shared / c.of_cluster[k];
      result.recall += shared / c.of_person[p];
    }
  }
  return result;
}

/// `own`: what pairs of items with themselves add to the squares.
PrecisionRecall pairwise(const Confusion& c, double own) {
  double both = 0, in_cluster = 0, in_person = 0;
  for (const auto& row : c.weight) {
    for (const double w : row) both += w * w;
  }
  for (const double w : c.of_cluster) in_cluster += w * w;
  for (const double w : c.of_person) in_person += w * w;
  const auto share = [&](double all) {
    return all - own > 1e-12 ? (both - own) / (all - own) : 1.0;
  };
  return {share(in_cluster), share(in_person)};
}

double entropy(const std::vector<double>& parts, double total) {
  double sum = 0;
  for (const double w : parts) sum -= w / total * std::log(w / total);
  return sum;
}

double normalised_mutual_information(const Confusion& c) {
  double information = 0;
  for (std::size_t p = 0; p < c.of_person.size(); ++p) {
    for (std::size_t k = 0; k < c.of_cluster.size(); ++k) {
      const double w = c.weight[p][k];
      if (w > 0)
        information += w / c.total * std::log(w * c.total / (c.of_person[p] * c.of_cluster[k]));
    }
  }
  const double mean = (entropy(c.of_person, c.total) + entropy(c.of_cluster, c.total)) / 2;
  return mean > 1e-12 ? std::clamp(information / mean, 0.0, 1.0) : 1.0;
}

double adjusted_rand(const Confusion& c) {
  const auto pairs = [](double n) { return n * (n - 1) / 2; };
  double both = 0, in_person = 0, in_cluster = 0, all = 0;
  for (std::size_t p = 0; p < c.of_person.size(); ++p) {
    double person = 0;
    for (const int n : c.items[p]) both += pairs(n), person += n;
    in_person += pairs(person);
    all += person;
  }
  for (std::size_t k = 0; k < c.of_cluster.size(); ++k) {
    double cluster = 0;
    for (const auto& row : c.items) cluster += row[k];
    in_cluster += pairs(cluster);
  }
  const double expected = all > 1 ? in_person * in_cluster / pairs(all) : 0;
  const double most = (in_person + in_cluster) / 2;
  return most - expected > 1e-12 ? (both - expected) / (most - expected) : 1.0;
}

/// The assignment of rows to columns (rows <= columns) that costs least (Kuhn 1955, in the form of
/// Jonker and Volgenant 1987): the column of each row.
std::vector<std::size_t> cheapest_assignment(const std::vector<std::vector<double>>& cost,
                                             std::size_t columns) {
  const std::size_t rows = cost.size();
  std::vector<double> u(rows + 1, 0.0), v(columns + 1, 0.0);
  std::vector<std::size_t> row_of(columns + 1, 0), way(columns + 1, 0);
  for (std::size_t row = 1; row <= rows; ++row) {
    std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
    std::vector<bool> used(columns + 1, false);
    std::size_t column = 0;
    row_of[0] = row;
    do {
      used[column] = true;
      std::size_t next = 0;
      double step = std::numeric_limits<double>::infinity();
      for (std::size_t j = 1; j <= columns; ++j) {
        if (used[j]) continue;
        const double reduced = cost[row_of[column] - 1][j - 1] - u[row_of[column]] - v[j];
        if (reduced < least[j]) least[j] = reduced, way[j] = column;
        if (least[j] < step) step = least[j], next = j;
      }
      for (std::size_t j = 0; j <= columns; ++j) {
        used[j] ? (u[row_of[j]] += step, v[j] -= step) : least[j] -= step;
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = way[column]) row_of[column] = row_of[way[column]];
  }
  std::vector<std::size_t> column_of(rows, columns);
  for (std::size_t j = 1; j <= columns; ++j) {
    if (row_of[j] > 0) column_of[row_of[j] - 1] = j - 1;
  }
  return column_of;
}

PrecisionRecall character(const Confusion& c) {
  const std::size_t people = c.of_person.size();
  const std::size_t columns =
      std::max(people, c.of_cluster.size());  // the surplus: no cluster at all
  std::vector<std::vector<double>> cost(people, std::vector<double>(columns, 0.0));
  for (std::size_t p = 0; p < people; ++p) {
    for (std::size_t k = 0; k < c.of_cluster.size(); ++k) cost[p][k] = -c.weight[p][k];
  }
  const std::vector<std::size_t> cluster_of = cheapest_assignment(cost, columns);
  PrecisionRecall result{0, 0};
  for (std::size_t p = 0; p < people; ++p) {
    const std::size_t k = cluster_of[p];
    if (k >= c.of_cluster.size()) continue;
    result.precision += c.weight[p][k] / c.of_cluster[k] / static_cast<double>(people);
    result.recall += c.weight[p][k] / c.of_person[p] / static_cast<double>(people);
  }
  return result;
}

double purity(const Confusion& c) {
  double agreed = 0;
  for (std::size_t k = 0; k < c.of_cluster.size(); ++k) {
    double most = 0;
    for (const auto& row : c.weight) most = std::max(most, row[k]);
    agreed += most;
  }
  return agreed / c.total;
}

int clicks(const Confusion& c) {
  int sum = 0;
  for (std::size_t k = 0; k < c.of_cluster.size(); ++k) {
    int items = 0, most = 0;
    for (const auto& row : c.items) items += row[k], most = std::max(most, row[k]);
    sum += 1 + items - most;
  }
  return sum;
}

}  // namespace

PeopleScores people_scores(std::span<const LabelledItem> items) {
  if (items.empty()) return {};
  const Confusion c = confusion_of(items);
  double own = 0;
  for (const LabelledItem& item : items) own += item.weight * item.weight;
  PeopleScores scores;
  scores.bcubed = bcubed(c);
  scores.pairwise = pairwise(c, own);
  scores.character = character(c);
  scores.purity = purity(c);
  scores.nmi = normalised_mutual_information(c);
  scores.adjusted_rand = adjusted_rand(c);
  scores.people = static_cast<int>(c.of_person.size());
  scores.clusters = static_cast<int>(c.of_cluster.size());
  scores.clicks = clicks(c);
  return scores;
}

}  // namespace dramatis
