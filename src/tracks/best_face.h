#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tracks/track.h"

namespace dramatis {

/// The face to show of a track, and why: "largest and sharpest of 31 faces, frontal".
struct BestFace {
  std::size_t index = 0;  ///< in Track::faces
  std::string reason;
};

/// The clean face of highest quality; of equals the larger, then the earlier. Nothing when the
/// track has no clean face of at least `min_quality` (0 to 100).
std::optional<BestFace> best_face(const Track& track, float min_quality = 0);

}  // namespace dramatis
