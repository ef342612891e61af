#pragma once

#include <array>
#include <span>

#include "base/picture.h"

namespace dramatis {

/// How a network wants its picture: (value - mean) * scale for each channel, value 0 to 255.
/// `mean` and `scale` are in the network's order of channels: red first when `rgb`.
struct PictureLayout {
  bool rgb = true;             ///< else blue-green-red
  bool channels_first = true;  ///< NCHW, else NHWC
  std::array<float, 3> mean{0, 0, 0};
  std::array<float, 3> scale{1, 1, 1};

  friend bool operator==(const PictureLayout&, const PictureLayout&) = default;
};

/// Writes one picture into `goal`, which holds exactly its width * height * 3 values.
/// Throws std::invalid_argument when it does not, or when the picture is not a Picture (CV_8UC3).
void fill_input(const Picture& picture, const PictureLayout& layout, std::span<float> goal);

}  // namespace dramatis
