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

/// Whether the cheap measures leave a doubt about a transition at one of the frames `asked`, a part
/// of `window`: whether the learned detector is worth asking there. Depends on the window alone.
bool in_doubt(std::span<const FrameFeatures> window, const FrameRange& asked);

}  // namespace dramatis
