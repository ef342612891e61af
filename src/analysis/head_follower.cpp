#include "analysis/head_follower.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "analysis/frame_change.h"
#include "tracks/best_face.h"

namespace dramatis {
namespace {

/// The picture's motion from each frame of the range to the next, in pixels.
std::vector<Point> camera_motion(const std::vector<FrameFeatures>& features,
                                 const FrameRange& range, const FilmInfo& film) {
  std::vector<Point> motion;
  for (FrameNumber frame = range.start; frame + 1 < range.end; ++frame)
    motion.push_back(
        camera_shift(features[static_cast<std::size_t>(frame + 1)], film.width, film.height));
  motion.push_back({});
  return motion;
}

/// What nine in ten frames of the range stay below; 0 for a range of one frame.
double stir_of(const std::vector<FrameFeatures>& features, const FrameRange& range) {
  std::vector<float> changes;
  for (FrameNumber frame = range.start + 1; frame < range.end; ++frame)
    changes.push_back(features[static_cast<std::size_t>(frame)].structure_change);
  if (changes.empty()) return 0;
  const auto at = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() * 9 / 10);
  std::nth_element(changes.begin(), at, changes.end());
  return *at;
}

StoredTrack stored(Track track, float min_face_quality) {
  StoredTrack result;
  if (const auto best = best_face(track, min_face_quality)) {
    result.best_face = best->index;
    result.best_face_reason = best->reason;
  }
  result.track = std::move(track);
  return result;
}

/// What makes a shot the same one in two lists.
auto frames_of(const Shot& shot) {
  return std::tuple(shot.range.start, shot.range.end, shot.clean_start, shot.clean_end);
}

}  // namespace

HeadFollower::HeadFollower(const TrackingOptions& options, float min_face_quality)
    : options_(options), min_face_quality_(min_face_quality) {}

std::vector<StoredTrack> HeadFollower::follow_shot(
    const AnalysisStore& store, const Shot& shot, const FilmInfo& film,
    const std::vector<FrameFeatures>& features) const {
  const std::vector<Look> looks = store.looks(shot.range);
  const std::vector<Point> motion = camera_motion(features, shot.range, film);
  const ShotLooks seen{.range = shot.range,
                       .clean_range = {shot.clean_start, shot.clean_end},
                       .frames_per_second = film.frame_rate.to_double(),
                       .picture_width = film.width,
                       .picture_height = film.height,
                       .looks = looks,
                       .camera_motion = motion,
                       .stir = stir_of(features, {shot.clean_start, shot.clean_end})};
  std::vector<StoredTrack> tracks;
  for (Track& track : track_shot(seen, options_))
    tracks.push_back(stored(std::move(track), min_face_quality_));
  return tracks;
}

const std::vector<StoredTrack>& HeadFollower::follow(const AnalysisStore& store,
                                                     const std::vector<Shot>& shots,
                                                     const Watcher& watcher) {
  std::map<decltype(frames_of({})), std::size_t> known;
  for (std::size_t i = 0; i < shots_.size(); ++i) known[frames_of(shots_[i])] = i;
  const FilmInfo film = store.film();
  const std::vector<FrameFeatures> features = store.features();
  std::vector<std::vector<StoredTrack>> followed;
  for (const Shot& shot : shots) {
    watcher.check();
    const auto before = known.find(frames_of(shot));
    followed.push_back(before == known.end() ? follow_shot(store, shot, film, features)
                                             : tracks_of_known(before->second));
    watcher.on_progress({"Following heads", std::ssize(followed), std::ssize(shots), "shots"});
  }
  remember(shots, std::move(followed));
  return tracks_;
}

std::vector<StoredTrack> HeadFollower::tracks_of_known(std::size_t shot) const {
  const auto [first, last] =
      std::equal_range(tracks_.begin(), tracks_.end(), StoredTrack{.shot = shot_id(shot)},
                       [](const StoredTrack& a, const StoredTrack& b) { return a.shot < b.shot; });
  return {first, last};
}

void HeadFollower::remember(const std::vector<Shot>& shots,
                            std::vector<std::vector<StoredTrack>> followed) {
  shots_ = shots;
  tracks_.clear();
  for (std::size_t i = 0; i < followed.size(); ++i)
    for (StoredTrack& track : followed[i]) {
      track.id = static_cast<int>(tracks_.size()) + 1;
      track.shot = shot_id(i);
      tracks_.push_back(std::move(track));
    }
}

}  // namespace dramatis
