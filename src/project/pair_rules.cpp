#include "project/pair_rules.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "project/decision_replay.h"

namespace dramatis {
namespace {

using Places = std::vector<std::size_t>;  ///< in the list of tracks

/// How many tracks speak for a person when it is kept apart from another.
constexpr std::size_t kRepresentatives = 3;

class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }

 private:
  Places parent_;
};

/// Best evidence first: tracks with faces, then the longer ones.
Places by_weight(Places places, std::span<const StoredTrack> tracks) {
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const auto weight = [&](std::size_t i) {
      const Track& track = tracks[i].track;
      return std::tuple(track.faces.empty(), -track.range.size(), tracks[i].id);
    };
    return weight(a) < weight(b);
  });
  return places;
}

class RuleMaker {
 public:
  RuleMaker(const Told& told, std::span<const StoredTrack> tracks)
      : told_(told), tracks_(tracks), groups_(tracks.size()) {
    for (std::size_t i = 0; i < told.tracks.size(); ++i) {
      const ToldMembership& membership = told.tracks[i];
      if (membership.person == 0) continue;
      all_of_[membership.person].push_back(i);
      if (membership.firm) firm_of_[membership.person].push_back(i);
    }
    for (auto& [person, places] : all_of_) places = by_weight(std::move(places), tracks);
  }

  std::vector<PairRule> rules() && {
    bind_firm_tracks();
    for (const auto& [a, b] : told_.same) join(a, b, "the user says that they are the same");
    for (const auto& [a, b] : told_.different)
      part(a, b, "the user says that they are not the same");
    for (const auto& [a, b] : told_.apart) part_persons(a, b, "the user took one out of the other");
    keep_those_apart_who_stand_out();
    for (const auto& [a, b] : told_.released)
      add(a, b, PairRuleKind::may_be_same, "the user released it");
    return std::move(rules_);
  }

 private:
  void bind_firm_tracks() {
    for (auto& [person, places] : firm_of_) {
      places = by_weight(std::move(places), tracks_);
      for (std::size_t i = 1; i < places.size(); ++i)
        join(places.front(), places[i], "the user put them together");
      release_overlaps(places);
    }
  }

  /// Two heads at once that the user calls one: a mirror, a split screen, or a track found twice.
  void release_overlaps(Places places) {
    std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return tracks_[a].track.range.start < tracks_[b].track.range.start;
    });
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t j = i + 1; j < places.size(); ++j) {
        const FrameRange& first = tracks_[places[i]].track.range;
        const FrameRange& second = tracks_[places[j]].track.range;
        if (second.start >= first.end) break;
        add(places[i], places[j], PairRuleKind::may_be_same, "the user put them together");
      }
  }

  void keep_those_apart_who_stand_out() {
    for (auto a = told_.persons.begin(); a != told_.persons.end(); ++a) {
      if (!a->second.stands_out()) continue;
      for (auto b = std::next(a); b != told_.persons.end(); ++b)
        if (b->second.stands_out() && must_differ(a->second, b->second))
          part_persons(a->first, b->first, "the user calls them differently");
    }
  }

  static bool must_differ(const ToldPerson& a, const ToldPerson& b) {
    if (a.name.empty() && b.name.empty()) return a.ignored != b.ignored || a.picture != b.picture;
    return a.name != b.name;
  }

  void part_persons(int a, int b, const char* reason) {
    const Places& first = all_of_[a];
    const Places& second = all_of_[b];
    for (std::size_t i = 0; i < std::min(first.size(), kRepresentatives); ++i)
      for (std::size_t j = 0; j < std::min(second.size(), kRepresentatives); ++j)
        part(first[i], second[j], reason);
  }

  void join(std::size_t a, std::size_t b, const char* reason) {
    groups_.join(a, b);
    add(a, b, PairRuleKind::same, reason);
  }
  /// All that is the same is known by now; what contradicts it is left out.
  void part(std::size_t a, std::size_t b, const char* reason) {
    if (groups_.find(a) != groups_.find(b)) add(a, b, PairRuleKind::different, reason);
  }
  void add(std::size_t a, std::size_t b, PairRuleKind kind, const char* reason) {
    const auto [low, high] = std::minmax(tracks_[a].id, tracks_[b].id);
    if (low != high && known_.emplace(low, high, kind).second)
      rules_.push_back({low, high, kind, reason});
  }

  const Told& told_;
  std::span<const StoredTrack> tracks_;
  Groups groups_;
  std::map<int, Places> all_of_;
  std::map<int, Places> firm_of_;
  std::set<std::tuple<int, int, PairRuleKind>> known_;
  std::vector<PairRule> rules_;
};

}  // namespace

std::vector<PairRule> rules_of(const DecisionHistory& history,
                               std::span<const StoredTrack> tracks) {
  const Told told = replay(history, tracks, INT64_MAX);
  return RuleMaker(told, tracks).rules();
}

std::vector<PictureMark> picture_marks_of(const DecisionHistory& history,
                                          std::span<const StoredTrack> tracks) {
  const Told told = replay(history, tracks, INT64_MAX);
  std::vector<PictureMark> marks;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const auto person = told.persons.find(told.tracks[i].person);
    if (person != told.persons.end() && person->second.picture)
      marks.push_back({tracks[i].id, *person->second.picture});
  }
  return marks;
}

std::string fingerprint_of(const DecisionHistory& history) {
  std::string text = "decisions";
  for (const std::int64_t sequence : decisions_in_force(history))
    text += ' ' + std::to_string(sequence);
  return text;
}

}  // namespace dramatis
