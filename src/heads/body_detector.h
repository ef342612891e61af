#pragma once

#include <vector>

#include "faces/letterbox.h"
#include "film/frame.h"
#include "heads/head_detector.h"
#include "heads/movenet.h"
#include "models/catalogue.h"

namespace dramatis {

struct BodyOptions {
  /// Pixels of the network's picture: more finds smaller people and costs in proportion.
  int network_pixels = 320 * 192;
  float min_score = 0.12f;  ///< of a person, 0 to 1
  /// MoveNet names six people at most. A frame with five heads or more is looked at again in its
  /// left and its right part, enlarged, at the height where the heads are; that costs twice the
  /// first look.
  bool second_look_at_crowds = true;
  float pixel_aspect = 1;
};

/// Finds heads by their bodies, with MoveNet. One instance for each thread.
class MoveNetHeadDetector : public HeadDetector {
 public:
  /// Throws Failure{model} when the network does not have MoveNet's input and output.
  MoveNetHeadDetector(const ModelDescription& model, const Network& network,
                      const BodyOptions& options);

  /// Best first; boxes may reach beyond the frame. What to look for is taken as said: bodies.
  std::vector<Head> detect(const Frame& frame, const LookFor&) override;

 private:
  /// Heads in pixels of what the network's picture was cut from.
  std::vector<Head> look_at(const Picture& network_picture, const Letterbox& fit);
  std::vector<Head> look_again_at(const Frame& frame, const Box& part_of_frame);

  PictureLayout layout_;
  BodyOptions options_;
  NetworkSize size_;
  Network::Request request_;
};

/// The network for films of this size; to be shared by the detectors of all threads.
/// Throws Failure{model}.
Network load_movenet(const ModelDescription& model, int frame_width, int frame_height,
                     const BodyOptions& options, int parallel_requests);

}  // namespace dramatis
