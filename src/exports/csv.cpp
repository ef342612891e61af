#include "exports/csv.h"

#include <fmt/format.h>

#include <iterator>

namespace dramatis {
namespace {

std::string track_line(const Snapshot& snapshot, const StoredTrack& stored) {
  const PersonView* person = snapshot.view.person_of_track(stored.id);
  const bool counts = person && person->counts();
  const FrameRange& range = stored.track.range;
  const std::string best_frame =
      stored.best_face ? std::to_string(stored.track.faces[*stored.best_face].frame) : "";
  return fmt::format("{},{},{},{},{},{},{:.6f},{:.6f},{}\n", stored.id, stored.shot,
                     counts ? std::to_string(person->id) : "",
                     counts ? csv_field(person->name) : "", range.start, range.end,
                     snapshot.timeline.seconds_of(range.start),
                     snapshot.timeline.seconds_of(range.end), best_frame);
}

}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_export(const Snapshot& snapshot) {
  std::string text = "track,shot,person,name,start_frame,end_frame,start_s,end_s,best_face_frame\n";
  for (const StoredTrack& track : snapshot.tracks) text += track_line(snapshot, track);
  return text;
}

std::string csv_people_export(const Snapshot& snapshot) {
  std::string text = "person,name,screen_time_s,shots,tracks,first_s,end_s,extra\n";
  for (const PersonView& person : snapshot.view.persons) {
    if (!person.counts()) continue;
    fmt::format_to(std::back_inserter(text), "{},{},{:.6f},{},{},{:.6f},{:.6f},{}\n", person.id,
                   csv_field(person.name), person.seconds, person.shots.size(),
                   person.tracks.size(), snapshot.timeline.seconds_of(person.frames.start),
                   snapshot.timeline.seconds_of(person.frames.end),
                   person.kind == PersonKind::extra ? 1 : 0);
  }
  return text;
}

}  // namespace dramatis
