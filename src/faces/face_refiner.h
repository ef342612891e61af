#pragma once

#include <optional>

#include "faces/centerface.h"

namespace dramatis {

/// Looks at one found face again, cut out of the full-size picture and enlarged or shrunk to one
/// and the same size. A face of 40 pixels in a film of 1080 lines has 13 in the detector's small
/// picture, and its landmarks are then off by more than an embedding bears: in docs/quality.md, the
/// distance to the person's other faces falls from 1.1 to 0.7. Costs 1/15 of a look at the whole
/// frame.
class FaceRefiner {
 public:
  /// The side of the network's square picture, in which the face fills about a half.
  static constexpr int network_side = 128;

  /// Throws Failure{model}.
  static Network load(const ModelDescription& centerface, int parallel_requests);
  FaceRefiner(const ModelDescription& centerface, const Network& network, float pixel_aspect = 1);

  /// The same face with landmarks, box and score of the second look; nothing where no face is to be
  /// seen any more.
  std::optional<Face> refined(const Picture& frame_picture, const Face& face);

 private:
  PictureLayout layout_;
  float pixel_aspect_;
  Network::Request request_;
};

}  // namespace dramatis
