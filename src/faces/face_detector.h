#pragma once

#include <memory>
#include <vector>

#include "faces/face.h"
#include "film/frame.h"
#include "models/catalogue.h"

namespace dramatis {

/// Finds faces with five landmarks. One instance for each thread.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  /// All faces of the frame, best first, in the frame's pixels.
  virtual std::vector<Face> detect(const Frame& frame) = 0;
};

}  // namespace dramatis
