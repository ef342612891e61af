#include "web/sight.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "project/track_finder.h"

namespace dramatis {
namespace {

/// So much of what was spoken of must be a track's for it to be that track.
constexpr float kSameTrack = 0.5f;

/// Tracks that a decision in force names one by one.
std::set<int> spoken_of(const Snapshot& snapshot, const DecisionHistory& history) {
  const TrackFinder finder(snapshot.tracks);
  std::set<int> tracks;
  for (const std::int64_t sequence : decisions_in_force(history)) {
    const Decision& decision = *history.entry(sequence).decision;
    if (decision.kind == DecisionKind::release) continue;
    for (const AnchorId anchor : decision.tracks)
      for (const AnchorMatch& match : finder.find(history.anchor(anchor)))
        if (match.share >= kSameTrack) tracks.insert(snapshot.tracks[match.track].id);
  }
  return tracks;
}

}  // namespace

const TrackView& Sight::track(int id) const {
  return *std::lower_bound(tracks.begin(), tracks.end(), id,
                           [](const TrackView& view, int i) { return view.track < i; });
}

std::vector<TrackView> doubts_of(const Snapshot& snapshot, const StoredCast& cast,
                                 const DecisionHistory& history) {
  std::unordered_map<int, const Membership*> computed;
  for (const Membership& membership : cast.cast.memberships)
    computed[membership.track] = &membership;
  const std::set<int> answered = spoken_of(snapshot, history);
  std::vector<TrackView> tracks = snapshot.view.tracks;
  for (TrackView& view : tracks) {
    const auto found = computed.find(view.track);
    if (view.basis != MembershipBasis::user || found == computed.end()) continue;
    const Membership& was = *found->second;
    const bool stayed = cast.person_ids[static_cast<std::size_t>(was.person)] == view.person;
    if (!stayed || answered.contains(view.track)) continue;
    view.confidence = was.confidence;
    view.basis = was.basis;
  }
  return tracks;
}

}  // namespace dramatis
