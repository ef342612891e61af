#include "people/nearest_pairs.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "people/near_pairs.h"
#include "people/pair_history.h"
#include "people/parallel.h"
#include "people/vector_distance.h"

// The problem. After each merge one cluster has moved, and the nearest pair of all is wanted again,
// without the N^2 distances in memory and without measuring them all again.
//
// The idea. Each cluster keeps a list of its neighbours: at first all pairs with a reach (squared
// distance) below r, found by matrix products (near_pairs.h). A merged cluster has the neighbours
// of its parts. A pair in no list cannot have come much closer, since for the mean m of a and b
// with weights wa + wb = 1
//
//     |m - q|^2 = wa |a - q|^2 + wb |b - q|^2 - wa wb |a - b|^2.
//
// So if every such pair (p, q) keeps |p - q|^2 >= r - slack(p) - slack(q), and slack is 0 at first,
// then slack(m) = wa slack(a) + wb slack(b) + wa wb |a - b|^2 keeps that true. For the cosine the
// same is done with cos(m, q) = (|A| cos(a, q) + |B| cos(b, q)) / |A + B|, A and B being the sums
// of the members; for l1 with the triangle inequality.
//
// Refusals need no work of their own. A pair farther apart than one of its radii cannot merge as it
// is: radii only shrink, and its distance stays until one of the two merges with a third. It has
// been looked at, and is refused, as soon as a farther pair has merged since its distance was
// measured. So each neighbour remembers after how many merges that was, and only when one of the
// two merges is it asked whether the farthest merge since was farther (FarthestSince).
//
// Before a pair is handed out, nothing outside the lists may be as near as it. When the slacks do
// not allow to say so, the clusters with too much of it are measured against all others, which
// makes their slack 0; when there are many, or the lists are spent, the lists are made anew among
// the clusters that are left. All of this decides what is measured, never what comes out.

namespace dramatis {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
/// How much nearer (relative) than the edge of what the lists hold a pair must be to be trusted.
constexpr double kMargin = 1e-9;

struct Cluster {
  bool alive = true;
  int members = 1;
  double length = 1;  ///< of the mean, for the cosine
  double slack = 0;
  double radius = 0;
  std::vector<int> shots;             ///< ascending
  std::vector<double> sum;            ///< of the members' vectors; empty while there is one
  std::vector<Neighbour> neighbours;  ///< ascending
  ClusterPair best;                   ///< among the neighbours that it may merge with
};

/// The least of the clusters' best pairs, kept while they change: a tree of winners.
class Tournament {
 public:
  explicit Tournament(const std::vector<Cluster>& clusters) : clusters_(clusters) {
    while (leaves_ < clusters.size()) leaves_ *= 2;
    winner_.assign(2 * leaves_, kNobody);
    for (std::size_t i = 0; i < clusters.size(); ++i)
      winner_[leaves_ + i] = static_cast<std::uint32_t>(i);
    play_all();
  }
  void play_all() {
    for (std::size_t node = leaves_ - 1; node >= 1; --node) play(node);
  }
  void changed(std::size_t cluster) {
    for (std::size_t node = (leaves_ + cluster) / 2; node >= 1; node /= 2) play(node);
  }
  ClusterPair best() const { return best_of(winner_[1]); }

 private:
  static constexpr std::uint32_t kNobody = ~0u;
  ClusterPair best_of(std::uint32_t cluster) const {
    return cluster == kNobody ? ClusterPair{} : clusters_[cluster].best;
  }
  void play(std::size_t node) {
    const std::uint32_t left = winner_[2 * node], right = winner_[2 * node + 1];
    winner_[node] = best_of(right) < best_of(left) ? right : left;
  }

  const std::vector<Cluster>& clusters_;
  std::size_t leaves_ = 1;
  std::vector<std::uint32_t> winner_;
};

}  // namespace

struct NearestPairs::Lists {
  Lists(const EmbeddingMatrix& all_rows, std::span<const int> shot_of_row, Metric the_metric,
        double the_first_radius, int the_threads, int the_neighbours);

  std::span<double> point(std::size_t i) { return {points.data() + i * columns, columns}; }
  std::span<const double> point(std::size_t i) const {
    return {points.data() + i * columns, columns};
  }
  double distance(std::size_t i, std::size_t j) const {
    return vector_distance(metric, point(i), point(j));
  }
  double diameter() const;
  double reach_of(double d) const { return dramatis::reach_of(metric, d); }
  bool may_merge(double d, std::uint32_t i, std::uint32_t j) const;

  bool hold(double reach_wanted) const;
  void widen(double reach_wanted);
  void make();
  void keep_refusals();
  void choose_reach(const QuickVectors& vectors);
  void add_pairs(const QuickVectors& vectors, const std::vector<std::uint32_t>& cluster_of_vector);
  void measure_against_all(std::uint32_t i);

  void merge(const ClusterPair& pair, double radius);
  void join(std::uint32_t i, std::uint32_t j, double radius);
  void keep_apart(std::uint32_t i, std::uint32_t j);
  void join_points(std::uint32_t i, std::uint32_t j, double d);
  double joined_slack(const Cluster& a, const Cluster& b, double d, double joined_length) const;
  std::vector<Neighbour> joined_neighbours(std::uint32_t i, std::uint32_t j) const;
  bool was_refused(std::uint32_t i, const Neighbour& n) const;
  void measure(std::uint32_t i, std::vector<Neighbour>& list) const;
  void replace_in(std::uint32_t q, std::uint32_t i, std::uint32_t j, const Neighbour* now);
  void find_best(std::uint32_t i);

  const EmbeddingMatrix& rows;
  Metric metric;
  std::size_t columns = 0;
  double first_radius = 0;
  double farthest_sought = 0;  ///< the first radius, or what no pair can be farther apart than
  int threads = 1;
  std::size_t neighbours = 0;
  std::vector<double> points;  ///< the clusters' means; for the cosine made unit
  std::vector<Cluster> clusters;
  std::size_t alive = 0;
  std::uint32_t merges = 0;
  int next_shot = 0;  ///< above all that were given
  FarthestSince farthest;
  double reach = 0;      ///< the lists hold every pair below it, less the slacks
  double top_slack = 0;  ///< at least as much as any cluster's
  Tournament tournament;
};

NearestPairs::Lists::Lists(const EmbeddingMatrix& all_rows, std::span<const int> shot_of_row,
                           Metric the_metric, double the_first_radius, int the_threads,
                           int the_neighbours)
    : rows(all_rows),
      metric(the_metric),
      columns(rows.columns),
      first_radius(the_first_radius),
      threads(threads_meant(the_threads)),
      neighbours(static_cast<std::size_t>(std::max(1, the_neighbours))),
      points(rows.values.begin(), rows.values.end()),
      clusters(rows.rows),
      alive(rows.rows),
      tournament(clusters) {
  for (std::size_t i = 0; i < rows.rows; ++i) {
    clusters[i].shots = {shot_of_row[i]};
    clusters[i].radius = first_radius;
    next_shot = std::max(next_shot, shot_of_row[i] + 1);
    if (metric == Metric::cosine) {
      clusters[i].length = std::sqrt(dot(point(i), point(i)));
      make_unit(point(i));
    }
  }
  farthest_sought = std::min(first_radius, diameter());
  make();
}

/// At least the distance of any two points, also of those to come: means lie among their members.
double NearestPairs::Lists::diameter() const {
  constexpr double margin = 1 + 1e-6;
  if (metric == Metric::cosine) return 2 * margin;
  const std::vector<double> origin(columns, 0.0);
  double farthest_out = 0;
  for (std::size_t i = 0; i < rows.rows; ++i)
    farthest_out = std::max(farthest_out, vector_distance(metric, point(i), origin));
  return 2 * farthest_out * margin;
}

/// Each lies in the other's sphere; exact duplicates always do.
bool NearestPairs::Lists::may_merge(double d, std::uint32_t i, std::uint32_t j) const {
  return d == 0 || (d <= clusters[i].radius && d <= clusters[j].radius);
}

// ---- What the lists hold

bool NearestPairs::Lists::hold(double reach_wanted) const {
  return reach_wanted < (reach - 2 * top_slack) * (1 - kMargin);
}

/// Makes the lists hold more: measures the clusters with too much slack, or starts the lists anew.
void NearestPairs::Lists::widen(double reach_wanted) {
  const double most_slack = (reach - reach_wanted) / 2 - kMargin * reach;
  std::vector<std::uint32_t> loose;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    if (clusters[i].alive && clusters[i].slack > 0 && clusters[i].slack >= most_slack)
      loose.push_back(i);
  }
  const bool spent = reach_wanted >= reach * (1 - 4 * kMargin);
  if (spent || loose.size() > 1 + alive / 8) return make();
  for (std::uint32_t i : loose) measure_against_all(i);
  top_slack = 0;
  for (const Cluster& c : clusters) {
    if (c.alive) top_slack = std::max(top_slack, c.slack);
  }
}

void NearestPairs::Lists::make() {
  keep_refusals();
  std::vector<std::uint32_t> cluster_of_vector;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    if (clusters[i].alive) cluster_of_vector.push_back(i);
    clusters[i].slack = 0;
  }
  top_slack = 0;
  const QuickVectors vectors(metric, cluster_of_vector.size(), columns,
                             [&](std::size_t v) { return point(cluster_of_vector[v]); });
  choose_reach(vectors);
  add_pairs(vectors, cluster_of_vector);
  for (std::uint32_t i : cluster_of_vector) {
    std::sort(clusters[i].neighbours.begin(), clusters[i].neighbours.end());
    find_best(i);
  }
  tournament.play_all();
}

/// Leaves in the lists only what was refused.
void NearestPairs::Lists::keep_refusals() {
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    for (Neighbour& n : clusters[i].neighbours) {
      if (was_refused(i, n)) n.since = Neighbour::kRefused;
    }
    std::erase_if(clusters[i].neighbours, [](const Neighbour& n) { return !n.refused(); });
  }
}

/// As far as the lists may grow long, but not much beyond what is sought, and farther than before.
void NearestPairs::Lists::choose_reach(const QuickVectors& vectors) {
  const double last = reach_of(farthest_sought) * (metric == Metric::l1 ? 2 : 1.5);
  const double least = std::max({reach * 1.5, last * 1e-6, 1e-12});
  reach = std::min(std::max(vectors.usual_reach(neighbours), least), std::max(last, 1e-12));
}

void NearestPairs::Lists::add_pairs(const QuickVectors& vectors,
                                    const std::vector<std::uint32_t>& cluster_of_vector) {
  std::vector<std::vector<ClusterPair>> found(vectors.parts());
  vectors.near_pairs(reach, threads, [&](std::size_t part, std::uint32_t v, std::uint32_t w) {
    const std::uint32_t i = cluster_of_vector[v], j = cluster_of_vector[w];
    const double d = distance(i, j);
    if (reach_of(d) >= reach || share_a_shot(clusters[i].shots, clusters[j].shots)) return;
    const auto& refused = clusters[i].neighbours;
    if (!std::binary_search(refused.begin(), refused.end(), Neighbour{.other = j})) {
      found[part].push_back({d, i, j});
    }
  });
  for (std::vector<ClusterPair>& part : found) {
    for (const ClusterPair& pair : part) {
      clusters[pair.first].neighbours.push_back({pair.distance, pair.second, merges});
      clusters[pair.second].neighbours.push_back({pair.distance, pair.first, merges});
    }
    std::vector<ClusterPair>().swap(part);
  }
}

void NearestPairs::Lists::measure_against_all(std::uint32_t i) {
  std::vector<Neighbour>& known = clusters[i].neighbours;
  std::vector<Neighbour> others;
  for (std::uint32_t q = 0; q < clusters.size(); ++q) {
    if (q == i || !clusters[q].alive || share_a_shot(clusters[i].shots, clusters[q].shots))
      continue;
    if (!std::binary_search(known.begin(), known.end(), Neighbour{.other = q})) {
      others.push_back({0, q, merges});
    }
  }
  measure(i, others);
  std::erase_if(others, [&](const Neighbour& n) { return reach_of(n.distance) >= reach; });
  for (const Neighbour& n : others) replace_in(n.other, i, i, &n);
  std::vector<Neighbour> all;
  std::merge(known.begin(), known.end(), others.begin(), others.end(), std::back_inserter(all));
  known = std::move(all);
  clusters[i].slack = 0;
  find_best(i);
  tournament.changed(i);
}

// ---- Merging

void NearestPairs::Lists::merge(const ClusterPair& pair, double radius) {
  farthest.add(merges, pair);
  join(pair.first, pair.second, radius);
}

/// The second cluster becomes part of the first.
void NearestPairs::Lists::join(std::uint32_t i, std::uint32_t j, double radius) {
  ++merges;
  std::vector<Neighbour> joined = joined_neighbours(i, j);
  join_points(i, j, distance(i, j));
  measure(i, joined);

  Cluster& a = clusters[i];
  a.radius = radius;
  clusters[j] = Cluster{.alive = false};
  --alive;
  a.neighbours.clear();
  for (const Neighbour& n : joined) {
    const bool near = n.refused() || reach_of(n.distance) < reach;
    const bool keep = near && !share_a_shot(a.shots, clusters[n.other].shots);
    if (keep) a.neighbours.push_back(n);
    replace_in(n.other, i, j, keep ? &n : nullptr);
  }
  find_best(i);
  tournament.changed(i);
  tournament.changed(j);
}

/// As if they had been seen in one more shot, of their own.
void NearestPairs::Lists::keep_apart(std::uint32_t i, std::uint32_t j) {
  const int shot = next_shot++;
  clusters[i].shots.push_back(shot);
  clusters[j].shots.push_back(shot);
  replace_in(i, j, j, nullptr);
  replace_in(j, i, i, nullptr);
}

bool NearestPairs::Lists::was_refused(std::uint32_t i, const Neighbour& n) const {
  return n.refused() || farthest.passed(ranked(n.distance, i, n.other), n.since);
}

/// The neighbours of both, each once; refused when either refused it.
std::vector<Neighbour> NearestPairs::Lists::joined_neighbours(std::uint32_t i,
                                                              std::uint32_t j) const {
  const std::vector<Neighbour>& a = clusters[i].neighbours;
  const std::vector<Neighbour>& b = clusters[j].neighbours;
  std::vector<Neighbour> joined;
  joined.reserve(a.size() + b.size());
  const auto add = [&](std::uint32_t from, const Neighbour& n) {
    if (n.other == i || n.other == j) return;
    const bool refused = was_refused(from, n);
    if (joined.empty() || joined.back().other != n.other) joined.push_back({0, n.other, merges});
    if (refused) joined.back().since = Neighbour::kRefused;
  };
  for (std::size_t m = 0, n = 0; m < a.size() || n < b.size();) {
    const bool from_a = n == b.size() || (m < a.size() && a[m].other <= b[n].other);
    from_a ? add(i, a[m++]) : add(j, b[n++]);
  }
  return joined;
}

/// The first cluster becomes the mean of both; its slack as told at the head of the file.
void NearestPairs::Lists::join_points(std::uint32_t i, std::uint32_t j, double d) {
  Cluster& a = clusters[i];
  const Cluster& b = clusters[j];
  const auto sum_of = [&](std::uint32_t c) {
    const auto row = rows.row(c);
    return clusters[c].sum.empty() ? std::vector<double>(row.begin(), row.end()) : clusters[c].sum;
  };
  const std::vector<double> other = sum_of(j);
  a.sum = sum_of(i);
  const auto mean = point(i);
  const double members = a.members + b.members;
  for (std::size_t k = 0; k < columns; ++k) {
    a.sum[k] += other[k];
    mean[k] = a.sum[k] / members;
  }
  double length = 1;
  if (metric == Metric::cosine) {
    length = std::sqrt(dot(mean, mean));
    make_unit(mean);
  }
  a.slack = joined_slack(a, b, d, length);
  a.length = length;
  a.members += b.members;
  top_slack = std::max(top_slack, a.slack);
  std::vector<int> shots;
  std::merge(a.shots.begin(), a.shots.end(), b.shots.begin(), b.shots.end(),
             std::back_inserter(shots));
  a.shots = std::move(shots);
}

double NearestPairs::Lists::joined_slack(const Cluster& a, const Cluster& b, double d,
                                         double joined_length) const {
  const double members = a.members + b.members;
  const double wa = a.members / members, wb = b.members / members;
  if (metric == Metric::l2) return wa * a.slack + wb * b.slack + wa * wb * d * d;
  if (metric == Metric::l1) return std::min(a.slack + wb * d, b.slack + wa * d);
  if (joined_length <= 0) return kNever;
  const double ka = wa * a.length / joined_length, kb = wb * b.length / joined_length;
  const double largest_cosine = std::max(0.0, 1 - reach + 2 * top_slack);
  return ka * a.slack + kb * b.slack + std::max(0.0, ka + kb - 1) * largest_cosine;
}

void NearestPairs::Lists::measure(std::uint32_t i, std::vector<Neighbour>& list) const {
  constexpr std::size_t kPart = 512;
  const bool many = list.size() * columns > (1u << 19);
  for_each_part((list.size() + kPart - 1) / kPart, many ? threads : 1, [&](std::size_t part) {
    for (std::size_t n = part * kPart; n < std::min((part + 1) * kPart, list.size()); ++n) {
      if (!list[n].refused()) list[n].distance = distance(i, list[n].other);
    }
  });
}

/// In the list of q: i as `now` says, or not at all, and j not at all.
void NearestPairs::Lists::replace_in(std::uint32_t q, std::uint32_t i, std::uint32_t j,
                                     const Neighbour* now) {
  Cluster& cluster = clusters[q];
  std::vector<Neighbour>& list = cluster.neighbours;
  const auto place_of = [&](std::uint32_t other) {
    return std::lower_bound(list.begin(), list.end(), Neighbour{.other = other});
  };
  if (const auto place = place_of(j); i != j && place != list.end() && place->other == j)
    list.erase(place);
  const auto place = place_of(i);
  const bool there = place != list.end() && place->other == i;
  if (now) {
    const Neighbour seen_from_there{now->distance, i, now->since};
    there ? void(*place = seen_from_there) : void(list.insert(place, seen_from_there));
  } else if (there) {
    list.erase(place);
  }
  const std::uint32_t favourite =
      cluster.best.first == q ? cluster.best.second : cluster.best.first;
  if (favourite == i || favourite == j) {
    find_best(q);
  } else if (now && !now->refused() && may_merge(now->distance, q, i)) {
    cluster.best = std::min(cluster.best, ranked(now->distance, q, i));
  }
  tournament.changed(q);
}

void NearestPairs::Lists::find_best(std::uint32_t i) {
  ClusterPair best;
  for (const Neighbour& n : clusters[i].neighbours) {
    if (n.distance > best.distance || n.refused() || !may_merge(n.distance, i, n.other)) continue;
    best = std::min(best, ranked(n.distance, i, n.other));
  }
  clusters[i].best = best;
}

// ---- The door

NearestPairs::NearestPairs(const EmbeddingMatrix& rows, std::span<const int> shot_of_row,
                           Metric metric, double first_radius, int threads, int neighbours)
    : part_of_(rows.rows),
      lists_(
          std::make_unique<Lists>(rows, shot_of_row, metric, first_radius, threads, neighbours)) {
  std::iota(part_of_.begin(), part_of_.end(), 0u);
}

NearestPairs::~NearestPairs() = default;

void NearestPairs::keep_apart(std::uint32_t a, std::uint32_t b) {
  if (cluster_of(a) != cluster_of(b)) lists_->keep_apart(cluster_of(a), cluster_of(b));
}

void NearestPairs::bind(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t first = std::min(cluster_of(a), cluster_of(b));
  const std::uint32_t second = std::max(cluster_of(a), cluster_of(b));
  if (first == second) return;
  lists_->join(first, second, std::min(radius(first), radius(second)));
  part_of_[second] = first;
}

std::uint32_t NearestPairs::cluster_of(std::uint32_t row) const {
  while (part_of_[row] != row) row = part_of_[row];
  return row;
}

double NearestPairs::radius(std::uint32_t cluster) const {
  return lists_->clusters[cluster].radius;
}

std::optional<ClusterPair> NearestPairs::next() {
  while (lists_->alive > 1) {
    const ClusterPair best = lists_->tournament.best();
    const double wanted = lists_->reach_of(std::min(best.distance, lists_->farthest_sought));
    if (!lists_->hold(wanted)) {
      lists_->widen(wanted);
    } else if (best.distance <= lists_->farthest_sought) {
      return best;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

void NearestPairs::merge(const ClusterPair& pair, double radius) {
  lists_->merge(pair, radius);
  part_of_[pair.second] = pair.first;
}

Clustering NearestPairs::clustering() const {
  // A cluster keeps the place of its first member, so whatever a row became part of comes before
  // it.
  Clustering result;
  result.cluster_of.resize(part_of_.size());
  for (std::size_t i = 0; i < part_of_.size(); ++i) {
    result.cluster_of[i] = part_of_[i] == i ? result.clusters++ : result.cluster_of[part_of_[i]];
  }
  return result;
}

}  // namespace dramatis
