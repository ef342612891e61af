#include "shots/cut_evidence.h"

#include <algorithm>

#include "shots/mosaic_math.h"

namespace dramatis {
namespace {

constexpr std::ptrdiff_t neighbours =
    2;                               // frames on each side, as PySceneDetect's adaptive detector
constexpr float still_noise = 0.5f;  // colour change of a still picture
constexpr float same_correlation = 0.85f;
constexpr float same_share = 0.35f;     // of the change that is left once it is undone
constexpr FrameNumber blend_reach = 3;  // frames on each side of a cut
constexpr float clean_share = 0.12f;    // of the other side that can be seen in a clean frame
constexpr float most_off = 0.1f;        // of the way between both sides

const Mosaic& mosaic(std::span<const FrameFeatures> film, FrameNumber frame) {
  return film[static_cast<std::size_t>(frame)].mosaic;
}

float suddenness(std::span<const FrameFeatures> film, std::ptrdiff_t frame) {
  const std::ptrdiff_t from = std::max<std::ptrdiff_t>(1, frame - neighbours);
  const std::ptrdiff_t to = std::min(frame + neighbours, std::ssize(film) - 1);
  float sum = 0;
  for (std::ptrdiff_t i = from; i <= to; ++i)
    if (i != frame) sum += film[static_cast<std::size_t>(i)].colour_change;
  const float around = to > from ? sum / static_cast<float>(to - from) : 0;
  return film[static_cast<std::size_t>(frame)].colour_change / (around + still_noise);
}

}  // namespace

std::vector<float> cut_evidence(std::span<const FrameFeatures> film) {
  std::vector<float> evidence(film.size(), 0.0f);
  for (std::ptrdiff_t frame = 1; frame < std::ssize(film); ++frame)
    evidence[static_cast<std::size_t>(frame)] =
        film[static_cast<std::size_t>(frame)].structure_change *
        std::max(0.0f, suddenness(film, frame) - 1);
  return evidence;
}

FrameNumber end_of_disturbance(std::span<const FrameFeatures> film, FrameNumber frame,
                               FrameNumber longest) {
  const Mosaic& before = mosaic(film, frame - 1);
  const float changed = mean_difference(before, mosaic(film, frame));
  const FrameNumber last =
      std::min(frame + longest, static_cast<FrameNumber>(std::ssize(film)) - 1);
  for (FrameNumber later = frame + 1; later <= last; ++later)
    if (mean_difference(before, mosaic(film, later)) < same_share * changed &&
        correlation(before, mosaic(film, later)) > same_correlation)
      return later;
  return frame;
}

FrameRange blended_at(std::span<const FrameFeatures> film, FrameNumber cut,
                      const FrameRange& inside) {
  const Mosaic& before = mosaic(film, std::max(inside.start, cut - blend_reach - 1));
  const Mosaic& after = mosaic(film, std::min(inside.end - 1, cut + blend_reach));
  const auto is_mix = [&](FrameNumber frame) {
    const PlaceBetween place = place_between(before, after, mosaic(film, frame));
    return place.share > clean_share && place.share < 1 - clean_share && place.off < most_off;
  };
  FrameRange blended{cut, cut};
  while (blended.start > std::max(inside.start, cut - blend_reach) && is_mix(blended.start - 1))
    --blended.start;
  while (blended.end < std::min(inside.end, cut + blend_reach) && is_mix(blended.end))
    ++blended.end;
  return blended;
}

}  // namespace dramatis
