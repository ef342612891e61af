#pragma once

// What a person said of a film. The most precious data there is: kept apart from everything that
// can be computed, written once, never changed; undo and redo are entries of their own.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "project/anchor.h"

namespace dramatis {

/// A track in the decision log: the place of its TrackAnchor in the log's list of anchors.
using AnchorId = std::int64_t;

enum class DecisionKind {
  name,       ///< `person` is called `name`; an empty name takes the name away
  merge,      ///< all persons of `before` are one: `person`
  split,      ///< `tracks` leave the persons of `before` and are one new `person`
  move,       ///< `tracks` leave the persons of `before` and belong to `person`
  ignore,     ///< the persons of `before` are nobody of interest; `on` false: they are
  picture,    ///< the persons of `before` are portraits, posters, screens; `on` false: real
  same,       ///< the two `tracks` show one person
  different,  ///< the two `tracks` show two persons; `person`: who left if they were one
  release,    ///< the two `tracks` may be one person although both are in the picture
};

/// A person and the tracks it had when something was said of it.
struct PersonBefore {
  int person = 0;
  std::vector<AnchorId> tracks;
};

struct Decision {
  DecisionKind kind = DecisionKind::name;
  int person = 0;                    ///< the id it had, or was given
  std::string name;                  ///< of `person` after the decision; may be empty
  bool on = true;                    ///< for ignore and picture
  std::vector<AnchorId> tracks;      ///< those spoken of, if not whole persons
  std::vector<PersonBefore> before;  ///< every person concerned, as it was
};

/// An entry of the log. Exactly one of the three.
struct LogEntry {
  std::int64_t sequence = 0;  ///< ascending from 1
  std::string time;           ///< when it was said: "2025-11-03T14:05:59Z"
  std::optional<Decision> decision;
  std::int64_t undoes = 0;  ///< the sequence of the decision that it takes back
  std::int64_t redoes = 0;  ///< the sequence of the decision that it puts back
};

/// The whole log, in memory.
struct DecisionHistory {
  std::vector<LogEntry> entries;     ///< ascending sequence
  std::vector<TrackAnchor> anchors;  ///< by AnchorId

  std::int64_t last_sequence() const { return entries.empty() ? 0 : entries.back().sequence; }
  const TrackAnchor& anchor(AnchorId id) const { return anchors[static_cast<std::size_t>(id)]; }
  /// The entry of that sequence, which must exist.
  const LogEntry& entry(std::int64_t sequence) const;
};

/// Sequences of the decisions that hold after the entries up to `up_to`, oldest first.
std::vector<std::int64_t> decisions_in_force(const DecisionHistory& history,
                                             std::int64_t up_to = INT64_MAX);
/// What undo would take back, and what redo would put back: 0 when there is nothing.
std::int64_t next_to_undo(const DecisionHistory& history);
std::int64_t next_to_redo(const DecisionHistory& history);

/// "name", "merge", … as stored and as shown.
std::string word_of(DecisionKind kind);
std::optional<DecisionKind> kind_of(const std::string& word);

}  // namespace dramatis
