#include "analysis/frame_change.h"

namespace dramatis {

float content_change(const FrameFeatures& features) {
  return (features.hue_change + features.saturation_change + features.luma_change) / 3;
}

Point camera_shift(const FrameFeatures& features, int width, int height) {
  return {features.shift_x * static_cast<float>(width),
          features.shift_y * static_cast<float>(height)};
}

}  // namespace dramatis
