#pragma once

#include <span>
#include <vector>

#include "people/identities.h"

namespace dramatis {

/// What is most worth asking: of two people, whether they are one; of a track, whether it is where
/// it belongs. First comes what an answer would put right of the most seconds on the screen. Pairs
/// that can never be the same are not asked about, nor what the user has already answered.
std::vector<Question> questions_about(const Identities& identities,
                                      std::span<const TrackEvidence> tracks,
                                      const Templates& templates,
                                      const TrackConstraints& constraints,
                                      const Calibration& calibration);

}  // namespace dramatis
