#include "people/identities.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "people/common_part.h"
#include "people/near_pairs.h"
#include "people/parallel.h"

// Average linkage without the N^2 distances: the mean similarity of the members of two clusters is
// the product of their sums of vectors, divided by their weights, so one vector of length L for
// each cluster is enough. Two clusters can only reach a mean above the limit if some pair of
// members does; so it is enough to follow pairs of clusters with such a pair, found once by matrix
// products. A merged cluster has the neighbours of both. Cost: N^2 L / 2 for the pairs, then a
// product of length L for every neighbour of every merge; memory N L and the near pairs.

namespace dramatis {
namespace {

/// What must speak for a merge: the larger two clusters are that nothing has joined yet, the less
/// likely is it that they belong together. Two single tracks may be a little unlike: what fits them
/// better would have come first, and what should not have been joined is looked for afterwards.
/// But the odds before looking that two tracks are one person fall as the number of people grows:
/// of many strangers some look alike.
double least_log_odds(std::size_t smaller_cluster, double people) {
  constexpr double kBase = -0.3, kSlope = 0.9, kUsualPeople = 20;
  return kBase + kSlope * std::log(static_cast<double>(smaller_cluster)) +
         std::log(std::max(1.0, people / kUsualPeople));
}

struct Cluster {
  std::vector<double> sum;
  double weight = 0;
  double lean = 0;  ///< of its faces (common_part.h), times their weight
  int changes = 0;  ///< a candidate made before the last change is stale
  std::vector<int> members;
  std::vector<int> neighbours;  ///< ascending
};

/// What must speak for it beyond that once it is known who there is: where both have poor faces,
/// they are alike at times for being poor.
double log_odds_for_poorness(const Cluster& a, const Cluster& b, double people) {
  constexpr double kOfThePoorest = 5;
  return people > 0 ? kOfThePoorest * (a.lean / a.weight) * (b.lean / b.weight) : 0;
}

struct Candidate {
  double similarity;
  int first, second;
  int first_changes, second_changes;
  friend bool operator<(const Candidate& a, const Candidate& b) {
    if (a.similarity != b.similarity) return a.similarity < b.similarity;
    return std::pair(a.first, a.second) > std::pair(b.first, b.second);
  }
};

class Merging {
 public:
  Merging(const Templates& templates, const TrackConstraints& constraints,
          const Calibration& calibration, double people);
  void find_neighbours(int threads);
  void run();
  Identities identities() const;

 private:
  Cluster& cluster(int c) { return clusters_[static_cast<std::size_t>(c)]; }
  const Cluster& cluster(int c) const { return clusters_[static_cast<std::size_t>(c)]; }
  int person(int c) const { return person_of_[static_cast<std::size_t>(cluster(c).members[0])]; }
  double mean_similarity(int a, int b) const;
  bool apart(int a, int b) const;
  void offer(int a, int b);
  void join_persons(int p, int q);
  void merge(int a, int b);

  const Templates& templates_;
  const TrackConstraints& constraints_;
  Calibration calibration_;
  double people_;
  std::vector<Cluster> clusters_;         ///< one for each track; empty once merged
  std::vector<std::vector<int>> tracks_;  ///< of each person; at first of each group
  std::vector<int> person_of_;            ///< of each track
  std::priority_queue<Candidate> candidates_;
};

Merging::Merging(const Templates& templates, const TrackConstraints& constraints,
                 const Calibration& calibration, double people)
    : templates_(templates),
      constraints_(constraints),
      calibration_(calibration),
      people_(people),
      clusters_(templates.size()),
      person_of_(constraints.group_of) {
  for (std::size_t i = 0; i < templates.size(); ++i) {
    const int person = person_of_[i];
    if (static_cast<std::size_t>(person) >= tracks_.size())
      tracks_.resize(static_cast<std::size_t>(person) + 1);
    tracks_[static_cast<std::size_t>(person)].push_back(static_cast<int>(i));
    Cluster& c = clusters_[i];
    c.members = {static_cast<int>(i)};
    if (!templates[i]) continue;
    c.weight = templates[i]->weight;
    c.lean = c.weight * lean_of(templates[i]->quality);
    for (const float v : templates[i]->vector) c.sum.push_back(c.weight * v);
  }
}

void Merging::find_neighbours(int threads) {
  std::vector<int> seen;
  for (std::size_t i = 0; i < templates_.size(); ++i) {
    if (templates_[i]) seen.push_back(static_cast<int>(i));
  }
  if (seen.empty()) return;
  const std::size_t columns = templates_[static_cast<std::size_t>(seen[0])]->vector.size();
  std::vector<double> row(columns);
  const QuickVectors vectors(Metric::cosine, seen.size(), columns, [&](std::size_t v) {
    const Embedding& vector = templates_[static_cast<std::size_t>(seen[v])]->vector;
    row.assign(vector.begin(), vector.end());
    return std::span<const double>(row);
  });
  std::vector<std::vector<std::pair<int, int>>> found(vectors.parts());
  vectors.near_pairs(1 - calibration_.similarity_at(least_log_odds(1, people_)), threads,
                     [&](std::size_t part, std::uint32_t v, std::uint32_t w) {
                       found[part].push_back({seen[v], seen[w]});
                     });
  for (const auto& part : found) {
    for (const auto& [a, b] : part) {
      cluster(a).neighbours.push_back(b);
      cluster(b).neighbours.push_back(a);
    }
  }
  for (Cluster& c : clusters_) {
    std::sort(c.neighbours.begin(), c.neighbours.end());
    c.neighbours.erase(std::unique(c.neighbours.begin(), c.neighbours.end()), c.neighbours.end());
  }
}

double Merging::mean_similarity(int a, int b) const {
  const Cluster &x = cluster(a), &y = cluster(b);
  return std::inner_product(x.sum.begin(), x.sum.end(), y.sum.begin(), 0.0) / (x.weight * y.weight);
}

/// Whether the two persons that the clusters belong to can never be one.
bool Merging::apart(int a, int b) const {
  const int p = person(a), q = person(b);
  if (p == q) return false;
  const auto tracks = [&](int person) -> const std::vector<int>& {
    return tracks_[static_cast<std::size_t>(person)];
  };
  const auto picture = [&](int person) {
    return constraints_.picture[static_cast<std::size_t>(tracks(person)[0])];
  };
  if (picture(p) != picture(q)) return true;
  const int smaller = tracks(p).size() < tracks(q).size() ? p : q, other = smaller == p ? q : p;
  for (int m : tracks(smaller)) {
    for (int n : constraints_.apart[static_cast<std::size_t>(m)]) {
      if (person_of_[static_cast<std::size_t>(n)] == other) return true;
    }
  }
  return false;
}

void Merging::offer(int a, int b) {
  if (a > b) std::swap(a, b);
  const double s = mean_similarity(a, b);
  const std::size_t smaller = std::min(cluster(a).members.size(), cluster(b).members.size());
  const double least =
      least_log_odds(smaller, people_) + log_odds_for_poorness(cluster(a), cluster(b), people_);
  if (calibration_.log_odds(s) >= least && !apart(a, b)) {
    candidates_.push({s, a, b, cluster(a).changes, cluster(b).changes});
  }
}

void Merging::join_persons(int p, int q) {
  if (p == q) return;
  std::vector<int>& from = tracks_[static_cast<std::size_t>(q)];
  for (int t : from) {
    person_of_[static_cast<std::size_t>(t)] = p;
    tracks_[static_cast<std::size_t>(p)].push_back(t);
  }
  from.clear();
}

void Merging::merge(int a, int b) {
  Cluster &x = cluster(a), &y = cluster(b);
  for (std::size_t k = 0; k < x.sum.size(); ++k) x.sum[k] += y.sum[k];
  x.weight += y.weight;
  x.lean += y.lean;
  x.members.insert(x.members.end(), y.members.begin(), y.members.end());
  join_persons(person(a), person(b));
  std::vector<int> joined;
  std::set_union(x.neighbours.begin(), x.neighbours.end(), y.neighbours.begin(), y.neighbours.end(),
                 std::back_inserter(joined));
  ++x.changes;
  ++y.changes;
  y = Cluster{.changes = y.changes};
  x.neighbours.clear();
  for (int n : joined) {
    if (n == a || n == b || cluster(n).members.empty()) continue;
    x.neighbours.push_back(n);
    std::vector<int>& back = cluster(n).neighbours;
    const auto place = std::lower_bound(back.begin(), back.end(), a);
    if (place == back.end() || *place != a) back.insert(place, a);
    offer(a, n);
  }
}

void Merging::run() {
  for (std::size_t a = 0; a < clusters_.size(); ++a) {
    for (int b : clusters_[a].neighbours) {
      if (static_cast<int>(a) < b) offer(static_cast<int>(a), b);
    }
  }
  while (!candidates_.empty()) {
    const Candidate next = candidates_.top();
    candidates_.pop();
    const bool stale = cluster(next.first).changes != next.first_changes ||
                       cluster(next.second).changes != next.second_changes;
    // Persons may have grown since, and with them what they are apart from.
    if (!stale && !apart(next.first, next.second)) merge(next.first, next.second);
  }
}

Identities Merging::identities() const {
  Identities result;
  result.cluster_of.resize(templates_.size());
  for (const Cluster& c : clusters_) {
    if (c.members.empty()) continue;
    for (int m : c.members)
      result.cluster_of[static_cast<std::size_t>(m)] = static_cast<int>(result.members.size());
    result.members.push_back(c.members);
    std::sort(result.members.back().begin(), result.members.back().end());
    result.person_of.push_back(person_of_[static_cast<std::size_t>(c.members[0])]);
  }
  return result;
}

}  // namespace

Identities identities_by_face(const Templates& templates, const TrackConstraints& constraints,
                              const Calibration& calibration, int threads, double people) {
  Merging merging(templates, constraints, calibration, people);
  merging.find_neighbours(threads_meant(threads));
  merging.run();
  return merging.identities();
}

std::size_t people_with_face(const Identities& identities, const Templates& templates) {
  const auto has_face = [&](int track) {
    return templates[static_cast<std::size_t>(track)].has_value();
  };
  return static_cast<std::size_t>(std::count_if(
      identities.members.begin(), identities.members.end(),
      [&](const auto& members) { return std::any_of(members.begin(), members.end(), has_face); }));
}

std::vector<SeenPair> seen_pairs(const Templates& templates, const TrackConstraints& constraints) {
  constexpr std::size_t kMost = 600;  // tracks that are compared all with all
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    if (templates[i]) seen.push_back(i);
  }
  const std::size_t step = seen.size() / kMost + 1;
  std::vector<SeenPair> pairs;
  for (std::size_t m = 0; m < seen.size(); m += step) {
    for (std::size_t n = 0; n < m; n += step) {
      const auto& others = constraints.apart[seen[m]];
      const bool different =
          std::binary_search(others.begin(), others.end(), static_cast<int>(seen[n]));
      pairs.push_back(
          {static_cast<float>(similarity(*templates[seen[m]], *templates[seen[n]])), different});
    }
  }
  return pairs;
}

Calibration calibration_of(const Templates& templates, const TrackConstraints& constraints) {
  const auto with_face = std::count_if(templates.begin(), templates.end(),
                                       [](const auto& t) { return t.has_value(); });
  return calibrated(seen_pairs(templates, constraints), static_cast<double>(with_face));
}

}  // namespace dramatis
