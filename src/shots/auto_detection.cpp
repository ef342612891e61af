#include "shots/auto_detection.h"

#include <algorithm>

#include "shots/cut_evidence.h"
#include "shots/gradual_transitions.h"
#include "shots/learned_transitions.h"
#include "shots/shot_building.h"

// The detector `auto`. Nearly every cut is plain: the picture changes in structure and suddenly
// (cut_evidence.h). Nearly every other frame is plainly none. What costs nothing decides there, and
// the learned detector, which costs more than decoding the film, is asked only for the few
// stretches in between. Without it the doubtful ones are taken for none.
//
//   1. Fades, by contrast; what changes inside them is no cut.
//   2. Cuts: enough evidence, or some evidence and the learned detector's word; but not where the
//      picture soon returns (a flash, a hand before the lens).
//   3. Between cuts and fades, dissolves and wipes.
//   4. Where two are closer than the shortest shot, the stronger stays.

namespace dramatis {
namespace {

using Film = std::span<const FrameFeatures>;

constexpr float fade_strength = 5;  // before any cut in it
constexpr float gradual_strength = 0.5f;
constexpr FrameNumber learned_reach = 2;  // frames by which the learned detector may be early

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

/// The frame at which the change is undone; the end of the change when it is not.
FrameNumber undone_at(Film film, const FrameRange& change, const Limits& limits) {
  return end_of_disturbance(film, change, limits.longest_disturbance, limits.min_length);
}

bool enough(Film film, const std::vector<float>& evidence, FrameNumber frame,
            const AutoOptions& options) {
  const float found = evidence[static_cast<std::size_t>(frame)];
  if (found >= options.cut) return true;
  return found >= options.doubtful_cut &&
         learned_near(film, frame - learned_reach, frame) >= options.learned_cut;
}

std::vector<ShotBoundary> find_cuts(Film film, const std::vector<float>& evidence,
                                    const std::vector<GradualTransition>& fades,
                                    const Limits& limits) {
  std::vector<ShotBoundary> cuts;
  FrameNumber undisturbed_from = 0;
  for (FrameNumber frame = 1; frame < std::ssize(film); ++frame) {
    if (frame <= undisturbed_from || !enough(film, evidence, frame, limits.options) ||
        touches(fades, frame))
      continue;
    const FrameNumber end = undone_at(film, {frame, frame}, limits);
    if (end > frame)
      undisturbed_from = end;
    else
      cuts.push_back({frame, TransitionKind::cut, {}, evidence[static_cast<std::size_t>(frame)]});
  }
  return cuts;
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

/// The learned detector's word on a dissolve; what it says of the cuts next to it does not count.
float learned_within(Film film, const FrameRange& dissolve, const FrameRange& inside) {
  const bool film_ends = inside.end == std::ssize(film);
  return learned_near(
      film, std::max(dissolve.start, inside.start + 1),
      std::min(dissolve.end, film_ends ? inside.end : inside.end - 2 - learned_reach));
}

std::vector<GradualTransition> find_gradual(Film film, const FrameRange& inside,
                                            const Limits& limits) {
  const AutoOptions& options = limits.options;
  std::vector<GradualTransition> found;
  for (const GradualTransition& dissolve :
       find_dissolves(film, inside, static_cast<float>(options.doubtful_dissolve)))
    if ((dissolve.score >= options.dissolve ||
         learned_within(film, dissolve.range, inside) >= options.learned_dissolve) &&
        undone_at(film, dissolve.range, limits) == dissolve.range.end)
      found.push_back(dissolve);
  for (const GradualTransition& wipe : find_wipes(film, inside, static_cast<float>(options.wipe)))
    if (std::none_of(found.begin(), found.end(),
                     [&](const auto& other) { return other.range.overlaps(wipe.range); }))
      found.push_back(wipe);
  return found;
}

/// Those that only the learned detector saw, in stretches where it was asked.
void add_learned(Film film, const Limits& limits, const std::vector<GradualTransition>& fades,
                 std::vector<ShotBoundary>& boundaries) {
  for (const ShotBoundary& seen : learned_transitions(film, limits.options.learned_cut)) {
    const FrameRange around =
        seen.unclean.empty() ? FrameRange{seen.at - 1, seen.at + 2} : seen.unclean;
    const bool known =
        std::any_of(boundaries.begin(), boundaries.end(), [&](const ShotBoundary& other) {
          return (other.at >= around.start && other.at <= around.end) ||
                 other.unclean.overlaps(around);
        });
    if (!known && !touches(fades, seen.at) &&
        (seen.kind != TransitionKind::cut ||
         undone_at(film, {seen.at, seen.at}, limits) == seen.at))
      boundaries.push_back({seen.at, seen.kind, seen.unclean, seen.strength * gradual_strength});
  }
}

}  // namespace

std::vector<Shot> detect_shots_automatically(Film film, const AutoOptions& options,
                                             const Rational& frame_rate) {
  if (film.empty()) return {};
  const Limits limits{options, options.min_scene_len.in_frames(frame_rate),
                      options.longest_disturbance.in_frames(frame_rate)};
  const std::vector<GradualTransition> fades = find_fades(film);
  std::vector<ShotBoundary> boundaries = find_cuts(film, cut_evidence(film), fades, limits);
  for (const FrameRange& inside : stretches(film, boundaries, fades))
    for (const GradualTransition& gradual : find_gradual(film, inside, limits))
      boundaries.push_back(boundary_of(gradual, gradual_strength + gradual.score));
  add_learned(film, limits, fades, boundaries);
  for (const GradualTransition& fade : fades)
    boundaries.push_back(boundary_of(fade, fade_strength));

  std::vector<Shot> shots = shots_between(
      film, boundaries_apart(std::move(boundaries), limits.min_length, std::ssize(film)));
  for (const GradualTransition& fade : fades) mark_unclean(shots, fade.range);
  return shots;
}

bool in_doubt(Film window, const FrameRange& asked) {
  const Limits limits;
  const AutoOptions& options = limits.options;
  const std::vector<float> evidence = cut_evidence(window);
  const std::vector<GradualTransition> fades = find_fades(window);
  const std::vector<ShotBoundary> cuts = find_cuts(window, evidence, fades, limits);
  // The learned detector names the frame before a cut: one just after `asked` needs it as well.
  for (FrameNumber frame = std::max<FrameNumber>(1, asked.start);
       frame <= asked.end + 1 && frame < std::ssize(window); ++frame) {
    const float found = evidence[static_cast<std::size_t>(frame)];
    const bool near_cut = std::any_of(cuts.begin(), cuts.end(), [&](const ShotBoundary& cut) {
      return std::abs(cut.at - frame) < limits.min_length;
    });
    if (found >= options.doubtful_cut && found < options.cut && !near_cut &&
        !touches(fades, frame) && undone_at(window, {frame, frame}, limits) == frame)
      return true;
  }
  for (const FrameRange& inside : stretches(window, cuts, fades))
    for (const GradualTransition& dissolve :
         find_dissolves(window, inside, static_cast<float>(options.doubtful_dissolve)))
      if (dissolve.score < options.dissolve && asked.contains(dissolve.boundary)) return true;
  return false;
}

}  // namespace dramatis
