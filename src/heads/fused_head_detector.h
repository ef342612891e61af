#pragma once

#include <memory>

#include "faces/face_detector.h"
#include "heads/fusion.h"
#include "heads/head_detector.h"

namespace dramatis {

/// Heads from faces and from bodies (or a head network), fused. Asked for faces alone it runs the
/// face detector alone, and the boxes are made the same way.
class FusedHeadDetector : public HeadDetector {
 public:
  FusedHeadDetector(std::unique_ptr<FaceDetector> faces, std::unique_ptr<HeadDetector> others,
                    const FusionOptions& options, float pixel_aspect);

  std::vector<Head> detect(const Frame& frame, const LookFor& look_for) override;

 private:
  std::unique_ptr<FaceDetector> faces_;
  std::unique_ptr<HeadDetector> others_;
  FusionOptions options_;
  float pixel_aspect_;
};

}  // namespace dramatis
