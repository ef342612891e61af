#pragma once

// YOLOv5 (Jocher 2020) trained on heads, as Ducros et al. 2023 use it with CrowdHuman: a user's own
// network.

#include <vector>

#include "base/geometry.h"
#include "faces/letterbox.h"
#include "heads/head_detector.h"
#include "inference/network.h"
#include "models/catalogue.h"

namespace dramatis {

/// A box of one class.
struct YoloBox {
  Box box;
  float score = 0;
};

struct YoloOptions {
  int class_index = 0;      ///< which class is the head
  float min_score = 0.25f;  ///< objectness times class score
  float max_overlap = 0.45f;
};

/// From the output [1, boxes, 5 + classes] (centre x, centre y, width, height in the network's
/// pixels, objectness, a score for each class) to the boxes of one class, best first. A box whose
/// best class is another one is not the head's. Throws std::invalid_argument for another shape or a
/// class that does not exist.
std::vector<YoloBox> decode_yolov5(const Tensor& output, const YoloOptions& options);

/// One instance for each thread.
class Yolov5HeadDetector : public HeadDetector {
 public:
  /// Throws Failure{model} when the network's shapes are not those of a YOLOv5 with the class that
  /// the description names.
  Yolov5HeadDetector(const ModelDescription& model, const Network& network, YoloOptions options,
                     float pixel_aspect = 1);

  /// Best first; boxes may reach beyond the frame. What to look for is taken as said: heads.
  std::vector<Head> detect(const Frame& frame, const LookFor&) override;

 private:
  PictureLayout layout_;
  YoloOptions options_;
  float pixel_aspect_;
  NetworkSize size_;
  Network::Request request_;
};

}  // namespace dramatis
