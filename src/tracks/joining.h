#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// Joins fragments that are one head before and after a gap of at most max_gap_s: by motion from
/// both sides and by appearance, one-to-one and together the most probable. A fragment may be
/// joined at both ends. The result is ordered by first look.
std::vector<Fragment> join_fragments(const SteadyShot& shot, std::vector<Fragment> fragments,
                                     const TrackingOptions& options);

/// Parts fragments at gaps in which the head, on its way from where it was lost to where it was
/// found, was out of the picture: who comes back is a new track. Does nothing when the picture's
/// size is not known.
std::vector<Fragment> part_where_gone(const SteadyShot& shot,
                                      const std::vector<Fragment>& fragments,
                                      const TrackingOptions& options);

}  // namespace dramatis
