#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// Looks again at fragments that met. Where what went before and what came after fits better
/// crosswise than straight on, they exchange their tails.
std::vector<Fragment> settle_crossings(const SteadyShot& shot, std::vector<Fragment> fragments,
                                       const TrackingOptions& options);

/// Ends both fragments at a meeting where straight on and crosswise are about as probable
/// (crossing_log_odds): better two tracks of one person than one track of two. For the end: what is
/// cut here would be joined again by join_fragments.
std::vector<Fragment> cut_unsettled_crossings(const SteadyShot& shot,
                                              std::vector<Fragment> fragments,
                                              const TrackingOptions& options);

}  // namespace dramatis
