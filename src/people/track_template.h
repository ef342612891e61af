#pragma once

#include <optional>
#include <span>

#include "people/cast.h"

namespace dramatis {

/// The face of a track: the mean of its faces, the better ones counting more.
struct TrackTemplate {
  Embedding vector;  ///< unit length
  double weight =
      0;  ///< how much is known: 1 for one perfect face, growing slowly with their number
};

/// None when the track has no face that says who it is.
std::optional<TrackTemplate> template_of(const TrackEvidence& track);

}  // namespace dramatis
