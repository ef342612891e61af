#include "shots/learned_transitions.h"

#include <algorithm>

namespace dramatis {
namespace {

constexpr float touched = 0.5f;
constexpr FrameNumber least_gradual_frames = 4;

/// The frames touched by the transition whose middle is [from, to).
FrameRange touched_around(std::span<const FrameFeatures> film, FrameRange middle) {
  const auto is_touched = [&](FrameNumber frame) {
    return film[static_cast<std::size_t>(frame)].transition_probability > touched;
  };
  while (middle.start > 0 && is_touched(middle.start - 1)) --middle.start;
  while (middle.end < std::ssize(film) && is_touched(middle.end)) ++middle.end;
  return middle;
}

ShotBoundary boundary_of(std::span<const FrameFeatures> film, const FrameRange& run,
                         float probability) {
  const FrameRange range = touched_around(film, run);
  const FrameNumber at =
      (run.start + run.end - 1) / 2 + 1;  // the frame named is the last before a cut
  if (range.size() < least_gradual_frames) return {at, TransitionKind::cut, {}, probability};
  return {at, TransitionKind::dissolve, range, probability};
}

}  // namespace

std::vector<ShotBoundary> learned_transitions(std::span<const FrameFeatures> film,
                                              double threshold) {
  std::vector<ShotBoundary> found;
  for (FrameNumber frame = 0; frame < std::ssize(film); ++frame) {
    FrameRange run{frame, frame};
    float largest = 0;
    while (run.end < std::ssize(film) &&
           film[static_cast<std::size_t>(run.end)].cut_probability > threshold)
      largest = std::max(largest, film[static_cast<std::size_t>(run.end++)].cut_probability);
    if (run.empty()) continue;
    if (const ShotBoundary seen = boundary_of(film, run, largest);
        seen.at > 0 && seen.at < std::ssize(film))
      found.push_back(seen);
    frame = run.end;
  }
  return found;
}

}  // namespace dramatis
