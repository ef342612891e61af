#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// Gives the heads of every look out once more, each to the fragment that it fits best now that
/// both its past and its future are known. Takes up heads that were left over, low scores among
/// them, also before the first and after the last sighting (by half a second at most), and leaves
/// out what does not fit. It does not undo exchanges: wrong looks hold each other up; see
/// crossings.h. Fragments keep their order; those left without a sighting are gone.
std::vector<Fragment> assign_once_more(const SteadyShot& shot,
                                       const std::vector<Fragment>& fragments,
                                       const TrackingOptions& options);

}  // namespace dramatis
