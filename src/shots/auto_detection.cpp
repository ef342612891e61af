#include "shots/auto_detection.h"

#include <algorithm>
#include <optional>

#include "shots/cut_evidence.h"
#include "shots/cut_sides.h"
#include "shots/gradual_transitions.h"
#include "shots/mosaic_math.h"
#include "shots/shot_building.h"

// The detector `auto`. Nearly every cut is plain: the picture changes in structure and suddenly
// (cut_evidence.h). Nearly every other frame is plainly none. For the few in between the pictures
// of some frames on both sides are compared (cut_sides.h). All of it works on what was measured
// while decoding and costs next to nothing.
//
//   1. Fades, by contrast; what changes inside them is no cut.
//   2. Cuts: enough evidence, or some evidence and two sides that are far apart; but not where a
//      zoom explains the change or where the picture soon returns (a flash, a hand before the
//      lens).
//   3. Between plain cuts and fades, dissolves and wipes; a doubtful cut inside of one is none.
//   4. Where two are closer than the shortest shot, the stronger stays.

namespace dramatis {
namespace {

using Film = std::span<const FrameFeatures>;

constexpr float fade_strength = 5;  // before any cut in it
constexpr float gradual_strength = 0.5f;
constexpr float unlike_sides = 0.5f;   // mean unlikeness of the sides of a doubtful cut, at least
constexpr float far_apart = 1.2f;      // of its sides; nearer, the picture may only have moved
constexpr float same_in_zoom = 0.15f;  // unlikeness once a zoom is taken out
constexpr float blank_contrast = 3;    // as for fades
constexpr float left_by_zoom = 0.4f;   // of the unlikeness of a zoom's frames

struct Limits {
  AutoOptions options;
  FrameNumber min_length = 5;
  FrameNumber longest_disturbance = 10;
};

bool touches(const std::vector<GradualTransition>& fades, FrameNumber frame) {
  return std::any_of(fades.begin(), fades.end(), [&](const GradualTransition& fade) {
    return frame >= fade.range.start && frame <= fade.range.end;
  });
}

bool touches(const std::vector<ShotBoundary>& boundaries, FrameNumber frame) {
  return std::any_of(boundaries.begin(), boundaries.end(), [&](const ShotBoundary& one) {
    return !one.unclean.empty() && frame >= one.unclean.start && frame <= one.unclean.end;
  });
}

/// The frame at which the change is undone; the end of the change when it is not.
FrameNumber undone_at(Film film, const FrameRange& change, const Limits& limits) {
  return end_of_disturbance(film, change, limits.longest_disturbance, limits.min_length);
}

/// A picture that jumps closer and stands still there is a cut; one that goes on moving is a zoom.
/// (Any zoom explains one blank picture by another.)
bool is_zoom(Film film, FrameNumber frame, const std::optional<CutSides>& sides) {
  const Mosaic& before = film[static_cast<std::size_t>(frame - 1)].mosaic;
  const Mosaic& now = film[static_cast<std::size_t>(frame)].mosaic;
  return sides && sides->apart < far_apart &&
         std::min(contrast(before), contrast(now)) > blank_contrast &&
         unlikeness_but_for_zoom(before, now) < same_in_zoom;
}

/// Where an edge moves through the picture, a zoom explains little of what happens from one frame
/// to the next.
bool is_zoom(Film film, const FrameRange& wipe) {
  float unlike = 0, but_for_zoom = 0;
  const FrameNumber last = std::min(wipe.end, std::ssize(film) - 1);
  for (FrameNumber frame = std::max<FrameNumber>(1, wipe.start); frame <= last; ++frame) {
    const Mosaic& before = film[static_cast<std::size_t>(frame - 1)].mosaic;
    const Mosaic& now = film[static_cast<std::size_t>(frame)].mosaic;
    unlike += 1 - correlation(before, now);
    but_for_zoom += unlikeness_but_for_zoom(before, now);
  }
  return but_for_zoom < left_by_zoom * unlike;
}

bool enough(Film film, const std::vector<float>& evidence, FrameNumber frame,
            const AutoOptions& options) {
  const float found = evidence[static_cast<std::size_t>(frame)];
  if (found < options.doubtful_cut) return false;
  const std::optional<CutSides> sides = sides_of_cut(film, frame);
  if (found >= options.cut) return !is_zoom(film, frame, sides);
  return sides && sides->apart >= far_apart && sides->unlike >= unlike_sides;
}

std::vector<ShotBoundary> find_cuts(Film film, const std::vector<float>& evidence,
                                    const std::vector<GradualTransition>& fades,
                                    const Limits& limits) {
  std::vector<ShotBoundary> cuts;
  FrameNumber undisturbed_from = 0;
  for (FrameNumber frame = 1; frame < std::ssize(film); ++frame) {
    if (frame <= undisturbed_from || !enough(film, evidence, frame, limits.options) ||
        touches(fades, frame) ||
        ends_disturbance(film, frame, limits.longest_disturbance, limits.min_length))
      continue;
    const FrameNumber end = undone_at(film, {frame, frame}, limits);
    if (end > frame)
      undisturbed_from = end;
    else
      cuts.push_back({frame, TransitionKind::cut, {}, evidence[static_cast<std::size_t>(frame)]});
  }
  return cuts;
}

/// Leaves the plain cuts.
std::vector<ShotBoundary> take_doubtful(std::vector<ShotBoundary>& cuts, double plain) {
  const auto first = std::stable_partition(cuts.begin(), cuts.end(),
                                           [&](const auto& cut) { return cut.strength >= plain; });
  std::vector<ShotBoundary> doubtful(first, cuts.end());
  cuts.erase(first, cuts.end());
  return doubtful;
}

ShotBoundary boundary_of(const GradualTransition& transition, float strength) {
  return {transition.boundary, transition.kind, transition.range, strength};
}

/// The stretches without cuts and fades.
std::vector<FrameRange> stretches(Film film, const std::vector<ShotBoundary>& cuts,
                                  const std::vector<GradualTransition>& fades) {
  std::vector<FrameRange> taken;
  for (const ShotBoundary& cut : cuts) taken.push_back({cut.at, cut.at});
  for (const GradualTransition& fade : fades) taken.push_back(fade.range);
  std::sort(taken.begin(), taken.end(),
            [](const auto& a, const auto& b) { return a.start < b.start; });
  std::vector<FrameRange> free;
  FrameNumber start = 0;
  for (const FrameRange& range : taken) {
    if (range.start > start) free.push_back({start, range.start});
    start = std::max(start, range.end);
  }
  free.push_back({start, std::ssize(film)});
  return free;
}

std::vector<GradualTransition> find_gradual(Film film, const FrameRange& inside,
                                            const Limits& limits) {
  const AutoOptions& options = limits.options;
  std::vector<GradualTransition> found;
  for (const GradualTransition& dissolve :
       find_dissolves(film, inside, static_cast<float>(options.dissolve)))
    if (undone_at(film, dissolve.range, limits) == dissolve.range.end) found.push_back(dissolve);
  for (const GradualTransition& wipe : find_wipes(film, inside, static_cast<float>(options.wipe)))
    if (undone_at(film, wipe.range, limits) == wipe.range.end && !is_zoom(film, wipe.range) &&
        std::none_of(found.begin(), found.end(),
                     [&](const auto& other) { return other.range.overlaps(wipe.range); }))
      found.push_back(wipe);
  return found;
}

}  // namespace

std::vector<Shot> detect_shots_automatically(Film film, const AutoOptions& options,
                                             const Rational& frame_rate) {
  if (film.empty()) return {};
  const Limits limits{options, options.min_scene_len.in_frames(frame_rate),
                      options.longest_disturbance.in_frames(frame_rate)};
  const std::vector<GradualTransition> fades = find_fades(film);
  std::vector<ShotBoundary> boundaries = find_cuts(film, cut_evidence(film), fades, limits);
  std::vector<ShotBoundary> doubtful = take_doubtful(boundaries, options.cut);
  for (const FrameRange& inside : stretches(film, boundaries, fades))
    for (const GradualTransition& gradual : find_gradual(film, inside, limits))
      boundaries.push_back(boundary_of(gradual, gradual_strength + gradual.score));
  std::erase_if(doubtful, [&](const auto& cut) { return touches(boundaries, cut.at); });
  boundaries.insert(boundaries.end(), doubtful.begin(), doubtful.end());
  for (const GradualTransition& fade : fades)
    boundaries.push_back(boundary_of(fade, fade_strength));

  std::vector<Shot> shots = shots_between(
      film, boundaries_apart(std::move(boundaries), limits.min_length, std::ssize(film)));
  for (const GradualTransition& fade : fades) mark_unclean(shots, fade.range);
  return shots;
}

}  // namespace dramatis
