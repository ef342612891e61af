#pragma once

#include <span>
#include <vector>

#include "shots/shot_building.h"

namespace dramatis {

/// The transitions that the learned detector sees, where it ran: each run of frames whose
/// probability of a cut exceeds `threshold`. A run that lies in four or more frames touched by a
/// transition is gradual (its kind is not told: a dissolve).
std::vector<ShotBoundary> learned_transitions(std::span<const FrameFeatures> film,
                                              double threshold);

}  // namespace dramatis
