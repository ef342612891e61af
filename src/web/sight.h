#pragma once

// What the room shows of a cast: the cast as it is, and how sure it is of each track.

#include <vector>

#include "project/cast_editor.h"

namespace dramatis {

/// Tracks that belong to their person with less certainty are worth a look.
inline constexpr float kSureConfidence = 0.75f;

struct Sight {
  const Snapshot& snapshot;
  const DecisionHistory& history;
  const std::vector<TrackView>& tracks;  ///< by id; see doubts_of()

  const TrackView& track(int id) const;  ///< which must exist
  bool is_sure(int id) const { return track(id).confidence >= kSureConfidence; }
};

/// The belonging of each track as the cast was computed, where the user has not spoken of that very
/// track. Whoever names a person puts all its tracks under that name, but has not looked at each:
/// those that the film is unsure of stay worth a look until they are answered, moved or joined.
std::vector<TrackView> doubts_of(const Snapshot& snapshot, const StoredCast& cast,
                                 const DecisionHistory& history);

}  // namespace dramatis
