#pragma once

#include "base/picture.h"
#include "faces/face.h"
#include "inference/network.h"
#include "models/catalogue.h"

namespace dramatis {

/// A user's own quality network, such as SDD-FIQA (Ou et al. 2021): a face in, one number out.
Network load_score_network(const ModelDescription& model, int parallel_requests);

/// One instance for each thread.
class ScoreNetwork {
 public:
  /// Throws Failure{model} when the network's shapes are not those of the description.
  ScoreNetwork(const ModelDescription& model, const Network& network, float pixel_aspect = 1);

  /// The network's number times the description's score_scale, held to 0 to 100; 0 when it is not a
  /// number. The face is aligned by its landmarks unless the description says otherwise.
  float quality(const Picture& frame_picture, const Face& face);

 private:
  ModelDescription model_;
  float pixel_aspect_;
  Network::Request request_;
};

}  // namespace dramatis
