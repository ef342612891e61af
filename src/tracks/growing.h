#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// Lets fragments reach on, at both ends, along followed heads (heads/following.h) that no fragment
/// has: above all into the looks before a detector found the head for the first time, where the
/// forward pass, in which such heads begin nothing, cannot go.
std::vector<Fragment> grown_along_followed(const SteadyShot& shot, std::vector<Fragment> fragments);

}  // namespace dramatis
