#pragma once

#include <span>

#include "people/identities.h"

namespace dramatis {

/// The tracks of a film by Algorithm 1 (the best face of each, and the strict rule that persons of
/// one shot are never the same) or by average linkage (templates, and the constraints as they are).
/// Groups stay together, and tracks without a face alone.
Identities identities_by_method(std::span<const TrackEvidence> tracks,
                                const TrackConstraints& constraints, const CastOptions& options);

}  // namespace dramatis
