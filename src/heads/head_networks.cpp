#include "heads/head_networks.h"

#include "base/failure.h"
#include "heads/fused_head_detector.h"

namespace dramatis {
namespace {

HeadOptions with_aspect_everywhere(HeadOptions options) {
  options.faces.pixel_aspect = options.pixel_aspect;
  options.bodies.pixel_aspect = options.pixel_aspect;
  return options;
}

Network load_head_network(const ModelDescription& model, int parallel_requests) {
  NetworkOptions network;
  network.parallel_requests = parallel_requests;
  if (model.input_width > 0 && model.input_height > 0)
    network.input_shape = {1, 3, model.input_height, model.input_width};
  return Network(model.file, network);
}

const ModelDescription& ready(const Catalogue& catalogue, const char* name) {
  const ModelDescription& model = catalogue.find(name);
  catalogue.require(model);
  return model;
}

}  // namespace

HeadNetworks::HeadNetworks(const Catalogue& catalogue, int frame_width, int frame_height,
                           HeadOptions options, int parallel_detectors)
    : HeadNetworks(ready(catalogue, "centerface"),
                   options.head_network ? ModelDescription{} : ready(catalogue, "movenet"),
                   frame_width, frame_height, options, parallel_detectors) {}

HeadNetworks::HeadNetworks(const ModelDescription& face_model, const ModelDescription& body_model,
                           int frame_width, int frame_height, HeadOptions options,
                           int parallel_detectors)
    : face_model_(face_model),
      body_model_(body_model),
      options_(with_aspect_everywhere(std::move(options))),
      faces_(load_centerface(face_model, frame_width, frame_height, options_.faces,
                             parallel_detectors)) {
  if (options_.head_network)
    heads_ = load_head_network(*options_.head_network, parallel_detectors);
  else
    bodies_ =
        load_movenet(body_model, frame_width, frame_height, options_.bodies, parallel_detectors);
}

std::unique_ptr<HeadDetector> HeadNetworks::detector() const {
  auto faces = std::make_unique<CenterFaceDetector>(face_model_, faces_, options_.faces);
  std::unique_ptr<HeadDetector> others;
  if (heads_)
    others = std::make_unique<Yolov5HeadDetector>(
        *options_.head_network, *heads_, options_.head_network_boxes, options_.pixel_aspect);
  else
    others = std::make_unique<MoveNetHeadDetector>(body_model_, *bodies_, options_.bodies);
  return std::make_unique<FusedHeadDetector>(std::move(faces), std::move(others), options_.fusion,
                                             options_.pixel_aspect);
}

}  // namespace dramatis
