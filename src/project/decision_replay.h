#pragma once

// What all decisions together say of the tracks of today, before any cast is looked at.
//
// Every decision carries the persons it was about, each with all tracks it had at that moment. So
// the log alone, played from its beginning, tells which tracks the user has put together and which
// apart; later words override earlier ones track by track. The replay knows two kinds of belonging:
//   firm  the user said it: merged, taken out, moved, answered. It binds every later cast.
//   soft  it was so when a person was named or ignored. It tells where that person is today (where
//         most of its tracks are), but a better cast may well move a track.

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "project/decision.h"
#include "project/track_finder.h"

namespace dramatis {

/// A person of whom something was said.
struct ToldPerson {
  std::string name;
  bool ignored = false;
  std::optional<bool> picture;

  bool stands_out() const { return !name.empty() || ignored || picture.value_or(false); }
};

/// Which person a track belongs to, as far as it was told.
struct ToldMembership {
  int person = 0;  ///< 0: nothing was told
  bool firm = false;
};

/// Two tracks (places in the list of tracks), smaller first.
using TrackPair = std::pair<std::size_t, std::size_t>;

struct Told {
  std::map<int, ToldPerson> persons;    ///< by id
  std::vector<ToldMembership> tracks;   ///< one for each track
  std::set<TrackPair> same;             ///< answers, and heads taken out together
  std::set<TrackPair> different;        ///< answers
  std::set<TrackPair> released;         ///< cannot-links that do not hold
  std::set<std::pair<int, int>> apart;  ///< persons of which one was taken out of the other
};

/// Plays the decisions in force over the tracks of today. `cast_knows_up_to` is the last entry of
/// the log that the cast was computed with (StoredCast::decisions_up_to): what was said later is
/// taken at its word for every track, because it was said of this very cast; and what has been
/// taken back since is undone in it. 0 takes everything at its word, INT64_MAX nothing.
Told replay(const DecisionHistory& history, std::span<const StoredTrack> tracks,
            std::int64_t cast_knows_up_to);

/// The highest person id in the log, also in what was taken back.
int highest_person_id(const DecisionHistory& history);

}  // namespace dramatis
