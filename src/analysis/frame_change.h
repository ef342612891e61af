#pragma once

#include "base/geometry.h"
#include "shots/frame_features.h"

namespace dramatis {

/// How much a frame differs from the one before: mean over hue, saturation and luma, 0 to 255.
float content_change(const FrameFeatures& features);

/// The picture's motion since the frame before, in pixels of a picture of this size.
Point camera_shift(const FrameFeatures& features, int width, int height);

}  // namespace dramatis
