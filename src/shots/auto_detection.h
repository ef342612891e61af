#pragma once

#include <span>
#include <vector>

#include "base/frame_time.h"
#include "shots/shot_detection.h"

namespace dramatis {

/// The detector `auto`: see the head of auto_detection.cpp.
std::vector<Shot> detect_shots_automatically(std::span<const FrameFeatures> film,
                                             const AutoOptions& options,
                                             const Rational& frame_rate);

}  // namespace dramatis
