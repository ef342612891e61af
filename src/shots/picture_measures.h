#pragma once

// Measures of one small picture and of two neighbours, as PySceneDetect 0.7 (Castellano) defines
// them, so that its thresholds mean the same here. Pure functions of pictures; no film needed.

#include <bitset>
#include <opencv2/core/mat.hpp>

#include "base/picture.h"
#include "shots/frame_features.h"

namespace dramatis {

struct PictureSize {
  int width = 0;
  int height = 0;
  friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

/// The size at which a frame of this size is measured for our own detector: 128 pixels on its
/// longer side, its own size if that is smaller.
PictureSize measured_size(int frame_width, int frame_height);

/// What is kept of a picture to compare the next one with.
struct PictureMeasures {
  Picture small;                  ///< the picture itself
  cv::Mat hue, saturation, luma;  ///< 8 bits each; empty where not asked for
  cv::Mat edges;                  ///< thickened, 0 or 255; empty where not asked for
  cv::Mat grey_histogram;
  std::bitset<64> hash;
  cv::Mat motion_picture;  ///< small and grey: what the camera's motion is told from
  float brightness = 0;
  Mosaic mosaic;
};

struct MeasureOptions {
  /// What PySceneDetect's detectors go by: changes in HSV, brightness, histogram, hash.
  bool classic = true;
  /// Edges cost more than all the rest together, and only a content detector with a weight for them
  /// (0 by default) and the stats file want them.
  bool edges = false;
};

/// Measures a picture of measured_size(). What is not asked for stays empty. `classic` is what the
/// classic measures and the edges are taken from, where it is another picture.
PictureMeasures measure_picture(const Picture& small, const MeasureOptions& options = {},
                                const Picture& classic = {});

/// The picture shrunk to 256 pixels on its longer side as PySceneDetect does it: by picking pixels,
/// not by averaging. Grain stays, and all scores are higher, which its thresholds are made for.
Picture shrunk_as_pyscenedetect(const Picture& whole);

/// The features of `now`, `before` being the frame before it. Where sizes differ everything
/// changed.
FrameFeatures compare_pictures(const PictureMeasures& before, const PictureMeasures& now);

/// The features of a frame that has none before it.
FrameFeatures features_of_first(const PictureMeasures& first);

}  // namespace dramatis
