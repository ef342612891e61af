#include "people/nearest_pairs.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "people/near_pairs.h"
#include "people/parallel.h"
#include "people/vector_distance.h"

// The problem. After each merge one cluster has moved, and the nearest pair of all is wanted again,
// without the N^2 distances in memory and without measuring them all again.
//
// The idea. Each cluster keeps a list of its neighbours: at first all pairs with a reach (squared
// distance) below r, found by matrix products (near_pairs.h). A merged cluster has the neighbours of
// its parts. A pair in no list cannot have come much closer, since for the mean m of a and b with
// weights wa + wb = 1
//
//     |m - q|^2 = wa |a - q|^2 + wb |b - q|^2 - wa wb |a - b|^2.
//
// So if every such pair (p, q) keeps |p - q|^2 >= r - slack(p) - slack(q), and slack is 0 at first, then
// slack(m) = wa slack(a) + wb slack(b) + wa wb |a - b|^2 keeps that true. For the cosine the same is
// done with cos(m, q) = (|A| cos(a, q) + |B| cos(b, q)) / |A + B|, A and B being the sums of the
// members; for l1 with the triangle inequality.
//
// Before a pair is handed out, nothing outside the lists may be as near as it. When the slacks do not
// allow to say so, the clusters with too much of it are measured against all others, which makes
// their slack 0; when there are many, or the lists are spent, the lists are made anew among the
// clusters that are left. All of this decides what is measured, never what comes out.

namespace dramatis {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
/// How much nearer (relative) than the edge of what the lists hold a pair must be to be trusted.
constexpr double kMargin = 1e-9;

struct Neighbour {
  double distance = 0;
  std::uint32_t other = 0;
  bool refused = false;
};

struct Cluster {
  bool alive = true;
  int members = 1;
  double length = 1;            ///< of the mean, for the cosine
  double slack = 0;
  std::vector<int> shots;       ///< ascending
  std::vector<double> sum;      ///< of the members' vectors; empty while there is one
  std::vector<Neighbour> neighbours;
  ClusterPair best;             ///< among the neighbours that were not refused
};

/// The least of the clusters' best pairs, kept while they change: a tree of winners.
class Tournament {
 public:
  explicit Tournament(const std::vector<Cluster>& clusters) : clusters_(clusters) {
    while (leaves_ < clusters.size()) leaves_ *= 2;
    winner_.assign(2 * leaves_, kNobody);
    for (std::size_t i = 0; i < clusters.size(); ++i) winner_[leaves_ + i] = static_cast<std::uint32_t>(i);
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
        double the_farthest, int the_threads, int the_neighbours);

  std::span<double> point(std::size_t i) { return {points.data() + i * columns, columns}; }
  std::span<const double> point(std::size_t i) const { return {points.data() + i * columns, columns}; }
  double distance(std::size_t i, std::size_t j) const { return vector_distance(metric, point(i), point(j)); }
  double reach_of(double d) const { return dramatis::reach_of(metric, d); }

  bool lists_hold(double reach_wanted) const;
  void widen(double reach_wanted);
  void make_lists();
  void choose_reach(const QuickVectors& vectors);
  void add_pairs(const QuickVectors& vectors, const std::vector<std::uint32_t>& cluster_of_vector);
  void measure_against_all(std::uint32_t i);

  void merge(std::uint32_t i, std::uint32_t j);
  void join_points(Cluster& a, std::uint32_t i, const Cluster& b, std::uint32_t j);
  double joined_slack(const Cluster& a, const Cluster& b, double d, double joined_length) const;
  std::vector<Neighbour> joined_neighbours(std::uint32_t i, std::uint32_t j);
  void replace_in(std::uint32_t q, std::uint32_t i, std::uint32_t j, const Neighbour* now);
  void find_best(std::uint32_t i);
  void mark_neighbours(const Cluster& cluster);
  bool marked(std::uint32_t i) const { return mark[i] == stamp; }

  const EmbeddingMatrix& rows;
  Metric metric;
  std::size_t columns = 0;
  double farthest = 0;
  int threads = 1;
  std::size_t neighbours = 0;
  std::vector<double> points;  ///< the clusters' means; for the cosine made unit
  std::vector<Cluster> clusters;
  std::size_t alive = 0;
  double reach = 0;      ///< the lists hold every pair below it, less the slacks
  double top_slack = 0;  ///< at least as much as any cluster's
  std::vector<std::uint32_t> mark;
  std::uint32_t stamp = 0;
  Tournament tournament;
};

namespace {

bool share_a_shot(const std::vector<int>& a, const std::vector<int>& b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    a[i] < b[j] ? ++i : ++j;
  }
  return false;
}

ClusterPair ranked(double distance, std::uint32_t i, std::uint32_t j) {
  return {distance, std::min(i, j), std::max(i, j)};
}

}  // namespace

NearestPairs::Lists::Lists(const EmbeddingMatrix& all_rows, std::span<const int> shot_of_row,
                           Metric the_metric, double the_farthest, int the_threads, int the_neighbours)
    : rows(all_rows),
      metric(the_metric),
      columns(rows.columns),
      farthest(the_farthest),
      threads(threads_meant(the_threads)),
      neighbours(static_cast<std::size_t>(std::max(1, the_neighbours))),
      points(rows.values.begin(), rows.values.end()),
      clusters(rows.rows),
      alive(rows.rows),
      mark(rows.rows, 0),
      tournament(clusters) {
  for (std::size_t i = 0; i < rows.rows; ++i) {
    clusters[i].shots = {shot_of_row[i]};
    if (metric == Metric::cosine) {
      clusters[i].length = std::sqrt(dot(point(i), point(i)));
      make_unit(point(i));
    }
  }
  make_lists();
}

// ---- What the lists hold --------------------------------------------------------------------------

bool NearestPairs::Lists::lists_hold(double reach_wanted) const {
  return reach_wanted < (reach - 2 * top_slack) * (1 - kMargin);
}

/// Makes the lists hold more: measures the clusters with too much slack, or starts the lists anew.
void NearestPairs::Lists::widen(double reach_wanted) {
  const double most_slack = (reach - reach_wanted) / 2 - kMargin * reach;
  std::vector<std::uint32_t> loose;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    if (clusters[i].alive && clusters[i].slack > 0 && clusters[i].slack >= most_slack) loose.push_back(i);
  }
  const bool spent = reach_wanted >= reach * (1 - 4 * kMargin);
  if (spent || loose.size() > 1 + alive / 8) return make_lists();
  for (std::uint32_t i : loose) measure_against_all(i);
  top_slack = 0;
  for (const Cluster& c : clusters) {
    if (c.alive) top_slack = std::max(top_slack, c.slack);
  }
}

void NearestPairs::Lists::make_lists() {
  std::vector<std::uint32_t> cluster_of_vector;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    if (!clusters[i].alive) continue;
    cluster_of_vector.push_back(i);
    clusters[i].slack = 0;
    std::erase_if(clusters[i].neighbours, [](const Neighbour& n) { return !n.refused; });
  }
  top_slack = 0;
  const QuickVectors vectors(metric, cluster_of_vector.size(), columns,
                             [&](std::size_t v) { return point(cluster_of_vector[v]); });
  choose_reach(vectors);
  add_pairs(vectors, cluster_of_vector);
  for (std::uint32_t i : cluster_of_vector) find_best(i);
  tournament.play_all();
}

/// As far as the lists may grow long, but not much beyond `farthest`, and farther than before.
void NearestPairs::Lists::choose_reach(const QuickVectors& vectors) {
  const double last = reach_of(farthest) * (metric == Metric::l1 ? 2 : 1.5);
  const double least = std::max({reach * 1.5, last * 1e-6, 1e-12});
  reach = std::min(std::max(vectors.usual_reach(neighbours), least), std::max(last, 1e-12));
}

void NearestPairs::Lists::add_pairs(const QuickVectors& vectors,
                                    const std::vector<std::uint32_t>& cluster_of_vector) {
  struct Found {
    double distance;
    std::uint32_t first, second;
  };
  std::vector<std::vector<Found>> found(vectors.parts());
  vectors.near_pairs(reach, threads, [&](std::size_t part, std::uint32_t v, std::uint32_t w) {
    const std::uint32_t i = cluster_of_vector[v], j = cluster_of_vector[w];
    const double d = distance(i, j);
    if (reach_of(d) >= reach || share_a_shot(clusters[i].shots, clusters[j].shots)) return;
    found[part].push_back({d, i, j});
  });
  std::vector<std::vector<std::uint32_t>> refused(clusters.size());
  for (std::uint32_t i : cluster_of_vector) {
    for (const Neighbour& n : clusters[i].neighbours) refused[i].push_back(n.other);
    std::sort(refused[i].begin(), refused[i].end());
  }
  for (std::vector<Found>& part : found) {
    for (const Found& f : part) {
      if (std::binary_search(refused[f.first].begin(), refused[f.first].end(), f.second)) continue;
      clusters[f.first].neighbours.push_back({f.distance, f.second});
      clusters[f.second].neighbours.push_back({f.distance, f.first});
    }
    std::vector<Found>().swap(part);
  }
}

void NearestPairs::Lists::measure_against_all(std::uint32_t i) {
  mark_neighbours(clusters[i]);
  std::vector<double> distances(clusters.size(), kNever);
  constexpr std::size_t kPart = 512;
  const bool large = alive * columns > (1u << 18);
  for_each_part((clusters.size() + kPart - 1) / kPart, large ? threads : 1, [&](std::size_t part) {
    for (std::size_t q = part * kPart; q < std::min((part + 1) * kPart, clusters.size()); ++q) {
      const Cluster& other = clusters[q];
      if (q == i || !other.alive || marked(static_cast<std::uint32_t>(q))) continue;
      if (!share_a_shot(clusters[i].shots, other.shots)) distances[q] = distance(i, q);
    }
  });
  for (std::uint32_t q = 0; q < clusters.size(); ++q) {
    if (reach_of(distances[q]) >= reach) continue;
    clusters[i].neighbours.push_back({distances[q], q});
    clusters[q].neighbours.push_back({distances[q], i});
    clusters[q].best = std::min(clusters[q].best, ranked(distances[q], i, q));
    tournament.changed(q);
  }
  clusters[i].slack = 0;
  find_best(i);
  tournament.changed(i);
}

// ---- Merging --------------------------------------------------------------------------------------

void NearestPairs::Lists::merge(std::uint32_t i, std::uint32_t j) {
  Cluster& a = clusters[i];
  Cluster& b = clusters[j];
  std::vector<Neighbour> joined = joined_neighbours(i, j);
  join_points(a, i, b, j);

  const bool many = joined.size() * columns > (1u << 18);
  constexpr std::size_t kPart = 256;
  for_each_part((joined.size() + kPart - 1) / kPart, many ? threads : 1, [&](std::size_t part) {
    for (std::size_t n = part * kPart; n < std::min((part + 1) * kPart, joined.size()); ++n) {
      if (!joined[n].refused) joined[n].distance = distance(i, joined[n].other);
    }
  });

  b = Cluster{.alive = false};
  --alive;
  a.neighbours.clear();
  for (const Neighbour& n : joined) {
    const Cluster& other = clusters[n.other];
    const bool keep = !share_a_shot(a.shots, other.shots) && (n.refused || reach_of(n.distance) < reach);
    if (keep) a.neighbours.push_back(n);
    const Neighbour seen_from_there{n.distance, i, n.refused};
    replace_in(n.other, i, j, keep ? &seen_from_there : nullptr);
  }
  find_best(i);
  tournament.changed(i);
  tournament.changed(j);
}

/// The neighbours of both, each once; refused when either refused it.
std::vector<Neighbour> NearestPairs::Lists::joined_neighbours(std::uint32_t i, std::uint32_t j) {
  std::vector<Neighbour> joined;
  std::erase_if(clusters[i].neighbours, [&](const Neighbour& n) { return n.other == j; });
  std::erase_if(clusters[j].neighbours, [&](const Neighbour& n) { return n.other == i; });
  mark_neighbours(clusters[j]);
  for (const Neighbour& n : clusters[i].neighbours) {
    if (!marked(n.other)) joined.push_back(n);
  }
  std::vector<std::uint32_t> refused_by_first;
  for (const Neighbour& n : clusters[i].neighbours) {
    if (n.refused) refused_by_first.push_back(n.other);
  }
  std::sort(refused_by_first.begin(), refused_by_first.end());
  for (Neighbour n : clusters[j].neighbours) {
    n.refused |= std::binary_search(refused_by_first.begin(), refused_by_first.end(), n.other);
    joined.push_back(n);
  }
  return joined;
}

/// The first cluster becomes the mean of both; its slack as told at the head of the file.
void NearestPairs::Lists::join_points(Cluster& a, std::uint32_t i, const Cluster& b, std::uint32_t j) {
  const double d = distance(i, j);
  const auto sum_of = [&](const Cluster& c, std::size_t row) {
    if (!c.sum.empty()) return c.sum;
    const auto raw = rows.row(row);
    return std::vector<double>(raw.begin(), raw.end());
  };
  a.sum = sum_of(a, i);
  const std::vector<double> other = sum_of(b, j);
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
  std::set_union(a.shots.begin(), a.shots.end(), b.shots.begin(), b.shots.end(), std::back_inserter(shots));
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

void NearestPairs::Lists::replace_in(std::uint32_t q, std::uint32_t i, std::uint32_t j,
                                     const Neighbour* now) {
  Cluster& cluster = clusters[q];
  std::erase_if(cluster.neighbours, [&](const Neighbour& n) { return n.other == i || n.other == j; });
  if (now) cluster.neighbours.push_back(*now);
  find_best(q);
  tournament.changed(q);
}

void NearestPairs::Lists::find_best(std::uint32_t i) {
  ClusterPair best;
  for (const Neighbour& n : clusters[i].neighbours) {
    if (!n.refused && n.distance <= best.distance) best = std::min(best, ranked(n.distance, i, n.other));
  }
  clusters[i].best = best;
}

void NearestPairs::Lists::mark_neighbours(const Cluster& cluster) {
  ++stamp;
  for (const Neighbour& n : cluster.neighbours) mark[n.other] = stamp;
}

// ---- The door -------------------------------------------------------------------------------------

NearestPairs::NearestPairs(const EmbeddingMatrix& rows, std::span<const int> shot_of_row, Metric metric,
                           double farthest, int threads, int neighbours)
    : part_of_(rows.rows),
      lists_(std::make_unique<Lists>(rows, shot_of_row, metric, farthest, threads, neighbours)) {
  std::iota(part_of_.begin(), part_of_.end(), 0u);
}

NearestPairs::~NearestPairs() = default;

std::optional<ClusterPair> NearestPairs::nearest() {
  for (;;) {
    const ClusterPair best = lists_->tournament.best();
    const double wanted = lists_->reach_of(std::min(best.distance, lists_->farthest));
    if (lists_->alive < 2) return std::nullopt;
    if (lists_->lists_hold(wanted)) {
      return best.distance <= lists_->farthest ? std::optional(best) : std::nullopt;
    }
    lists_->widen(wanted);
  }
}

void NearestPairs::refuse(const ClusterPair& pair) {
  const auto refuse_in = [&](std::uint32_t i, std::uint32_t other) {
    for (Neighbour& n : lists_->clusters[i].neighbours) {
      if (n.other == other) n.refused = true;
    }
    lists_->find_best(i);
    lists_->tournament.changed(i);
  };
  refuse_in(pair.first, pair.second);
  refuse_in(pair.second, pair.first);
}

void NearestPairs::merge(const ClusterPair& pair) {
  lists_->merge(pair.first, pair.second);
  part_of_[pair.second] = pair.first;
}

Clustering NearestPairs::clustering() const {
  // A cluster keeps the place of its first member, so whatever a row became part of comes before it.
  Clustering result;
  result.cluster_of.resize(part_of_.size());
  for (std::size_t i = 0; i < part_of_.size(); ++i) {
    result.cluster_of[i] = part_of_[i] == i ? result.clusters++ : result.cluster_of[part_of_[i]];
  }
  return result;
}

}  // namespace dramatis
