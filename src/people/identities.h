#pragma once

#include <optional>
#include <span>
#include <vector>

#include "people/calibration.h"
#include "people/constraints.h"
#include "people/track_template.h"

namespace dramatis {

struct Identities {
  std::vector<int> cluster_of;  ///< for each track; numbered by first appearance
  int clusters = 0;
};

/// Merges the tracks whose faces are the same person: the two clusters most alike on average first,
/// until the odds are against it. Groups start as one; tracks that are apart stay so, and clusters
/// inherit that. Tracks without a template stay alone (or with their group).
Identities identities_by_face(std::span<const std::optional<TrackTemplate>> templates,
                              const TrackConstraints& constraints, const Calibration& calibration,
                              int threads);

/// Pairs of templates to learn from: all of them, or an even choice when there are very many.
std::vector<SeenPair> seen_pairs(std::span<const std::optional<TrackTemplate>> templates,
                                 const TrackConstraints& constraints);

}  // namespace dramatis
