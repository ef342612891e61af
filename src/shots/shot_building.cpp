#include "shots/shot_building.h"

#include <algorithm>

#include "shots/cut_evidence.h"
#include "shots/mosaic_math.h"

namespace dramatis {
namespace {

constexpr float blank_contrast = 3;  // as for fades
constexpr FrameNumber most_blank_frames =
    48;  // at a shot's end; a shot that is dark throughout stays

bool blank(std::span<const FrameFeatures> film, FrameNumber frame) {
  return contrast(film[static_cast<std::size_t>(frame)].mosaic) < blank_contrast;
}

void leave_out_blank_ends(std::span<const FrameFeatures> film, Shot& shot) {
  FrameNumber start = shot.clean_start, end = shot.clean_end;
  while (start < end && start - shot.range.start < most_blank_frames && blank(film, start)) ++start;
  while (end > start && shot.range.end - end < most_blank_frames && blank(film, end - 1)) --end;
  if (start < end && !blank(film, start)) shot.clean_start = start;
  if (start < end && !blank(film, end - 1)) shot.clean_end = end;
}

FrameRange unclean_at(std::span<const FrameFeatures> film, std::span<const ShotBoundary> boundaries,
                      std::size_t i) {
  if (!boundaries[i].unclean.empty()) return boundaries[i].unclean;
  const FrameNumber before = i > 0 ? boundaries[i - 1].at : 0;
  const FrameNumber after = i + 1 < boundaries.size() ? boundaries[i + 1].at : std::ssize(film);
  return blended_at(film, boundaries[i].at, {before, after});
}

}  // namespace

std::vector<ShotBoundary> boundaries_apart(std::vector<ShotBoundary> boundaries,
                                           FrameNumber min_length, FrameNumber film_frames) {
  std::stable_sort(boundaries.begin(), boundaries.end(),
                   [](const auto& a, const auto& b) { return a.strength > b.strength; });
  const FrameNumber least = std::max<FrameNumber>(1, min_length);
  std::vector<ShotBoundary> kept;
  for (const ShotBoundary& one : boundaries) {
    const bool close = std::any_of(kept.begin(), kept.end(), [&](const ShotBoundary& other) {
      return std::abs(other.at - one.at) < least;
    });
    if (!close && one.at >= least && one.at < film_frames) kept.push_back(one);
  }
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return kept;
}

std::vector<Shot> shots_between(std::span<const FrameFeatures> film,
                                std::span<const ShotBoundary> boundaries) {
  if (film.empty()) return {};
  std::vector<Shot> shots;
  Shot shot{{0, 0}, TransitionKind::start_of_film, 0, 0};
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    const FrameRange unclean = unclean_at(film, boundaries, i);
    const FrameNumber at = boundaries[i].at;
    shot.range.end = at;
    shot.clean_end = std::clamp(unclean.start, shot.clean_start, at);
    shots.push_back(shot);
    const FrameNumber next = i + 1 < boundaries.size() ? boundaries[i + 1].at : std::ssize(film);
    shot = {{at, next}, boundaries[i].kind, std::clamp(unclean.end, at, next), next};
  }
  shot.range.end = shot.clean_end = std::ssize(film);
  shots.push_back(shot);
  for (Shot& one : shots) leave_out_blank_ends(film, one);
  return shots;
}

void mark_unclean(std::span<Shot> shots, const FrameRange& range) {
  for (Shot& shot : shots) {
    if (!range.overlaps(shot.range)) continue;
    if (range.start <= shot.clean_start)
      shot.clean_start = std::clamp(range.end, shot.clean_start, shot.clean_end);
    if (range.end >= shot.clean_end)
      shot.clean_end = std::clamp(range.start, shot.clean_start, shot.clean_end);
  }
}

}  // namespace dramatis
