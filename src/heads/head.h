#pragma once

// What one look at one frame finds.

#include <optional>
#include <vector>

#include "base/embedding.h"
#include "base/frame_time.h"
#include "base/geometry.h"
#include "faces/face.h"

namespace dramatis {

/// Where a head was seen: its face, its body's keypoints (also from behind), a head network; or it
/// was found by none and followed there in the picture itself (heads/following.h).
enum class HeadSource { face, keypoints, head_network, followed };

/// A head in one frame: the whole head with its hair, chin to crown, whatever it shows.
struct Head {
  Box box;
  float score = 0;  ///< 0 to 1, comparable between sources
  HeadSource source = HeadSource::face;
  std::optional<Face> face;
  /// Colours of hair and clothes (see heads/colours.h); empty when not measured.
  std::vector<float> colours;

  // What is known of the face once it was looked at closely; unset without a usable face.
  std::optional<float> face_quality;  ///< 0 to 100, see quality/face_quality.h
  Embedding embedding;                ///< unit length; empty when the face was not embedded
};

/// A look: the heads of one frame, and which eyes were open. A head that was not looked for is not
/// missing: a tracker must not count a faceless head as lost in a frame where only faces were
/// sought.
struct Look {
  FrameNumber frame = 0;
  bool sought_faces = true;
  bool sought_bodies = false;  ///< heads without faces: keypoints or a head network
  std::vector<Head> heads;
};

}  // namespace dramatis
