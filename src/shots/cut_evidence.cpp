#include "shots/cut_evidence.h"

#include <algorithm>

#include "shots/mosaic_math.h"

namespace dramatis {
namespace {

constexpr std::ptrdiff_t neighbours =
    2;                                 // frames on each side, as PySceneDetect's adaptive detector
constexpr float still_noise = 0.5f;    // colour change of a still picture
constexpr float most_sudden = 7;       // more says nothing more: docs/shots.md
constexpr float least_across = 0.85f;  // less, in two steps, is motion
constexpr float same_correlation = 0.85f;
constexpr float same_share = 0.35f;    // of the change that is left once it is undone
constexpr float steady_share = 0.25f;  // of the changes at both ends of an insert
constexpr float insert_structure_change = 0.25f;
constexpr float blank_contrast = 3;
constexpr float blank_colour_change = 15;  // from one blank picture to quite another
constexpr FrameNumber blend_reach = 3;     // frames on each side of a cut
constexpr float clean_share = 0.15f;       // of the other side that can be seen in a clean frame
constexpr float most_off = 0.1f;           // of the way between both sides

const Mosaic& mosaic(std::span<const FrameFeatures> film, FrameNumber frame) {
  return film[static_cast<std::size_t>(frame)].mosaic;
}

/// The mean colour change of the frames around [from, to]. Repeated frames do not count: a drawn
/// film that shows every drawing twice does not move less than one that draws them all.
float change_around(std::span<const FrameFeatures> film, std::ptrdiff_t from, std::ptrdiff_t to) {
  float sum = 0;
  int frames = 0;
  for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(1, from - neighbours);
       i <= std::min(to + neighbours, std::ssize(film) - 1); ++i) {
    const float change = film[static_cast<std::size_t>(i)].colour_change;
    if ((i >= from && i <= to) || change < still_noise) continue;
    sum += change;
    ++frames;
  }
  return frames > 0 ? sum / static_cast<float>(frames) : 0;
}

/// How unlike the frame is to the one before, 0 to 1. Structure tells a cut from a change of light;
/// blank pictures (a plain colour, a sky) have none, and their colour is all there is to tell by.
float unlike_before(std::span<const FrameFeatures> film, FrameNumber frame) {
  const FrameFeatures& now = film[static_cast<std::size_t>(frame)];
  const bool blank =
      contrast(mosaic(film, frame - 1)) < blank_contrast && contrast(now.mosaic) < blank_contrast;
  if (!blank) return now.structure_change;
  return std::max(now.structure_change, std::min(1.0f, now.colour_change / blank_colour_change));
}

/// Suddenness counts up to a limit: a light switched on in a still room is sudden without measure,
/// but the room is still there.
float evidence_of(float unlike, float change, float around) {
  return unlike * std::clamp(change / (around + still_noise) - 1, 0.0f, most_sudden);
}

/// The evidence of a cut in two steps, through a frame that is a mix of both sides.
float evidence_across(std::span<const FrameFeatures> film, std::ptrdiff_t mix) {
  const FrameFeatures& in = film[static_cast<std::size_t>(mix)];
  const FrameFeatures& out = film[static_cast<std::size_t>(mix + 1)];
  const PlaceBetween place =
      place_between(film[static_cast<std::size_t>(mix - 1)].mosaic, out.mosaic, in.mosaic);
  if (place.share < clean_share || place.share > 1 - clean_share || place.off > most_off) return 0;
  // Two steps of a fast motion add up as well, but hardly change the picture in the large.
  const float unlike =
      std::min(in.structure_change + out.structure_change,
               1 - correlation(film[static_cast<std::size_t>(mix - 1)].mosaic, out.mosaic));
  return evidence_of(unlike, in.colour_change + out.colour_change,
                     change_around(film, mix, mix + 1));
}

/// Whether two frames show the same picture, as far as a change by `changed` grey levels matters.
bool shows_again(const Mosaic& before, const Mosaic& later, float changed) {
  return mean_difference(before, later) < same_share * changed &&
         correlation(before, later) > same_correlation;
}

/// Whether [frame, end) shows one picture that hardly changes compared with how it came and went,
/// and another one than before: no flash is an insert.
bool steady_between(std::span<const FrameFeatures> film, FrameNumber frame, FrameNumber end) {
  const auto change = [&](FrameNumber at) {
    return film[static_cast<std::size_t>(at)].colour_change;
  };
  float largest_inside = 0;
  for (FrameNumber at = frame + 1; at < end; ++at)
    largest_inside = std::max(largest_inside, change(at));
  return largest_inside < steady_share * std::min(change(frame), change(end)) &&
         film[static_cast<std::size_t>(frame)].structure_change > insert_structure_change &&
         contrast(mosaic(film, frame)) > blank_contrast;
}

}  // namespace

std::vector<float> cut_evidence(std::span<const FrameFeatures> film) {
  std::vector<float> evidence(film.size(), 0.0f);
  for (std::ptrdiff_t frame = 1; frame < std::ssize(film); ++frame) {
    const FrameFeatures& now = film[static_cast<std::size_t>(frame)];
    evidence[static_cast<std::size_t>(frame)] = evidence_of(
        unlike_before(film, frame), now.colour_change, change_around(film, frame, frame));
  }
  for (std::ptrdiff_t mix = 1; mix + 1 < std::ssize(film); ++mix) {
    float& in = evidence[static_cast<std::size_t>(mix)];
    float& out = evidence[static_cast<std::size_t>(mix + 1)];
    float& larger = in > out ? in : out;
    if (const float across = evidence_across(film, mix); across > least_across)
      larger = std::max(larger, across);
  }
  return evidence;
}

FrameNumber end_of_disturbance(std::span<const FrameFeatures> film, const FrameRange& change,
                               FrameNumber longest, FrameNumber min_shot) {
  const FrameNumber frames = std::ssize(film);
  if (change.start < 1 || change.end >= frames) return change.end;
  const Mosaic& before = mosaic(film, change.start - 1);
  const float changed = mean_difference(before, mosaic(film, change.end));
  const FrameNumber last = std::min(change.start + longest, frames - 1);
  for (FrameNumber later = change.end + 1; later <= last; ++later)
    if (shows_again(before, mosaic(film, later), changed)) {
      const bool insert = later - change.end >= min_shot && steady_between(film, change.end, later);
      return insert ? change.end : later;
    }
  return change.end;
}

bool ends_disturbance(std::span<const FrameFeatures> film, FrameNumber frame, FrameNumber longest,
                      FrameNumber min_shot) {
  const Mosaic& now = mosaic(film, frame);
  const FrameNumber first = std::max<FrameNumber>(0, frame - longest - 1);
  float changed = mean_difference(mosaic(film, frame - 1), now);
  for (FrameNumber before = frame - 2; before >= first; --before) {
    if (shows_again(mosaic(film, before), now, changed))
      return frame - before - 1 < min_shot || !steady_between(film, before + 1, frame);
    changed = std::max(changed, mean_difference(mosaic(film, before), now));
  }
  return false;
}

FrameRange blended_at(std::span<const FrameFeatures> film, FrameNumber cut,
                      const FrameRange& inside) {
  const Mosaic& before = mosaic(film, std::max(inside.start, cut - blend_reach - 1));
  const Mosaic& after = mosaic(film, std::min(inside.end - 1, cut + blend_reach));
  const auto change = [&](FrameNumber frame) {
    return frame < std::ssize(film) ? film[static_cast<std::size_t>(frame)].colour_change : 0.0f;
  };
  const float largest = std::max({change(cut - 1), change(cut), change(cut + 1)});
  const auto is_mix = [&](FrameNumber frame) {
    if (std::min(change(frame), change(frame + 1)) < clean_share * largest) return false;
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
