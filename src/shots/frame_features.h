#pragma once

// What a shot detector needs to know of each frame, measured once while the film is decoded. Small
// enough to keep for hours of film, so that shots can be found again with other options in an instant.

#include <memory>
#include <vector>

#include "base/frame_time.h"
#include "film/frame.h"

namespace dramatis {

/// Differences are to the frame before; those of frame 0 are 0. Scales as in PySceneDetect 0.7.
struct FrameFeatures {
  float hue_change = 0;         ///< mean absolute difference, 0 to 255 (hue 0 to 179)
  float saturation_change = 0;  ///< likewise
  float luma_change = 0;        ///< likewise, V of HSV
  float edge_change = 0;        ///< likewise, of the dilated edge map
  float brightness = 0;         ///< mean of all channels, 0 to 255
  float histogram_correlation = 1;  ///< of the luma histograms, 1: the same
  float hash_distance = 0;      ///< perceptual hash, share of differing bits, 0 to 1
  float cut_probability = 0;    ///< learned detector: this frame is the first after a cut; 0 when it did not run
  float transition_probability = 0;  ///< learned detector: inside a transition of any kind
  float shift_x = 0;            ///< global motion since the frame before, in widths of the picture
  float shift_y = 0;            ///< in heights of the picture
};

}  // namespace dramatis
