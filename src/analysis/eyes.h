#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "film/frame.h"
#include "heads/grey_levels.h"
#include "heads/head_detector.h"
#include "project/film_chunk.h"

namespace dramatis {

/// What one frame showed: its heads, looked at closely, and a small picture of each.
struct Seen {
  Look look;
  std::vector<HeadPicture> pictures;  ///< one for each head, in the order of look.heads
  GreyLevels grey;                    ///< the frame itself, to follow heads in; may be empty
};

/// Everything that is done with one frame's pixels beyond measuring it for the shots. One instance
/// for each thread; what it returns depends on the frame alone.
class Eyes {
 public:
  virtual ~Eyes() = default;
  virtual Seen look(const Frame& frame, const LookFor& look_for) = 0;
};

using EyesFactory = std::function<std::unique_ptr<Eyes>()>;

}  // namespace dramatis
