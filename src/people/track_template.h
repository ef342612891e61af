#pragma once

#include <optional>

#include "people/cast.h"

namespace dramatis {

/// The face of a track: the mean of its faces, the better ones counting more. It is not brought to
/// unit length: so the product of two templates is the mean similarity of a face of the one with a
/// face of the other, and means the same for a track with one face as for one with a hundred.
struct TrackTemplate {
  Embedding vector;
  double weight =
      0;  ///< how much is known: 1 for one perfect face, growing slowly with their number
};

/// The mean similarity (cosine) of their faces.
double similarity(const TrackTemplate& a, const TrackTemplate& b);

/// None when the track has no face that says who it is.
std::optional<TrackTemplate> template_of(const TrackEvidence& track);

}  // namespace dramatis
