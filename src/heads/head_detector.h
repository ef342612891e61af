#pragma once

#include <memory>
#include <vector>

#include "film/frame.h"
#include "heads/head.h"

namespace dramatis {

/// What to look for in one frame.
struct LookFor {
  bool faces = true;
  bool bodies = true;  ///< heads without faces
};

/// Finds the heads of a frame: fused, one box a head, best first. One instance for each thread. A
/// test passes one that finds exactly what it is told to.
class HeadDetector {
 public:
  virtual ~HeadDetector() = default;
  virtual std::vector<Head> detect(const Frame& frame, const LookFor& look_for) = 0;
};

}  // namespace dramatis
