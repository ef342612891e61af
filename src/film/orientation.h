#pragma once

#include <cstdint>

#include "base/picture.h"
#include "film/ffmpeg.h"

namespace dramatis {

/// How stored pixels are turned for display: first mirrored left to right, then turned clockwise.
struct Orientation {
  bool mirrored = false;
  int quarter_turns = 0;  ///< 0 to 3, clockwise

  bool swaps_sides() const { return quarter_turns % 2 == 1; }
  friend bool operator==(const Orientation&, const Orientation&) = default;
};

/// From FFmpeg's display matrix (nine fixed-point numbers; null: upright), which also carries the
/// EXIF orientation of photographs. Turns are rounded to quarters.
Orientation orientation_of(const std::int32_t* display_matrix);

/// The matrix of a frame if it has one, else the one of its stream.
Orientation orientation_of(const AVStream& stream, const AVFrame& frame);

Picture oriented(const Picture& stored, const Orientation& orientation);

}  // namespace dramatis
