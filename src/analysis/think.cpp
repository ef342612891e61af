#include "analysis/think.h"

#include <algorithm>

#include "project/pair_rules.h"
#include "project/person_ids.h"
#include "tracks/best_face.h"
#include "tracks/pictures.h"

namespace dramatis {
namespace {

/// The picture's motion from each frame of the range to the next, in pixels.
std::vector<Point> camera_motion(const std::vector<FrameFeatures>& features,
                                 const FrameRange& range, const FilmInfo& film) {
  std::vector<Point> motion;
  for (FrameNumber frame = range.start; frame + 1 < range.end; ++frame) {
    const FrameFeatures& next = features[static_cast<std::size_t>(frame + 1)];
    motion.push_back({next.shift_x * static_cast<float>(film.width),
                      next.shift_y * static_cast<float>(film.height)});
  }
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

/// A picture that one shot gave away is one in every shot.
void mark_photographs_again(std::vector<StoredTrack>& tracks) {
  std::vector<const Track*> pictures;
  for (const StoredTrack& one : tracks)
    if (one.track.is_picture) pictures.push_back(&one.track);
  std::vector<bool> again;
  for (const StoredTrack& one : tracks)
    again.push_back(std::any_of(pictures.begin(), pictures.end(), [&](const Track* picture) {
      return is_same_photograph(one.track, *picture);
    }));
  for (std::size_t i = 0; i < tracks.size(); ++i)
    if (again[i]) tracks[i].track.is_picture = true;
}

StoredTrack stored(Track track, int id, int shot, float min_face_quality) {
  StoredTrack result{.id = id, .shot = shot};
  if (const auto best = best_face(track, min_face_quality)) {
    result.best_face = best->index;
    result.best_face_reason = best->reason;
  }
  result.track = std::move(track);
  return result;
}

}  // namespace

void find_shots(AnalysisStore& store, const ShotOptions& options, const std::string& fingerprint) {
  if (store.finished_stage(stage::shots) == fingerprint) return;
  store.replace_shots(detect_shots(store.features(), options, store.film().frame_rate),
                      fingerprint);
}

void follow_heads(AnalysisStore& store, const TrackingOptions& options, float min_face_quality,
                  const std::string& fingerprint, const Watcher& watcher) {
  if (store.finished_stage(stage::tracks) == fingerprint) return;
  const FilmInfo film = store.film();
  const std::vector<FrameFeatures> features = store.features();
  const std::vector<Shot> shots = store.shots();
  std::vector<StoredTrack> tracks;
  for (std::size_t i = 0; i < shots.size(); ++i) {
    watcher.check();
    const Shot& shot = shots[i];
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
    for (Track& track : track_shot(seen, options))
      tracks.push_back(stored(std::move(track), static_cast<int>(tracks.size()) + 1, shot_id(i),
                              min_face_quality));
    watcher.on_progress({"Following heads", static_cast<std::int64_t>(i) + 1,
                         static_cast<std::int64_t>(shots.size()), "shots"});
  }
  mark_photographs_again(tracks);
  store.replace_tracks(tracks, fingerprint);
}

namespace {

/// Weak faces: from this share of the least quality on. With the default, 10: docs/people.md.
constexpr float weak_share = 0.4f;

TrackEvidence evidence_of(const StoredTrack& stored, const Timeline& timeline, const FilmInfo& film,
                          float min_face_quality) {
  const Track& track = stored.track;
  TrackEvidence evidence{.track = stored.id, .shot = stored.shot, .range = track.range};
  evidence.seconds = timeline.duration_s(track.range);
  evidence.colours = track.colours;
  evidence.is_picture = track.is_picture;
  for (const FaceSighting& face : track.faces)
    if (!face.embedding.empty() && face.quality >= weak_share * min_face_quality)
      evidence.faces.push_back({face.frame, face.quality, face.embedding});
  for (const TrackPoint& point : track.points) {
    evidence.place.x += point.box.centre().x;
    evidence.place.y += point.box.centre().y;
    evidence.size += point.box.height;
  }
  const float count = static_cast<float>(std::max<std::size_t>(track.points.size(), 1));
  evidence.place.x /= count * static_cast<float>(film.width);
  evidence.place.y /= count * static_cast<float>(film.height);
  evidence.size /= count * static_cast<float>(film.height);
  return evidence;
}

/// All tracks as evidence, in the order of their ids; what the user calls a picture is one.
std::vector<TrackEvidence> all_evidence(const AnalysisStore& store,
                                        const std::vector<StoredTrack>& tracks,
                                        const DecisionHistory& history, float min_face_quality) {
  const Timeline timeline = store.timeline();
  const FilmInfo film = store.film();
  std::vector<TrackEvidence> evidence;
  for (const StoredTrack& track : tracks)
    evidence.push_back(evidence_of(track, timeline, film, min_face_quality));
  for (const PictureMark& mark : picture_marks_of(history, tracks))
    for (TrackEvidence& one : evidence)
      if (one.track == mark.track) one.is_picture = mark.is_picture;
  return evidence;
}

}  // namespace

void find_people(Project& project, const CastOptions& options, float min_face_quality,
                 const std::string& fingerprint, const Watcher& watcher) {
  AnalysisStore& store = project.analysis();
  if (store.finished_stage(stage::people) == fingerprint) return;
  watcher.check();
  const std::vector<StoredTrack> tracks = store.tracks(true);
  const DecisionHistory history = project.decisions().history();
  CastOptions informed = options;
  informed.sure_face_quality = min_face_quality;
  StoredCast found{.cast = find_cast(all_evidence(store, tracks, history, min_face_quality),
                                     rules_of(history, tracks), informed),
                   .decisions_up_to = history.last_sequence()};
  const Timeline timeline = store.timeline();
  const PersonTraces before = store.remembered_persons();
  found.person_ids = person_ids_for(found.cast, tracks, timeline, before, history);
  store.replace_cast(found, fingerprint);

  const CastView now = view_of(found, tracks, timeline, history);
  for (const std::string& sentence : sentences_of(what_moved(before, now, tracks), now))
    watcher.on_note(sentence);
}

}  // namespace dramatis
