#include "analysis/think.h"

#include <algorithm>

#include "project/pair_rules.h"
#include "project/person_ids.h"
#include "tracks/pictures.h"

namespace dramatis {
namespace {

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

/// A copy, since what other shots say of a picture must not be remembered with its own shot.
std::vector<StoredTrack> tracks_of(const AnalysisStore& store, const std::vector<Shot>& shots,
                                   HeadFollower& follower, const Watcher& watcher) {
  std::vector<StoredTrack> tracks = follower.follow(store, shots, watcher);
  mark_photographs_again(tracks);
  return tracks;
}

}  // namespace

void find_shots(AnalysisStore& store, const ShotOptions& options, const std::string& fingerprint) {
  if (store.finished_stage(stage::shots) == fingerprint) return;
  store.replace_shots(detect_shots(store.features(), options, store.film().frame_rate),
                      fingerprint);
}

void follow_heads(AnalysisStore& store, HeadFollower& follower, const std::string& fingerprint,
                  const Watcher& watcher) {
  if (store.finished_stage(stage::tracks) == fingerprint) return;
  store.replace_tracks(tracks_of(store, store.shots(), follower, watcher), fingerprint);
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
std::vector<TrackEvidence> all_evidence(const FilmInfo& film, const Timeline& timeline,
                                        const std::vector<StoredTrack>& tracks,
                                        const DecisionHistory& history, float min_face_quality) {
  std::vector<TrackEvidence> evidence;
  for (const StoredTrack& track : tracks)
    evidence.push_back(evidence_of(track, timeline, film, min_face_quality));
  for (const PictureMark& mark : picture_marks_of(history, tracks))
    for (TrackEvidence& one : evidence)
      if (one.track == mark.track) one.is_picture = mark.is_picture;
  return evidence;
}

/// `before`: the persons that keep their ids.
StoredCast cast_of(const FilmInfo& film, const Timeline& timeline,
                   const std::vector<StoredTrack>& tracks, const CastOptions& options,
                   float min_face_quality, const PersonTraces& before,
                   const DecisionHistory& history) {
  CastOptions informed = options;
  informed.sure_face_quality = min_face_quality;
  StoredCast found{
      .cast = find_cast(all_evidence(film, timeline, tracks, history, min_face_quality),
                        rules_of(history, tracks), informed),
      .decisions_up_to = history.last_sequence()};
  found.person_ids = person_ids_for(found.cast, tracks, timeline, before, history);
  return found;
}

}  // namespace

void find_people(Project& project, const CastOptions& options, float min_face_quality,
                 const std::string& fingerprint, const Watcher& watcher) {
  AnalysisStore& store = project.analysis();
  if (store.finished_stage(stage::people) == fingerprint) return;
  watcher.check();
  const std::vector<StoredTrack> tracks = store.tracks(true);
  const DecisionHistory history = project.decisions().history();
  const PersonTraces before = store.remembered_persons();
  const Timeline timeline = store.timeline();
  const StoredCast found =
      cast_of(store.film(), timeline, tracks, options, min_face_quality, before, history);
  store.replace_cast(found, fingerprint);

  const CastView now = view_of(found, tracks, timeline, history);
  for (const std::string& sentence : sentences_of(what_moved(before, now, tracks), now))
    watcher.on_note(sentence);
}

void think_so_far(Project& project, const ShotOptions& shot_options, HeadFollower& follower,
                  const CastOptions& options, float min_face_quality, const Watcher& watcher) {
  AnalysisStore& store = project.analysis();
  const std::vector<Shot> shots =
      detect_shots(store.features(), shot_options, store.film().frame_rate);
  const std::vector<StoredTrack> tracks = tracks_of(store, shots, follower, {.stop = watcher.stop});
  const DecisionHistory history = project.decisions().history();
  StoredCast found = cast_of(store.film(), store.timeline(), tracks, options, min_face_quality,
                             traces_now(project), history);
  found.cast.questions.clear();
  store.replace_so_far(shots, tracks, found);
}

}  // namespace dramatis
