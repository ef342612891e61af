#include <algorithm>
#include <cmath>
#include <map>

#include "people/identities.h"

namespace dramatis {
namespace {

/// Below these odds for its own company a track is looked at again.
constexpr double kDoubtful = 1.0;
/// A track moves when another cluster is this much likelier, leaves when its company is this
/// unlikely.
constexpr double kMoves = 1.0;
constexpr double kLeaves = -0.5;
/// A cluster is split where its two halves are this unlikely to be one person.
constexpr double kSplits = -0.5;
constexpr int kRounds = 3;
constexpr std::size_t kLargestToSplit = 400;  ///< all pairs are compared

const std::vector<int>& members(const Identities& identities, int cluster) {
  return identities.members[static_cast<std::size_t>(cluster)];
}

int cluster_of(const Identities& identities, int track) {
  return identities.cluster_of[static_cast<std::size_t>(track)];
}

struct Company {
  int cluster = -1;
  double log_odds = -1e9;
};

/// The likeliest cluster for a track among those that it may join.
Company best_other_company(const Identities& identities, const Templates& templates,
                           const TrackConstraints& constraints, const Calibration& calibration,
                           int track) {
  Company best;
  for (int c = 0; c < static_cast<int>(identities.members.size()); ++c) {
    if (members(identities, c).empty() || c == cluster_of(identities, track)) continue;
    const auto s = similarity_to(identities, templates, track, c);
    if (!s || calibration.log_odds(*s) <= best.log_odds) continue;
    if (!is_apart_from(identities, constraints, track, c)) best = {c, calibration.log_odds(*s)};
  }
  return best;
}

/// Tracks that the user has joined to another.
std::vector<bool> bound_tracks(const TrackConstraints& constraints) {
  std::vector<int> size(constraints.group_of.size(), 0);
  for (int g : constraints.group_of) ++size[static_cast<std::size_t>(g)];
  std::vector<bool> bound;
  for (int g : constraints.group_of) bound.push_back(size[static_cast<std::size_t>(g)] > 1);
  return bound;
}

/// Whether any track went elsewhere.
bool move_doubtful_tracks(Identities& identities, const Templates& templates,
                          const TrackConstraints& constraints, const Calibration& calibration) {
  const std::vector<bool> bound = bound_tracks(constraints);
  bool moved = false;
  for (int t = 0; t < static_cast<int>(templates.size()); ++t) {
    const auto own = similarity_to(identities, templates, t, cluster_of(identities, t));
    if (bound[static_cast<std::size_t>(t)] || !own || calibration.log_odds(*own) >= kDoubtful)
      continue;
    const double own_odds = calibration.log_odds(*own);
    const Company other = best_other_company(identities, templates, constraints, calibration, t);
    if (other.log_odds >= std::max(kDoubtful, own_odds + kMoves)) {
      identities.move(t, other.cluster);
    } else if (own_odds < kLeaves) {
      identities.set_apart(t);
    } else {
      continue;
    }
    moved = true;
  }
  return moved;
}

/// The two members with templates that are least alike.
std::pair<int, int> least_alike(const std::vector<int>& tracks, const Templates& templates) {
  std::pair<int, int> pair{-1, -1};
  double least = 1e9;
  for (std::size_t m = 0; m < tracks.size(); ++m) {
    for (std::size_t n = 0; n < m; ++n) {
      const auto &a = templates[static_cast<std::size_t>(tracks[m])],
                 &b = templates[static_cast<std::size_t>(tracks[n])];
      if (!a || !b) continue;
      if (const double s = similarity(*a, *b); s < least) least = s, pair = {tracks[n], tracks[m]};
    }
  }
  return pair;
}

/// Around its two least alike members, the cluster falls into two; apart if the halves are unlike.
/// What the user has bound is left alone.
void split_if_two(Identities& identities, const Templates& templates,
                  const std::vector<bool>& bound, const Calibration& calibration, int cluster) {
  const std::vector<int> tracks = members(identities, cluster);
  if (tracks.size() < 4 || tracks.size() > kLargestToSplit) return;
  if (std::any_of(tracks.begin(), tracks.end(),
                  [&](int t) { return bound[static_cast<std::size_t>(t)]; }))
    return;
  const auto [first, second] = least_alike(tracks, templates);
  if (first < 0) return;
  const auto &a = templates[static_cast<std::size_t>(first)],
             &b = templates[static_cast<std::size_t>(second)];
  Identities trial = identities;
  trial.set_apart(second);
  for (int t : tracks) {
    const auto& mine = templates[static_cast<std::size_t>(t)];
    if (t != second && mine && similarity(*mine, *b) > similarity(*mine, *a)) {
      trial.move(t, cluster_of(trial, second));
    }
  }
  const auto s = similarity_between(trial, templates, cluster, cluster_of(trial, second));
  if (s && calibration.log_odds(*s) < kSplits) identities = std::move(trial);
}

}  // namespace

void Identities::move(int track, int cluster) {
  std::vector<int>& from =
      members[static_cast<std::size_t>(cluster_of[static_cast<std::size_t>(track)])];
  std::vector<int>& to = members[static_cast<std::size_t>(cluster)];
  from.erase(std::find(from.begin(), from.end(), track));
  to.insert(std::upper_bound(to.begin(), to.end(), track), track);
  cluster_of[static_cast<std::size_t>(track)] = cluster;
}

void Identities::set_apart(int track) {
  const int person = 1 + *std::max_element(person_of.begin(), person_of.end());
  members.emplace_back();
  person_of.push_back(person);
  move(track, static_cast<int>(members.size()) - 1);
}

void Identities::join_persons() {
  std::map<int, int> cluster_of_person;
  std::vector<std::vector<int>> joined;
  for (std::size_t c = 0; c < members.size(); ++c) {
    if (members[c].empty()) continue;
    const auto [cluster, fresh] =
        cluster_of_person.try_emplace(person_of[c], static_cast<int>(joined.size()));
    if (fresh) joined.emplace_back();
    std::vector<int>& all = joined[static_cast<std::size_t>(cluster->second)];
    all.insert(all.end(), members[c].begin(), members[c].end());
  }
  members = std::move(joined);
  person_of.resize(members.size());
  for (std::size_t c = 0; c < members.size(); ++c) {
    std::sort(members[c].begin(), members[c].end());
    person_of[c] = static_cast<int>(c);
    for (int t : members[c]) cluster_of[static_cast<std::size_t>(t)] = static_cast<int>(c);
  }
}

std::optional<double> similarity_to(const Identities& identities, const Templates& templates,
                                    int track, int cluster) {
  const auto& mine = templates[static_cast<std::size_t>(track)];
  if (!mine) return std::nullopt;
  double sum = 0, weight = 0;
  for (int m : members(identities, cluster)) {
    const auto& other = templates[static_cast<std::size_t>(m)];
    if (m == track || !other) continue;
    sum += other->weight * similarity(*mine, *other);
    weight += other->weight;
  }
  if (weight <= 0) return std::nullopt;
  return sum / weight;
}

std::optional<double> similarity_between(const Identities& identities, const Templates& templates,
                                         int a, int b) {
  double sum = 0, weight = 0;
  for (int m : members(identities, a)) {
    const auto& mine = templates[static_cast<std::size_t>(m)];
    if (!mine) continue;
    if (const auto s = similarity_to(identities, templates, m, b)) {
      sum += mine->weight * *s;
      weight += mine->weight;
    }
  }
  if (weight <= 0) return std::nullopt;
  return sum / weight;
}

bool is_apart_from(const Identities& identities, const TrackConstraints& constraints, int track,
                   int cluster) {
  const auto picture = [&](int t) { return constraints.picture[static_cast<std::size_t>(t)]; };
  const std::vector<int>& there = members(identities, cluster);
  if (!there.empty() && picture(there[0]) != picture(track)) return true;
  const int person = identities.person_of[static_cast<std::size_t>(cluster)];
  const auto& others = constraints.apart[static_cast<std::size_t>(track)];
  return std::any_of(others.begin(), others.end(),
                     [&](int other) { return identities.person_of_track(other) == person; });
}

bool are_apart(const Identities& identities, const TrackConstraints& constraints, int a, int b) {
  const int person = identities.person_of[static_cast<std::size_t>(a)];
  for (std::size_t c = 0; c < identities.members.size(); ++c) {
    if (identities.person_of[c] != person) continue;
    for (int t : identities.members[c]) {
      if (is_apart_from(identities, constraints, t, b)) return true;
    }
  }
  return false;
}

void correct_identities(Identities& identities, const Templates& templates,
                        const TrackConstraints& constraints, const Calibration& calibration) {
  for (int round = 0; round < kRounds; ++round) {
    if (!move_doubtful_tracks(identities, templates, constraints, calibration)) break;
  }
  const std::vector<bool> bound = bound_tracks(constraints);
  const int clusters = static_cast<int>(identities.members.size());
  for (int c = 0; c < clusters; ++c) split_if_two(identities, templates, bound, calibration, c);
}

}  // namespace dramatis
