#include "shots/cut_sides.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "shots/mosaic_math.h"

namespace dramatis {
namespace {

constexpr FrameNumber frames_of_side = 6;
constexpr FrameNumber least_frames = 3;
constexpr float still_unlikeness = 0.02f;  // within a side where nothing moves
constexpr std::array zoom_factors{1.06f, 1.12f, 1.19f, 1.26f, 1.34f, 1.42f, 1.51f, 1.6f};

using Film = std::span<const FrameFeatures>;

float unlikeness(Film film, FrameNumber a, FrameNumber b) {
  return 1 - correlation(film[static_cast<std::size_t>(a)].mosaic,
                         film[static_cast<std::size_t>(b)].mosaic);
}

/// Mean of all pairs.
float unlikeness_within(Film film, const FrameRange& side) {
  float sum = 0;
  int pairs = 0;
  for (FrameNumber a = side.start; a < side.end; ++a)
    for (FrameNumber b = a + 1; b < side.end; ++b, ++pairs) sum += unlikeness(film, a, b);
  return sum / static_cast<float>(pairs);
}

/// Where the middles of a row of cells came from, between the cells `first` and `first` + 1.
struct Place {
  std::size_t first = 0;
  float of_second = 0;
};

template <std::size_t cells>
std::array<Place, cells> places_before(float factor) {
  std::array<Place, cells> places;
  const float middle = (static_cast<float>(cells) - 1) / 2;
  for (std::size_t i = 0; i < cells; ++i) {
    const float place = middle + (static_cast<float>(i) - middle) / factor;
    places[i].first = std::min(static_cast<std::size_t>(place), cells - 2);
    places[i].of_second = place - static_cast<float>(places[i].first);
  }
  return places;
}

Mosaic zoomed(const Mosaic& mosaic, float factor) {
  const auto columns = places_before<Mosaic::columns>(factor);
  const auto rows = places_before<Mosaic::rows>(factor);
  Mosaic out;
  for (std::size_t y = 0; y < rows.size(); ++y)
    for (std::size_t x = 0; x < columns.size(); ++x) {
      const std::uint8_t* upper =
          mosaic.luma.data() + rows[y].first * columns.size() + columns[x].first;
      const std::uint8_t* lower = upper + columns.size();
      const auto between = [&](const std::uint8_t* p) {
        return static_cast<float>(p[0]) +
               columns[x].of_second * (static_cast<float>(p[1]) - static_cast<float>(p[0]));
      };
      const float top = between(upper);
      out.luma[y * columns.size() + x] =
          static_cast<std::uint8_t>(std::lround(top + rows[y].of_second * (between(lower) - top)));
    }
  return out;
}

}  // namespace

std::optional<CutSides> sides_of_cut(Film film, FrameNumber cut) {
  const FrameRange before{std::max<FrameNumber>(0, cut - frames_of_side), cut};
  const FrameRange after{cut, std::min(cut + frames_of_side, std::ssize(film))};
  if (before.size() < least_frames || after.size() < least_frames) return std::nullopt;
  float sum = 0, least = 2;
  for (FrameNumber a = before.start; a < before.end; ++a)
    for (FrameNumber b = after.start; b < after.end; ++b) {
      const float unlike = unlikeness(film, a, b);
      sum += unlike;
      least = std::min(least, unlike);
    }
  const float within = std::max(unlikeness_within(film, before), unlikeness_within(film, after));
  return CutSides{sum / static_cast<float>(before.size() * after.size()),
                  least / (within + still_unlikeness)};
}

float unlikeness_but_for_zoom(const Mosaic& before, const Mosaic& now) {
  float most_alike = correlation(before, now);
  for (const float factor : zoom_factors)
    most_alike = std::max({most_alike, correlation(zoomed(before, factor), now),
                           correlation(before, zoomed(now, factor))});
  return 1 - most_alike;
}

}  // namespace dramatis
