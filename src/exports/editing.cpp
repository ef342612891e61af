#include "exports/editing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "exports/presence.h"

namespace dramatis {
namespace {

using Json = nlohmann::ordered_json;

/// Colours that OTIO and the editing programs name alike; persons take them in turn.
constexpr std::array kColours{"RED",     "GREEN",  "BLUE",   "CYAN",
                              "MAGENTA", "YELLOW", "ORANGE", "PINK"};

const char* colour_of(const PersonView& person) {
  return kColours[static_cast<std::size_t>(person.id) % kColours.size()];
}

/// The presences within a shot, by time.
std::vector<Presence> presences_in(const std::vector<Presence>& all, const FrameRange& shot) {
  std::vector<Presence> within;
  for (const Presence& presence : all)
    if (shot.overlaps(presence.range))
      within.push_back({presence.person, shot.intersection(presence.range)});
  std::stable_sort(within.begin(), within.end(), [](const Presence& a, const Presence& b) {
    return a.range.start < b.range.start;
  });
  return within;
}

class OtioWriter {
 public:
  explicit OtioWriter(const Snapshot& snapshot)
      : snapshot_(snapshot),
        rate_(snapshot.film.frame_rate.to_double()),
        presences_(presences_of(snapshot, true)) {}

  std::string text() const {
    Json clips = Json::array();
    for (std::size_t i = 0; i < snapshot_.shots.size(); ++i)
      clips.push_back(clip(snapshot_.shots[i], shot_id(i)));
    const Json track = item("Track.1", "shots", {{"kind", "Video"}, {"children", clips}});
    const Json stack = item("Stack.1", "tracks", {{"children", Json::array({track})}});
    const Json timeline{{"OTIO_SCHEMA", "Timeline.1"},
                        {"name", film_name(snapshot_)},
                        {"metadata", {{"dramatis", {{"format", "dramatis/1"}}}}},
                        {"global_start_time", time(0)},
                        {"tracks", stack}};
    return timeline.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  Json time(FrameNumber frame) const {
    return {{"OTIO_SCHEMA", "RationalTime.1"}, {"rate", rate_}, {"value", frame}};
  }
  Json range(const FrameRange& frames) const {
    return {{"OTIO_SCHEMA", "TimeRange.1"},
            {"start_time", time(frames.start)},
            {"duration", time(frames.size())}};
  }
  static Json item(const char* schema, const std::string& name, const Json& more) {
    Json json{{"OTIO_SCHEMA", schema},      {"name", name},
              {"metadata", Json::object()}, {"source_range", nullptr},
              {"effects", Json::array()},   {"markers", Json::array()}};
    json.update(more);
    return json;
  }

  Json marker(const Presence& presence) const {
    return {{"OTIO_SCHEMA", "Marker.2"},
            {"name", presence.person->shown_name()},
            {"color", colour_of(*presence.person)},
            {"marked_range", range(presence.range)},
            {"metadata", {{"dramatis", {{"person", presence.person->id}}}}}};
  }

  Json clip(const Shot& shot, int id) const {
    Json markers = Json::array();
    for (const Presence& presence : presences_in(presences_, shot.range))
      markers.push_back(marker(presence));
    const Json film{{"OTIO_SCHEMA", "ExternalReference.1"},
                    {"name", film_name(snapshot_)},
                    {"metadata", Json::object()},
                    {"available_range", range({0, snapshot_.timeline.frames()})},
                    {"target_url", snapshot_.film.path}};
    return item(
        "Clip.1", "shot " + std::to_string(id),
        {{"source_range", range(shot.range)}, {"markers", markers}, {"media_reference", film}});
  }

  const Snapshot& snapshot_;
  double rate_;
  std::vector<Presence> presences_;
};

std::string time_code(FrameNumber frame, FrameNumber rate) {
  const FrameNumber seconds = frame / rate;
  return fmt::format("{:02}:{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                     frame % rate);
}

/// A comment ends with its line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

}  // namespace

std::string otio_export(const Snapshot& snapshot) { return OtioWriter(snapshot).text(); }

std::string edl_export(const Snapshot& snapshot) {
  const auto rate = std::max<FrameNumber>(1, std::llround(snapshot.film.frame_rate.to_double()));
  const std::vector<Presence> presences = presences_of(snapshot, true);
  const std::string clip = one_line(film_name(snapshot));
  std::string text = fmt::format("TITLE: {}\nFCM: NON-DROP FRAME\n\n", clip);
  for (std::size_t i = 0; i < snapshot.shots.size(); ++i) {
    const FrameRange& shot = snapshot.shots[i].range;
    const std::string in = time_code(shot.start, rate);
    const std::string out = time_code(shot.end, rate);
    fmt::format_to(std::back_inserter(text),
                   "{:03}  AX       V     C        {} {} {} {}\n* FROM CLIP NAME: {}\n", i + 1, in,
                   out, in, out, clip);
    for (const Presence& presence : presences_in(presences, shot))
      fmt::format_to(std::back_inserter(text), "* LOC: {} {:<7} {}\n",
                     time_code(presence.range.start, rate), colour_of(*presence.person),
                     one_line(presence.person->shown_name()));
  }
  return text;
}

}  // namespace dramatis
