#pragma once

#include <algorithm>
#include <memory>
#include <optional>
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

/// The face a portrait is of; nothing where there is none.
inline std::optional<Face> largest_of(const std::vector<Face>& faces) {
  const auto largest =
      std::max_element(faces.begin(), faces.end(),
                       [](const Face& a, const Face& b) { return a.box.area() < b.box.area(); });
  if (largest == faces.end()) return std::nullopt;
  return *largest;
}

}  // namespace dramatis
