#pragma once

#include <memory>
#include <optional>

#include "faces/centerface.h"
#include "heads/body_detector.h"
#include "heads/fusion.h"
#include "heads/head_detector.h"
#include "heads/yolov5.h"

namespace dramatis {

struct HeadOptions {
  CenterFaceOptions faces;
  BodyOptions bodies;
  FusionOptions fusion;
  /// A head network of the user's own (decoder "yolov5"); it then takes the place of the body
  /// network.
  std::optional<ModelDescription> head_network;
  YoloOptions head_network_boxes;  ///< class_index is taken from the description
  /// Width of a frame's pixel over its height; set for all networks.
  float pixel_aspect = 1;
};

/// The networks that find heads, loaded once for films of one size and shared by the detectors of
/// all threads.
class HeadNetworks {
 public:
  /// The default networks, "centerface" and "movenet", or the user's. Throws Failure{model}.
  HeadNetworks(const Catalogue& catalogue, int frame_width, int frame_height, HeadOptions options,
               int parallel_detectors);
  HeadNetworks(const ModelDescription& face_model, const ModelDescription& body_model,
               int frame_width, int frame_height, HeadOptions options, int parallel_detectors);

  /// A detector for one thread. It may outlive the HeadNetworks.
  std::unique_ptr<HeadDetector> detector() const;

 private:
  ModelDescription face_model_;
  ModelDescription body_model_;
  HeadOptions options_;
  Network faces_;
  std::optional<Network> bodies_;
  std::optional<Network> heads_;
};

}  // namespace dramatis
