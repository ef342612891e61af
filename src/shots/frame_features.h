#pragma once

// What a shot detector needs to know of each frame, measured once while the film is decoded. Small
// enough to keep for hours of film (2 h: 34 MB), so that shots can be found again with other
// options in an instant.

#include <array>
#include <cstdint>

namespace dramatis {

/// The frame as a mosaic of grey cells, row by row from the top: mean luma of each, 0 to 255.
/// Enough to tell a dissolve from a pan and a flash from a cut.
struct Mosaic {
  static constexpr int columns = 16;
  static constexpr int rows = 9;
  static constexpr int cells = columns * rows;
  std::array<std::uint8_t, cells> luma{};
  friend bool operator==(const Mosaic&, const Mosaic&) = default;
};

/// Differences are to the frame before; those of frame 0 are 0. Scales as in PySceneDetect 0.7; its
/// measures are taken as there on the picture shrunk to 256 pixels on its longer side, ours on 128.
/// Hue, saturation, luma and edge changes are negative where they were not measured.
struct FrameFeatures {
  float hue_change = 0;         ///< mean absolute difference, 0 to 179
  float saturation_change = 0;  ///< likewise, 0 to 255
  float luma_change = 0;        ///< likewise, 0 to 255, V of HSV
  float edge_change = -1;       ///< likewise, 0 to 255, of the thickened edges
  float colour_change = 0;      ///< mean absolute difference of blue, green and red, 0 to 255
  /// How unlike the pictures are once the camera's motion and any change of light are taken
  /// out, 0 to 2: about 0 within a shot, about 1 across a cut.
  float structure_change = 0;
  float brightness = 0;             ///< mean of all channels, 0 to 255
  float histogram_correlation = 1;  ///< of the luma histograms, 1: the same
  float hash_distance = 0;          ///< perceptual hash, share of differing bits, 0 to 1
  /// Learned detector: this frame is the last before a cut or in the middle of a transition, 0 to
  /// 1; negative where it did not run.
  float cut_probability = -1;
  /// Learned detector: this frame touches a transition of any kind; negative where it did not run.
  float transition_probability = -1;
  float shift_x = 0;  ///< the picture's motion since the frame before, in widths of the picture
  float shift_y = 0;  ///< likewise in heights; both 0 where the motion cannot be told
  Mosaic mosaic;
};

}  // namespace dramatis
