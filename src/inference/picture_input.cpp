#include "inference/picture_input.h"

#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace dramatis {
namespace {

/// Channel c of the network is channel source[c] of the picture: value * scale + shift.
struct Channels {
  std::array<int, 3> source;
  std::array<float, 3> scale;
  std::array<float, 3> shift;
};

Channels channels_of(const PictureLayout& layout) {
  Channels channels{{0, 1, 2}, layout.scale, {}};
  if (layout.rgb) channels.source = {2, 1, 0};
  for (std::size_t c = 0; c < 3; ++c) channels.shift[c] = -layout.mean[c] * layout.scale[c];
  return channels;
}

void fill_planes(const Picture& picture, const Channels& channels, float* goal) {
  const std::size_t plane = picture.total();
  for (std::size_t c = 0; c < 3; ++c) {
    float* out = goal + c * plane;
    for (int y = 0; y < picture.rows; ++y) {
      const std::uint8_t* in = picture.ptr<std::uint8_t>(y) + channels.source[c];
      for (int x = 0; x < picture.cols; ++x)
        *out++ = static_cast<float>(in[3 * x]) * channels.scale[c] + channels.shift[c];
    }
  }
}

void fill_pixels(const Picture& picture, const Channels& channels, float* goal) {
  for (int y = 0; y < picture.rows; ++y) {
    const std::uint8_t* in = picture.ptr<std::uint8_t>(y);
    for (int x = 0; x < picture.cols; ++x, in += 3, goal += 3)
      for (std::size_t c = 0; c < 3; ++c)
        goal[c] =
            static_cast<float>(in[channels.source[c]]) * channels.scale[c] + channels.shift[c];
  }
}

}  // namespace

void fill_input(const Picture& picture, const PictureLayout& layout, std::span<float> goal) {
  if (picture.type() != CV_8UC3)
    throw std::invalid_argument("not a picture of eight bits and three channels");
  if (goal.size() != picture.total() * 3)
    throw std::invalid_argument("the picture does not fit the input");
  const Channels channels = channels_of(layout);
  if (layout.channels_first)
    fill_planes(picture, channels, goal.data());
  else
    fill_pixels(picture, channels, goal.data());
}

}  // namespace dramatis
