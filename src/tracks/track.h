#pragma once

#include <vector>

#include "heads/head.h"

namespace dramatis {

/// Where a tracked head is in one frame.
struct TrackPoint {
  FrameNumber frame = 0;
  Box box;
  /// Found by a look, or followed into its picture, rather than filled in between or beyond looks.
  bool seen = true;
  float speed = 0;  ///< of its centre, camera motion taken out, in head heights per second
};

/// A face of a track that was looked at closely enough to say something of who it is.
struct FaceSighting {
  FrameNumber frame = 0;
  Face face;
  float quality = 0;    ///< 0 to 100
  Embedding embedding;  ///< unit length, or empty
  bool clean = true;    ///< false in the blended frames of a transition: never a best face
};

/// One head followed through one shot (the field says tracklet). Ids are given by the project.
struct Track {
  FrameRange range;                 ///< within one shot
  std::vector<TrackPoint> points;   ///< one for each frame of the range
  std::vector<FaceSighting> faces;  ///< ascending frames
  std::vector<float> colours;       ///< mean of the heads' colours, or empty
  float score = 0;                  ///< mean detection score
  bool is_picture = false;  ///< a portrait, poster, mask or statue: still face, still surroundings
};

}  // namespace dramatis
