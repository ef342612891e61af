#pragma once

#include <optional>
#include <span>
#include <vector>

#include "people/identities.h"

namespace dramatis {

/// What speaks for two tracks being the same person besides their faces, as the logarithm of odds:
/// colours of hair and clothes, the place and size in the picture, and what follows what in time.
/// Only within a scene; nothing when the tracks are not near in time.
std::optional<double> surroundings_log_odds(const TrackEvidence& a, const TrackEvidence& b,
                                            double frames_per_second);

/// Frames of film in a second, from the tracks' own times; 25 when they have none.
double frames_per_second_of(std::span<const TrackEvidence> tracks);

/// A track that joined someone without its face saying so.
struct Inference {
  int track = 0;
  double probability = 0;
};

/// Gives heads seen from behind, in the dark, or too small for a face to someone of the same scene
/// who has a face, where that is safe: nobody else there fits nearly as well. What was joined.
std::vector<Inference> join_by_surroundings(Identities& identities,
                                            std::span<const TrackEvidence> tracks,
                                            const Templates& templates,
                                            const TrackConstraints& constraints);

}  // namespace dramatis
