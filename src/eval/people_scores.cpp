#include "eval/people_scores.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "tracks/assignment.h"

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
      const double shared = c.weight[p][k] * c.weight[p][k];
      result.precision += shared / c.of_cluster[k];
      result.recall += shared / c.of_person[p];
    }
  }
  return {result.precision / c.total, result.recall / c.total};
}

/// Pairs of items: in one cluster and of one person, in one cluster, of one person, of all.
struct Pairs {
  double both = 0, in_cluster = 0, in_person = 0, all = 0;
};

Pairs pairs_of(const Confusion& c) {
  const auto pairs = [](double n) { return n * (n - 1) / 2; };
  Pairs result{.all = pairs(c.total)};
  for (const auto& row : c.weight) {
    for (const double w : row) result.both += w > 0 ? pairs(w) : 0;
  }
  for (const double w : c.of_cluster) result.in_cluster += pairs(w);
  for (const double w : c.of_person) result.in_person += pairs(w);
  return result;
}

PrecisionRecall pairwise(const Pairs& pairs) {
  const auto share = [&](double of) { return of > 0 ? pairs.both / of : 1.0; };
  return {share(pairs.in_cluster), share(pairs.in_person)};
}

double adjusted_rand(const Pairs& pairs) {
  const double expected = pairs.all > 0 ? pairs.in_person * pairs.in_cluster / pairs.all : 0;
  const double most = (pairs.in_person + pairs.in_cluster) / 2;
  return most - expected > 1e-12 ? (pairs.both - expected) / (most - expected) : 1.0;
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

PrecisionRecall character(const Confusion& c) {
  const std::size_t people = c.of_person.size();
  CostMatrix costs(static_cast<int>(people), static_cast<int>(c.of_cluster.size()));
  for (std::size_t p = 0; p < people; ++p) {
    for (std::size_t k = 0; k < c.of_cluster.size(); ++k)
      costs.at(static_cast<int>(p), static_cast<int>(k)) = -c.weight[p][k];
  }
  const std::vector<int> cluster_of = assign(costs);
  PrecisionRecall result{0, 0};
  for (std::size_t p = 0; p < people; ++p) {
    if (cluster_of[p] < 0) continue;
    const auto k = static_cast<std::size_t>(cluster_of[p]);
    result.precision += c.weight[p][k] / c.of_cluster[k];
    result.recall += c.weight[p][k] / c.of_person[p];
  }
  const auto all = static_cast<double>(people);
  return {result.precision / all, result.recall / all};
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
  const Pairs pairs = pairs_of(c);
  PeopleScores scores;
  scores.bcubed = bcubed(c);
  scores.pairwise = pairwise(pairs);
  scores.character = character(c);
  scores.purity = purity(c);
  scores.nmi = normalised_mutual_information(c);
  scores.adjusted_rand = adjusted_rand(pairs);
  scores.people = static_cast<int>(c.of_person.size());
  scores.clusters = static_cast<int>(c.of_cluster.size());
  scores.clicks = clicks(c);
  return scores;
}

}  // namespace dramatis
