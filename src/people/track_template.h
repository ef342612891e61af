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
  bool weak = false;     ///< made of faces none of which is sure: CastOptions::sure_face_quality
  double quality = 100;  ///< of its faces, the better ones counting more: 0 to 100
};

/// The mean similarity (cosine) of their faces.
double similarity(const TrackTemplate& a, const TrackTemplate& b);

/// Of the faces of at least `sure_quality`, or of all where there is none. Nothing when the track
/// has no face.
std::optional<TrackTemplate> template_of(const TrackEvidence& track, float sure_quality = 0);

}  // namespace dramatis
