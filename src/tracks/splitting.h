#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// Splits each fragment whose faces are two people (or more) at the moment where they change. The
/// parts take the place of the whole. Without embeddings nothing is split.
std::vector<Fragment> split_by_faces(const SteadyShot& shot, const std::vector<Fragment>& fragments,
                                     const TrackingOptions& options);

}  // namespace dramatis
