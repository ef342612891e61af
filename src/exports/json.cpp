// Written line by line instead of through a tree in memory: a long film has a million heads.

#include "exports/json.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "exports/presence.h"

namespace dramatis {
namespace {

/// Numbers with a fixed number of places, without trailing zeros: the same bytes everywhere.
std::string rounded(double value, int places) {
  std::string text = fmt::format("{:.{}f}", std::isfinite(value) ? value : 0.0, places);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string seconds(double value) { return rounded(value, 6); }

/// The edges are rounded, so that a box that ends at the picture's edge does not end beyond it.
std::string box_text(const Box& box) {
  const auto hundredths = [](double value) { return std::round(value * 100); };
  const double left = hundredths(box.x), top = hundredths(box.y);
  return fmt::format("[{}, {}, {}, {}]", rounded(left / 100, 2), rounded(top / 100, 2),
                     rounded((hundredths(box.right()) - left) / 100, 2),
                     rounded((hundredths(box.bottom()) - top) / 100, 2));
}

std::string list_of(const std::vector<int>& numbers) {
  return fmt::format("[{}]", fmt::join(numbers, ", "));
}

class JsonWriter {
 public:
  explicit JsonWriter(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::string text() && {
    add("{{\n  \"format\": \"dramatis/1\",\n");
    write_film();
    add("  \"shots\": [");
    each(snapshot_.shots, [&](const Shot& shot) { write_shot(shot); });
    add("],\n  \"tracks\": [");
    each(snapshot_.tracks, [&](const StoredTrack& track) { write_track(track); });
    add("],\n  \"people\": [");
    write_people([](const PersonView& person) { return person.counts(); });
    add("],\n  \"pictures\": [");
    write_people([](const PersonView& person) {
      return !person.ignored && person.kind == PersonKind::picture;
    });
    add("],\n  \"faceless\": [");
    write_people([](const PersonView& person) { return person.is_faceless(); });
    add("],\n  \"ignored\": [");
    write_people([](const PersonView& person) { return person.ignored; });
    add("]\n}}\n");
    return std::move(text_);
  }

 private:
  template <typename... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
  }

  /// One line each, with commas between.
  template <typename Items, typename Write>
  void each(const Items& items, const Write& write) {
    const char* before = "\n    ";
    for (const auto& item : items) {
      text_ += before;
      write(item);
      before = ",\n    ";
    }
    if (std::size(items) > 0) text_ += "\n  ";
  }

  void write_film() {
    const FilmInfo& film = snapshot_.film;
    const Timeline& timeline = snapshot_.timeline;
    add("  \"film\": {{\"path\": {}, \"width\": {}, \"height\": {}, \"frame_rate\": \"{}\","
        " \"frames\": {}, \"duration_s\": {},\n",
        json_text(film.path), film.width, film.height, film.frame_rate.text(), timeline.frames(),
        seconds(timeline.seconds_of(timeline.frames())));
    add("           \"pixel_aspect\": \"{}\", \"codec\": {}, \"fingerprint\": {},"
        " \"damaged_packets\": {}, \"cut_short\": {}}},\n",
        film.pixel_aspect.text(), json_text(film.codec), json_text(film.fingerprint),
        snapshot_.film_end.damaged_packets, snapshot_.film_end.cut_short);
  }

  void write_shot(const Shot& shot) {
    add("{{\"id\": {}, \"start_frame\": {}, \"end_frame\": {}, \"start_s\": {}, \"end_s\": {},"
        " \"begins_with\": \"{}\", \"clean_start_frame\": {}, \"clean_end_frame\": {}}}",
        ++shots_written_, shot.range.start, shot.range.end,
        seconds(snapshot_.timeline.seconds_of(shot.range.start)),
        seconds(snapshot_.timeline.seconds_of(shot.range.end)), name_of(shot.begins_with),
        shot.clean_start, shot.clean_end);
  }

  void write_track(const StoredTrack& stored) {
    const Track& track = stored.track;
    const PersonView* person = snapshot_.view.person_of_track(stored.id);
    add("{{\"id\": {}, \"shot\": {}, \"person\": {}, \"start_frame\": {}, \"end_frame\": {},\n",
        stored.id, stored.shot, person && person->counts() ? std::to_string(person->id) : "null",
        track.range.start, track.range.end);
    add("     \"picture\": {}, \"ignored\": {}, ",
        person ? person->kind == PersonKind::picture : track.is_picture, person && person->ignored);
    write_membership(stored.id);
    write_best_face(stored);
    add("     \"heads\": [");
    const char* before = "\n       ";
    for (const TrackPoint& point : track.points) {
      add("{}{{\"frame\": {}, \"box\": {}, \"seen\": {}}}", before, point.frame,
          box_text(box_in_picture(snapshot_, point.box)), point.seen);
      before = ",\n       ";
    }
    add("]}}");
  }

  void write_membership(int track) {
    const auto& tracks = snapshot_.view.tracks;
    const auto view = std::lower_bound(tracks.begin(), tracks.end(), track,
                                       [](const TrackView& t, int id) { return t.track < id; });
    if (view == tracks.end() || view->track != track || view->person == 0) {
      add("\"confidence\": null, \"basis\": null,\n");
    } else {
      add("\"confidence\": {}, \"basis\": \"{}\",\n", rounded(view->confidence, 4),
          name_of(view->basis));
    }
  }

  void write_best_face(const StoredTrack& stored) {
    if (!stored.best_face) {
      add("     \"best_face\": null,\n");
      return;
    }
    const FaceSighting& best = stored.track.faces[*stored.best_face];
    add("     \"best_face\": {{\"frame\": {}, \"box\": {}, \"quality\": {}, \"reason\": {}}},\n",
        best.frame, box_text(box_in_picture(snapshot_, best.face.box)), rounded(best.quality, 2),
        json_text(stored.best_face_reason));
  }

  template <typename Choose>
  void write_people(const Choose& choose) {
    std::map<int, const PersonView*> by_id;
    for (const PersonView& person : snapshot_.view.persons)
      if (choose(person)) by_id[person.id] = &person;
    each(by_id, [&](const auto& entry) { write_person(*entry.second); });
  }

  void write_person(const PersonView& person) {
    add("{{\"id\": {}, \"name\": {}, \"tracks\": {}, \"screen_time_s\": {}, \"shots\": {},"
        " \"extra\": {}, \"confidence\": {}, \"first_frame\": {}, \"end_frame\": {}}}",
        person.id, person.name.empty() ? "null" : json_text(person.name), list_of(person.tracks),
        seconds(person.seconds), list_of(person.shots), person.kind == PersonKind::extra,
        rounded(person.confidence, 4), person.frames.start, person.frames.end);
  }

  const Snapshot& snapshot_;
  std::string text_;
  int shots_written_ = 0;
};

}  // namespace

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_export(const Snapshot& snapshot) { return JsonWriter(snapshot).text(); }

}  // namespace dramatis
