#include "tracks/track_detections.h"

#include <algorithm>
#include <iterator>

namespace dramatis {
namespace {

bool before(const Look& look, FrameNumber frame) { return look.frame < frame; }

ShotLooks looks_within(std::span<const Look> looks, const FrameRange& range,
                       const DetectedFilm& film) {
  const auto first = std::lower_bound(looks.begin(), looks.end(), range.start, before);
  const auto end = std::lower_bound(first, looks.end(), range.end, before);
  return {.range = range,
          .clean_range = range,
          .frames_per_second = film.frames_per_second,
          .picture_width = film.picture_width,
          .picture_height = film.picture_height,
          .looks = looks.subspan(first - looks.begin(), end - first),
          .camera_motion = {}};
}

}  // namespace

std::vector<Track> track_detections(std::span<const MotBox> detections, const DetectedFilm& film,
                                    const TrackingOptions& options) {
  const std::vector<Look> looks = looks_from_mot(detections);
  if (looks.empty()) return {};
  std::vector<FrameRange> shots = film.shots;
  if (shots.empty()) shots.push_back({0, looks.back().frame + 1});
  std::vector<Track> tracks;
  for (const FrameRange& shot : shots)
    std::ranges::move(track_shot(looks_within(looks, shot, film), options),
                      std::back_inserter(tracks));
  return tracks;
}

}  // namespace dramatis
