#include "project/decision_replay.h"

#include <algorithm>

namespace dramatis {
namespace {

/// A track of today is what was spoken of if it holds this share of the anchor's heads, or lies to
/// this share within the anchor's time: a piece of a track that is followed in several pieces now.
constexpr float kBindingShare = 0.5f;

struct Hit {
  std::size_t track = 0;
  bool binding = false;
};

/// The tracks of a decision, as those of today.
struct ResolvedDecision {
  const Decision* decision = nullptr;
  std::vector<std::vector<Hit>> before;  ///< for each person of decision->before
  std::vector<Hit> tracks;
};

class Resolver {
 public:
  Resolver(const DecisionHistory& history, std::span<const StoredTrack> tracks)
      : history_(history), tracks_(tracks), finder_(tracks), cache_(history.anchors.size()) {}

  std::vector<Hit> tracks_of(const std::vector<AnchorId>& anchors) {
    std::vector<Hit> hits;
    for (const AnchorId id : anchors) {
      const auto& matches = matches_of(id);
      for (const AnchorMatch& match : matches) {
        const bool binding = match.share >= kBindingShare || is_piece(match.track, id);
        if (binding || &match == &matches.front()) hits.push_back({match.track, binding});
      }
    }
    return hits;
  }

  /// The one track that an anchor means best.
  std::optional<std::size_t> main_track(AnchorId id) {
    const auto& matches = matches_of(id);
    return matches.empty() ? std::nullopt : std::optional(matches.front().track);
  }

  ResolvedDecision resolve(const Decision& decision) {
    ResolvedDecision resolved{&decision, {}, tracks_of(decision.tracks)};
    for (const PersonBefore& person : decision.before)
      resolved.before.push_back(tracks_of(person.tracks));
    return resolved;
  }

 private:
  bool is_piece(std::size_t track, AnchorId id) const {
    const FrameRange& range = tracks_[track].track.range;
    const FrameRange shared = range.intersection(history_.anchor(id).range);
    return static_cast<float>(shared.size()) >= kBindingShare * static_cast<float>(range.size());
  }

  const std::vector<AnchorMatch>& matches_of(AnchorId id) {
    auto& known = cache_[static_cast<std::size_t>(id)];
    if (!known) known = finder_.find(history_.anchor(id));
    return *known;
  }

  const DecisionHistory& history_;
  std::span<const StoredTrack> tracks_;
  TrackFinder finder_;
  std::vector<std::optional<std::vector<AnchorMatch>>> cache_;
};

TrackPair ordered(std::size_t a, std::size_t b) { return std::minmax(a, b); }

class Player {
 public:
  Player(const DecisionHistory& history, std::span<const StoredTrack> tracks)
      : resolver_(history, tracks) {
    told_.tracks.resize(tracks.size());
  }

  /// `word_for_word`: every track of the persons concerned is bound, not only those spoken of.
  void play(const Decision& decision, bool word_for_word) {
    const ResolvedDecision resolved = resolver_.resolve(decision);
    word_for_word_ = word_for_word;
    for (std::size_t i = 0; i < resolved.before.size(); ++i) {
      forget_all_but(resolved.before[i], decision.before[i].person);
      tell(resolved.before[i], decision.before[i].person, false);
    }
    switch (decision.kind) {
      case DecisionKind::name:
        told_.persons[decision.person].name = decision.name;
        break;
      case DecisionKind::merge:
        merge(resolved, true);
        break;
      case DecisionKind::split:
      case DecisionKind::move:
        take_out(resolved, resolved.tracks);
        break;
      case DecisionKind::ignore:
        for (const PersonBefore& person : decision.before)
          told_.persons[person.person].ignored = decision.on;
        break;
      case DecisionKind::picture:
        for (const PersonBefore& person : decision.before)
          told_.persons[person.person].picture = decision.on;
        break;
      case DecisionKind::same:
        merge(resolved, false);
        tell(resolved.tracks, decision.person, true);
        note_pair(decision, told_.same);
        break;
      case DecisionKind::different:
        if (decision.person != 0) take_out(resolved, resolver_.tracks_of({decision.tracks.at(1)}));
        note_pair(decision, told_.different);
        break;
      case DecisionKind::release:
        note_pair(decision, told_.released);
        break;
    }
  }

  /// The cast was computed while this decision held, and it holds no more: what it moved goes back.
  void take_back(const Decision& decision) {
    const ResolvedDecision resolved = resolver_.resolve(decision);
    word_for_word_ = false;
    for (std::size_t i = 0; i < resolved.before.size(); ++i) {
      const int person = decision.before[i].person;
      switch (decision.kind) {
        case DecisionKind::merge:
        case DecisionKind::same:
          tell(resolved.before[i], person, person != decision.person);
          break;
        case DecisionKind::split:
        case DecisionKind::move:
        case DecisionKind::different:
          tell(resolved.before[i], person, false);
          tell(common(resolved.before[i], resolved.tracks), person, true);
          break;
        default:
          break;
      }
    }
  }

  Told told() && { return std::move(told_); }

 private:
  void tell(const std::vector<Hit>& hits, int person, bool firm) {
    told_.persons[person];
    for (const Hit& hit : hits) {
      ToldMembership& membership = told_.tracks[hit.track];
      const bool stays_firm = membership.firm && membership.person == person;
      const bool bound = hit.binding && (firm || word_for_word_);
      if (!bound && membership.firm && membership.person != person && !hit.binding) continue;
      membership = {person, bound || stays_firm};
    }
  }

  /// The user saw the person with these tracks: what belonged to it softly before does no more.
  void forget_all_but(const std::vector<Hit>& hits, int person) {
    std::set<std::size_t> mentioned;
    for (const Hit& hit : hits) mentioned.insert(hit.track);
    for (std::size_t i = 0; i < told_.tracks.size(); ++i) {
      ToldMembership& membership = told_.tracks[i];
      if (membership.person == person && !membership.firm && !mentioned.contains(i))
        membership = {};
    }
  }

  void merge(const ResolvedDecision& resolved, bool firm) {
    const int survivor = resolved.decision->person;
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < resolved.before.size(); ++i) {
      tell(resolved.before[i], survivor, firm);
      for (const Hit& hit : resolved.before[i]) all.insert(hit.track);
      const int person = resolved.decision->before[i].person;
      if (person != survivor) absorb(person, survivor);
    }
    told_.persons[survivor].name = resolved.decision->name;
    std::erase_if(told_.different, [&](const TrackPair& pair) {
      return all.contains(pair.first) && all.contains(pair.second);
    });
  }

  /// All that was told of `person` is told of `survivor` from now on.
  void absorb(int person, int survivor) {
    for (ToldMembership& membership : told_.tracks)
      if (membership.person == person) membership.person = survivor;
    told_.persons.erase(person);
    std::set<std::pair<int, int>> apart;
    for (auto [a, b] : told_.apart) {
      if (a == person) a = survivor;
      if (b == person) b = survivor;
      if (a != b) apart.insert(std::minmax(a, b));
    }
    told_.apart = std::move(apart);
  }

  void take_out(const ResolvedDecision& resolved, const std::vector<Hit>& taken) {
    const int goal = resolved.decision->person;
    tell(taken, goal, true);
    std::set<std::size_t> out;
    for (const Hit& hit : taken) out.insert(hit.track);
    std::erase_if(told_.same, [&](const TrackPair& pair) {
      return out.contains(pair.first) != out.contains(pair.second);
    });
    for (std::size_t i = 0; i < resolved.before.size(); ++i) {
      const int source = resolved.decision->before[i].person;
      if (source != goal) told_.apart.insert(std::minmax(source, goal));
      if (source != goal) continue;
      std::erase_if(told_.different,
                    [&](const TrackPair& pair) { return joins(pair, out, resolved.before[i]); });
    }
  }

  static bool joins(const TrackPair& pair, const std::set<std::size_t>& out,
                    const std::vector<Hit>& goal) {
    const auto in_goal = [&](std::size_t track) {
      return std::any_of(goal.begin(), goal.end(), [&](const Hit& h) { return h.track == track; });
    };
    return (out.contains(pair.first) && in_goal(pair.second)) ||
           (out.contains(pair.second) && in_goal(pair.first));
  }

  static std::vector<Hit> common(const std::vector<Hit>& a, const std::vector<Hit>& b) {
    std::set<std::size_t> in_b;
    for (const Hit& hit : b) in_b.insert(hit.track);
    std::vector<Hit> both;
    for (const Hit& hit : a)
      if (in_b.contains(hit.track)) both.push_back(hit);
    return both;
  }

  void note_pair(const Decision& decision, std::set<TrackPair>& pairs) {
    if (decision.tracks.size() != 2) return;
    const auto a = resolver_.main_track(decision.tracks[0]);
    const auto b = resolver_.main_track(decision.tracks[1]);
    if (!a || !b || a == b) return;
    const TrackPair pair = ordered(*a, *b);
    if (&pairs != &told_.released) {
      told_.same.erase(pair);  // the last word counts
      told_.different.erase(pair);
    }
    pairs.insert(pair);
  }

  Resolver resolver_;
  Told told_;
  bool word_for_word_ = false;
};

}  // namespace

Told replay(const DecisionHistory& history, std::span<const StoredTrack> tracks,
            std::int64_t cast_knows_up_to) {
  const auto known = decisions_in_force(history, cast_knows_up_to);
  const auto now = decisions_in_force(history);
  // Undo takes the last first, so what the cast knew and what holds now begin alike.
  const auto parting = std::mismatch(known.begin(), known.end(), now.begin(), now.end());

  Player player(history, tracks);
  const auto decision = [&](std::int64_t sequence) -> const Decision& {
    return *history.entry(sequence).decision;
  };
  for (auto it = now.begin(); it != parting.second; ++it) player.play(decision(*it), false);
  for (auto it = known.end(); it != parting.first;) player.take_back(decision(*--it));
  for (auto it = parting.second; it != now.end(); ++it) player.play(decision(*it), true);
  return std::move(player).told();
}

int highest_person_id(const DecisionHistory& history) {
  int highest = 0;
  for (const LogEntry& entry : history.entries) {
    if (!entry.decision) continue;
    highest = std::max(highest, entry.decision->person);
    for (const PersonBefore& person : entry.decision->before)
      highest = std::max(highest, person.person);
  }
  return highest;
}

}  // namespace dramatis
