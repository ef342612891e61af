#include "render/person_colour.h"

#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>

namespace dramatis {
namespace {

std::uint8_t encoded(double linear) {
  const double in_gamut = std::clamp(linear, 0.0, 1.0);
  const double value =
      in_gamut <= 0.0031308 ? 12.92 * in_gamut : 1.055 * std::pow(in_gamut, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255 * value));
}

double decoded(std::uint8_t value) {
  const double v = value / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

// OKLCH to sRGB: Ottosson, "A perceptual color space for image processing", 2020.
Colour from_oklch(double lightness, double chroma, double hue_turns) {
  const double a = chroma * std::cos(2 * std::numbers::pi * hue_turns);
  const double b = chroma * std::sin(2 * std::numbers::pi * hue_turns);
  const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  return {encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
          encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)};
}

}  // namespace

Colour person_colour(int person) {
  if (person < 0) return {190, 190, 190};
  constexpr double golden_angle_turns = 0.3819660113;
  constexpr std::array<double, 3> lightness{0.76, 0.62, 0.87};
  constexpr double first_hue_turns = 0.15;  // a warm orange
  return from_oklch(lightness[static_cast<std::size_t>(person / 8 % 3)], 0.155,
                    first_hue_turns + golden_angle_turns * person);
}

Colour text_colour_on(const Colour& background) {
  const double luminance = 0.0722 * decoded(background[0]) + 0.7152 * decoded(background[1]) +
                           0.2126 * decoded(background[2]);
  // Equal contrast (WCAG 2) with black and white lies at a luminance of 0.179.
  return luminance > 0.179 ? Colour{16, 16, 16} : Colour{255, 255, 255};
}

}  // namespace dramatis
