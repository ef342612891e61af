#pragma once

#include <span>
#include <vector>

#include "people/cast.h"

namespace dramatis {

/// What can and cannot be, before anyone looks at a face. Tracks are named by their place among
/// those given, not by their id.
struct TrackConstraints {
  std::vector<int> group_of;  ///< tracks of one group are the same person; numbered by appearance
  std::vector<PairRule> cannot_links;   ///< by id, with reasons; none within a group
  std::vector<std::vector<int>> apart;  ///< for each track, ascending: those it can never be
  std::vector<bool> picture;            ///< for each track: a picture is never the same as a person
};

/// From the film: two tracks of one shot that share a frame are two people, and a picture is
/// nobody. From the user: same, different, and may_be_same, which takes back what the film said.
TrackConstraints constraints_of(std::span<const TrackEvidence> tracks,
                                std::span<const PairRule> rules);

}  // namespace dramatis
