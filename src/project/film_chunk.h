#pragma once

// The film is looked at in chunks of frames. A chunk is complete in itself: it is stored in one
// transaction, and a run that was killed goes on at the first chunk that is missing.

#include <cstdint>
#include <vector>

#include "base/frame_time.h"
#include "heads/head.h"
#include "shots/frame_features.h"

namespace dramatis {

/// A small picture of a head for people to look at, taken while the film was open.
struct HeadPicture {
  FrameNumber frame = 0;
  Box head_box;  ///< the head it shows
  std::vector<std::uint8_t> jpeg;
};

struct FilmChunk {
  std::int64_t index = 0;
  FrameRange range;
  std::vector<std::int64_t> stamps;     ///< one a frame
  std::vector<FrameFeatures> features;  ///< one a frame
  std::vector<Look> looks;              ///< ascending frames
  std::vector<HeadPicture> pictures;
};

}  // namespace dramatis
