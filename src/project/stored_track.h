#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tracks/track.h"

namespace dramatis {

/// A track as the project keeps it. Ids count from 1 and hold until tracks are made again; shot ids
/// are places in the list of shots, counted from 1.
struct StoredTrack {
  int id = 0;
  int shot = 0;
  Track track;
  /// The face that shows this person best: a place in track.faces; nothing without a usable face.
  std::optional<std::size_t> best_face;
  std::string best_face_reason;  ///< "largest sharp frontal face"
};

/// The id of the shot at this place in the list of shots.
inline int shot_id(std::size_t index) { return static_cast<int>(index) + 1; }

}  // namespace dramatis
