#pragma once

#include <variant>

#include "film/ffmpeg.h"
#include "film/frame.h"
#include "film/orientation.h"

namespace dramatis {

/// What the copies of a Frame share.
struct Frame::Pixels {
  struct Decoded {
    FramePtr frame;
    Orientation orientation;
  };
  std::variant<Decoded, Picture> source;
};

}  // namespace dramatis
