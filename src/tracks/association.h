#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// The forward pass: from look to look, each head goes to at most one track and each track to at
/// most one head (DeepSORT with the second round of ByteTrack). Gives the fragments in order of
/// birth, those of a single sighting among them; low-score heads only where they continued a track.
std::vector<Fragment> associate(const SteadyShot& shot, const TrackingOptions& options);

}  // namespace dramatis
