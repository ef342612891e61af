#include "web/film_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace dramatis {
namespace {

using nlohmann::json;

double rounded(double value, double places) { return std::round(value * places) / places; }

double seconds_of(const Snapshot& snapshot, FrameNumber frame) {
  return rounded(snapshot.timeline.seconds_of(frame), 1000);
}

json head_json(const Snapshot& snapshot, const StoredTrack& track, FrameNumber frame) {
  const Box& box =
      track.track.points[static_cast<std::size_t>(frame - track.track.range.start)].box;
  const auto part = [](float value, int whole) {
    return rounded(value / std::max(1, whole), 10000);
  };
  const auto [width, height] = std::pair(snapshot.film.width, snapshot.film.height);
  return {track.id, part(box.x, width), part(box.y, height), part(box.width, width),
          part(box.height, height)};
}

/// Tracks on the screen within the range. Tracks lie within shots and shots in order, but ids need
/// not; 5,000 comparisons are nothing beside the answer's way to the browser.
std::vector<const StoredTrack*> tracks_in(const Snapshot& snapshot, const FrameRange& range) {
  std::vector<const StoredTrack*> found;
  for (const StoredTrack& track : snapshot.tracks)
    if (track.track.range.overlaps(range)) found.push_back(&track);
  return found;
}

}  // namespace

json timeline_json(const Snapshot& snapshot) {
  json shots = json::array();
  for (std::size_t i = 0; i < snapshot.shots.size(); ++i) {
    const Shot& shot = snapshot.shots[i];
    shots.push_back({{"id", shot_id(i)},
                     {"start_s", seconds_of(snapshot, shot.range.start)},
                     {"end_s", seconds_of(snapshot, shot.range.end)},
                     {"begins_with", name_of(shot.begins_with)}});
  }
  json rows = json::array();
  for (const PersonView& person : snapshot.view.persons) {
    json tracks = json::array();
    for (const int id : person.tracks) {
      const FrameRange& range = snapshot.track(id).track.range;
      tracks.push_back({id, seconds_of(snapshot, range.start), seconds_of(snapshot, range.end)});
    }
    rows.push_back({{"person", person.id}, {"tracks", std::move(tracks)}});
  }
  return {{"duration_s", seconds_of(snapshot, snapshot.timeline.frames())},
          {"shots", std::move(shots)},
          {"rows", std::move(rows)}};
}

json heads_json(const Snapshot& snapshot, double from_s, double to_s) {
  json frames = json::array();
  const Timeline& timeline = snapshot.timeline;
  if (timeline.frames() == 0 || !(from_s < to_s)) return {{"frames", frames}};
  FrameRange range{timeline.frame_at(from_s), timeline.frame_at(to_s) + 1};
  range.end = std::min(range.end, range.start + kLongestWindow);
  const auto tracks = tracks_in(snapshot, range);
  for (FrameNumber frame = range.start; frame < range.end; ++frame) {
    json heads = json::array();
    for (const StoredTrack* track : tracks)
      if (track->track.range.contains(frame)) heads.push_back(head_json(snapshot, *track, frame));
    frames.push_back({{"frame", frame},
                      {"time_s", rounded(timeline.seconds_of(frame), 1000000)},
                      {"heads", std::move(heads)}});
  }
  return {{"frames", std::move(frames)},
          {"end_s", rounded(timeline.seconds_of(range.end), 1000000)}};
}

}  // namespace dramatis
