#pragma once

#include <cstdint>
#include <vector>

#include "people/cast.h"
#include "project/anchor.h"

namespace dramatis {

/// The cast as computed, with the ids its people keep from run to run.
struct StoredCast {
  Cast cast;
  std::vector<int> person_ids;  ///< one for each of cast.people
  /// The last entry of the decision log that the computation knew of; see project/cast_view.h.
  std::int64_t decisions_up_to = 0;
};

/// Where a person was seen in an earlier run.
struct PersonTrace {
  int person = 0;
  std::vector<TrackAnchor> tracks;
};

struct PersonTraces {
  std::vector<PersonTrace> persons;
  int highest_id = 0;  ///< ever given in this project; never given again
};

}  // namespace dramatis
