#pragma once

#include <span>

#include "base/frame_time.h"
#include "shots/frame_features.h"

namespace dramatis {

/// Whether the cheap measures leave a doubt about a transition in `asked`, a part of `window`:
/// whether it is worth asking the learned detector there. Depends on nothing but the window.
bool in_doubt(std::span<const FrameFeatures> window, const FrameRange& asked);

}  // namespace dramatis
