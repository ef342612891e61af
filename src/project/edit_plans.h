#pragma once

// What a person may say, checked against the cast as it is and made into decisions. A plan changes
// nothing; CastEditor stores it. Every function throws Failure{usage}, naming what exists, when it
// is given something that does not.

#include <string>
#include <vector>

#include "project/decision_log.h"
#include "project/snapshot.h"

namespace dramatis {

struct Plan {
  NewDecision decision;
  std::string sentence;            ///< what it does: "Person 3 is called Anna."
  std::vector<std::string> notes;  ///< what the user may not have thought of
};

/// The person of that id, or else of that name.
int person_meant_by(const Snapshot& snapshot, const std::string& id_or_name);

/// An empty name takes the name away. Two persons may have one name; the notes say so.
Plan plan_name(const Snapshot& snapshot, int person, const std::string& name);
/// All become the first. Heads that are in the picture together are no obstacle: the user's word
/// counts, and the notes say where.
Plan plan_merge(const Snapshot& snapshot, const std::vector<int>& persons);
/// The tracks leave their persons and are one new person.
Plan plan_split(const Snapshot& snapshot, const std::vector<int>& tracks);
/// The tracks leave their persons and belong to `person`.
Plan plan_move(const Snapshot& snapshot, const std::vector<int>& tracks, int person);
Plan plan_ignore(const Snapshot& snapshot, const std::vector<int>& persons, bool on = true);
/// A portrait, poster, statue or screen; `on` false: real persons after all.
Plan plan_picture(const Snapshot& snapshot, const std::vector<int>& persons, bool on = true);
/// Two tracks show one person: their persons become one.
Plan plan_same(const Snapshot& snapshot, int track_a, int track_b);
/// Two tracks show two persons: if they were one, the less certain track becomes a new one.
Plan plan_different(const Snapshot& snapshot, int track_a, int track_b);
/// The film keeps these two tracks apart, wrongly: a mirror, a split screen, a twin role.
Plan plan_release(const Snapshot& snapshot, int track_a, int track_b);

/// What a stored decision did, in one sentence.
std::string sentence_of(const Decision& decision);

}  // namespace dramatis
