#pragma once

// A person keeps its id from run to run: the computed person that covers most of the screen time of
// an earlier one inherits its id; ids are never given twice.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "project/cast_view.h"
#include "project/stored_cast.h"

namespace dramatis {

class Project;

/// Where everybody of the view is on the screen.
PersonTraces traces_of(const CastView& view, std::span<const StoredTrack> tracks,
                       const Timeline& timeline);

/// The same, of the stored cast under what was said; nobody while there is none.
PersonTraces traces_now(Project& project);

/// To be called before a stage's result is replaced: remembers the cast as it is now, for the
/// functions below. A cast of a part of the film is not worth remembering: a run that nobody spoke
/// to gives the same ids whether or not somebody looked on.
void remember_persons(Project& project);

/// Ids for the people of a new cast, one each. Where nothing is remembered (the analysis was lost),
/// the persons of whom the decisions speak keep theirs all the same.
std::vector<int> person_ids_for(const Cast& cast, std::span<const StoredTrack> tracks,
                                const Timeline& timeline, const PersonTraces& before,
                                const DecisionHistory& history);

/// Ids of persons before, and whoever has most of their screen time now. A person of whom no head
/// is tracked now has no entry.
using Heirs = std::map<int, int>;
Heirs heirs_of(const PersonTraces& before, const CastView& now,
               std::span<const StoredTrack> tracks);

/// Screen time that went from one person to another.
struct Move {
  int from = 0;
  int to = 0;  ///< 0: its heads are not tracked any more
  int tracks = 0;
  double seconds = 0;
};

/// What a new run moved, longest first.
std::vector<Move> what_moved(const PersonTraces& before, const CastView& now,
                             std::span<const StoredTrack> tracks);

/// One sentence a move, for people: "3 tracks (4.2 s) of Anna belong to person 9 now."
std::vector<std::string> sentences_of(const std::vector<Move>& moves, const CastView& now);

}  // namespace dramatis
