#include "people/constraints.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace dramatis {
namespace {

using Pair = std::pair<int, int>;

Pair ordered(int a, int b) { return {std::min(a, b), std::max(a, b)}; }

struct Groups {
  std::vector<int> part_of;
  explicit Groups(std::size_t tracks) : part_of(tracks) {
    std::iota(part_of.begin(), part_of.end(), 0);
  }
  int of(int track) const {
    while (part_of[static_cast<std::size_t>(track)] != track)
      track = part_of[static_cast<std::size_t>(track)];
    return track;
  }
  void join(int a, int b) {
    const auto [first, second] = ordered(of(a), of(b));
    part_of[static_cast<std::size_t>(second)] = first;
  }
};

/// Rules of one kind, by the tracks' places; each with the rule that said so.
std::map<Pair, const PairRule*> rules_of_kind(std::span<const PairRule> rules, PairRuleKind kind,
                                              const std::unordered_map<int, int>& place_of) {
  std::map<Pair, const PairRule*> found;
  for (const PairRule& rule : rules) {
    const auto a = place_of.find(rule.track_a), b = place_of.find(rule.track_b);
    if (rule.kind != kind || a == place_of.end() || b == place_of.end() || a == b) continue;
    found[ordered(a->second, b->second)] = &rule;
  }
  return found;
}

/// Tracks of one shot that share a frame.
std::vector<Pair> seen_together(std::span<const TrackEvidence> tracks) {
  std::vector<int> by_start(tracks.size());
  std::iota(by_start.begin(), by_start.end(), 0);
  const auto track = [&](int i) -> const TrackEvidence& {
    return tracks[static_cast<std::size_t>(i)];
  };
  std::stable_sort(by_start.begin(), by_start.end(), [&](int a, int b) {
    return std::pair(track(a).shot, track(a).range.start) <
           std::pair(track(b).shot, track(b).range.start);
  });
  std::vector<Pair> together;
  for (std::size_t m = 0; m < by_start.size(); ++m) {
    const TrackEvidence& first = track(by_start[m]);
    for (std::size_t n = m + 1; n < by_start.size(); ++n) {
      const TrackEvidence& second = track(by_start[n]);
      if (second.shot != first.shot || second.range.start >= first.range.end) break;
      if (first.range.overlaps(second.range)) together.push_back(ordered(by_start[m], by_start[n]));
    }
  }
  return together;
}

PairRule both_in_the_picture(const TrackEvidence& a, const TrackEvidence& b) {
  const FrameRange both = a.range.intersection(b.range);
  const FrameNumber frame = both.start + both.size() / 2;
  return {a.track, b.track, PairRuleKind::different,
          fmt::format("both in the picture at frame {}", frame), frame};
}

std::vector<int> numbered_by_first_appearance(const Groups& groups) {
  std::vector<int> group_of(groups.part_of.size());
  int next = 0;
  for (std::size_t i = 0; i < group_of.size(); ++i) {
    const int first = groups.of(static_cast<int>(i));
    group_of[i] = first == static_cast<int>(i) ? next++ : group_of[static_cast<std::size_t>(first)];
  }
  return group_of;
}

}  // namespace

TrackConstraints constraints_of(std::span<const TrackEvidence> tracks,
                                std::span<const PairRule> rules) {
  std::unordered_map<int, int> place_of;
  for (std::size_t i = 0; i < tracks.size(); ++i) place_of[tracks[i].track] = static_cast<int>(i);
  const auto same = rules_of_kind(rules, PairRuleKind::same, place_of);
  const auto different = rules_of_kind(rules, PairRuleKind::different, place_of);
  const auto released = rules_of_kind(rules, PairRuleKind::may_be_same, place_of);

  Groups groups(tracks.size());
  for (const auto& [pair, rule] : same) groups.join(pair.first, pair.second);

  TrackConstraints constraints{numbered_by_first_appearance(groups), {}, {}, {}};
  constraints.apart.resize(tracks.size());
  // A group holds a picture only when all of it is one: the user joined it to a person knowingly.
  constraints.picture.resize(tracks.size(), true);
  std::map<int, bool> all_pictures;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    auto [group, fresh] = all_pictures.try_emplace(constraints.group_of[i], true);
    group->second = group->second && tracks[i].is_picture;
  }
  for (std::size_t i = 0; i < tracks.size(); ++i)
    constraints.picture[i] = all_pictures[constraints.group_of[i]];
  const auto add = [&](const Pair& pair, const PairRule& rule) {
    const auto [a, b] = pair;
    if (groups.of(a) == groups.of(b)) return;
    constraints.cannot_links.push_back(rule);
    constraints.apart[static_cast<std::size_t>(a)].push_back(b);
    constraints.apart[static_cast<std::size_t>(b)].push_back(a);
  };
  for (const auto& [pair, rule] : different) add(pair, *rule);
  for (const Pair& pair : seen_together(tracks)) {
    const TrackEvidence& a = tracks[static_cast<std::size_t>(pair.first)];
    const TrackEvidence& b = tracks[static_cast<std::size_t>(pair.second)];
    const bool with_a_picture = a.is_picture || b.is_picture;  // then the film says nothing
    if (with_a_picture || released.contains(pair) || different.contains(pair)) continue;
    add(pair, both_in_the_picture(a, b));
  }
  for (std::vector<int>& others : constraints.apart) std::sort(others.begin(), others.end());
  return constraints;
}

}  // namespace dramatis
