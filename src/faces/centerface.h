#pragma once

// CenterFace (Xu, Yan, Sun, Yang and Luo 2019, "CenterFace: Joint Face Detection and Alignment
// Using Face as Point"): every face is a peak in a map of centres, and the other maps say, at that
// peak, how large the face is and where its five landmarks lie. One pass, no anchors.

#include <span>

#include "faces/face_detector.h"
#include "faces/letterbox.h"
#include "inference/network.h"

namespace dramatis {

struct CenterFaceOptions {
  float min_score = 0.3f;    ///< below: not reported, 0 to 1
  float max_overlap = 0.4f;  ///< two boxes that share more are one face
  /// Pixels of the network's picture: more finds smaller faces and costs in proportion. 640 * 384
  /// finds faces from about 1/45 of the picture's height.
  int network_pixels = 640 * 384;
  float pixel_aspect = 1;  ///< width of a frame's pixel over its height
};

/// From the network's four outputs (batch 1, stride 4: centres [1,1,h,w], scale and offset
/// [1,2,h,w], landmarks [1,10,h,w]) to faces in the network's pixels, best first. In all maps y
/// comes before x. Boxes and landmarks may reach beyond the picture. Throws std::invalid_argument
/// for other shapes.
std::vector<Face> decode_centerface(std::span<const Tensor> outputs,
                                    const CenterFaceOptions& options);

/// The network for films of this size; to be shared by the detectors of all threads.
/// Throws Failure{model}.
Network load_centerface(const ModelDescription& model, int frame_width, int frame_height,
                        const CenterFaceOptions& options, int parallel_requests);

class CenterFaceDetector : public FaceDetector {
 public:
  /// Throws Failure{model} when the network does not have CenterFace's inputs and outputs.
  CenterFaceDetector(const ModelDescription& model, const Network& network,
                     const CenterFaceOptions& options);

  std::vector<Face> detect(const Frame& frame) override;

 private:
  PictureLayout layout_;
  CenterFaceOptions options_;
  NetworkSize size_;
  Network::Request request_;
};

}  // namespace dramatis
