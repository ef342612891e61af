#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "base/picture.h"

namespace dramatis {

/// How many numbers describe one part (hair, or clothes); see colours_of_head.
inline constexpr int colour_bins = 30;

/// The colours round a head: first hair, then clothes, colour_bins numbers each, each part adding
/// up to 1, or all 0 where that part cannot be seen. Empty when neither can.
///
/// A part is a soft histogram: 12 hues, each dark and light, for what has a colour, and 6 greys for
/// what has none; a pixel goes to its two neighbouring bins in proportion, so a little more light
/// moves little. Hair is the upper part and the sides of the head box; clothes are a field below
/// it, two heads wide and one and a half high. Good for telling people of one scene apart, not for
/// knowing them again in another.
std::vector<float> colours_of_head(const Picture& frame_picture, const Box& head_box);

/// How different, 0 to 1: half the sum of absolute differences of each part that both have, clothes
/// counting twice. Nothing when they have no part in common.
std::optional<float> colour_distance(std::span<const float> a, std::span<const float> b);

}  // namespace dramatis
