#pragma once

// The cast as the user sees it: what was computed, and over it what was said. Everything that
// shows, renders or exports people reads this.

#include <span>
#include <string>
#include <vector>

#include "people/cast.h"
#include "project/decision.h"
#include "project/stored_cast.h"
#include "project/stored_track.h"

namespace dramatis {

/// One person of the cast.
struct PersonView {
  int id = 0;        ///< from 1; stays with the person over edits and later runs
  std::string name;  ///< empty: nobody named it yet
  PersonKind kind = PersonKind::character;
  bool ignored = false;     ///< by the user; neither counted nor named anywhere
  std::vector<int> tracks;  ///< ids, ascending
  std::vector<int> shots;   ///< ids, ascending
  double seconds = 0;       ///< at least one of its heads is on the screen
  FrameRange frames;        ///< from its first appearance to the end of its last
  float confidence = 1;     ///< that the tracks belong together, by time on the screen, 0 to 1

  /// A person of the cast: neither ignored, nor a picture, nor a head that nobody knows.
  bool counts() const {
    return !ignored && kind != PersonKind::picture && kind != PersonKind::faceless;
  }
  /// Somebody is there, but who is not known.
  bool is_faceless() const { return !ignored && kind == PersonKind::faceless; }
  /// "Anna", or "person 3".
  std::string shown_name() const;

  friend bool operator==(const PersonView&, const PersonView&) = default;
};

/// What is known of one track's belonging.
struct TrackView {
  int track = 0;
  int person = 0;  ///< 0 if the cast does not know the track
  float confidence = 1;
  MembershipBasis basis = MembershipBasis::face;
};

struct CastView {
  /// Those that count first, characters before extras, longest screen time first; then pictures,
  /// then heads that nobody knows, then the ignored.
  std::vector<PersonView> persons;
  std::vector<TrackView> tracks;  ///< by id
  /// Named persons none of whose heads is tracked today: nothing to show, but nothing forgotten.
  std::vector<std::string> unplaced_names;
  /// Ids of persons of whom the user said that they are not the same.
  std::vector<std::pair<int, int>> told_apart;
  /// Pairs of tracks (smaller id first) of which the user said that they show one person.
  std::vector<std::pair<int, int>> told_same;
  int highest_id = 0;  ///< of all persons here and in the decision log

  const PersonView* find(int id) const;                ///< nullptr if there is none
  const PersonView* person_of_track(int track) const;  ///< likewise
};

/// Lays the decisions over the cast. An edit shows at once and moves nothing but what it speaks of.
/// A cast that was computed anew keeps its own mind except where the user's word binds: firm tracks
/// belong where they were put, and a name, like "ignored" or "a picture", goes to the person that
/// holds most of the screen time it was given to. Two names never meet in one person.
/// Pure: the same arguments give the same view. `tracks` by id.
CastView view_of(const StoredCast& cast, std::span<const StoredTrack> tracks,
                 const Timeline& timeline, const DecisionHistory& history);

/// Seconds during which at least one of the ranges is on the screen.
double union_seconds(std::vector<FrameRange> ranges, const Timeline& timeline);

}  // namespace dramatis
