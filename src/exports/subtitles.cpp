#include "exports/subtitles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "exports/presence.h"
#include "project/words.h"

namespace dramatis {
namespace {

/// A name moves in straight lines of at most so many frames.
constexpr FrameNumber kStepFrames = 12;

std::string names_at(const Moment& moment) {
  std::string names;
  for (const PersonView* person : moment.persons)
    names += (names.empty() ? "" : ", ") + person->shown_name();
  return names;
}

double start_s(const Snapshot& snapshot, const FrameRange& range) {
  return snapshot.timeline.seconds_of(range.start);
}
double end_s(const Snapshot& snapshot, const FrameRange& range) {
  return snapshot.timeline.seconds_of(range.end);
}

/// "0:01:02.34"
std::string ass_time(double seconds) {
  const auto cs = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds) * 100));
  return fmt::format("{}:{:02}:{:02}.{:02}", cs / 360000, cs / 6000 % 60, cs / 100 % 60, cs % 100);
}

/// Braces and backslashes would be commands.
std::string ass_text(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '{' ? '(' : c == '}' ? ')' : c == '\\' ? '/' : c;
  return out;
}

std::string ass_header(const Snapshot& snapshot) {
  const int height = std::max(snapshot.film.height, 1);
  return fmt::format(
      "[Script Info]\nTitle: {}\nScriptType: v4.00+\nPlayResX: {}\nPlayResY: {}\n"
      "ScaledBorderAndShadow: yes\nWrapStyle: 2\n\n"
      "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour,"
      " Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV\n"
      "Style: Name,Sans,{},&H00FFFFFF,&H00202020,&H80000000,-1,1,{},0,2,0,0,0\n\n"
      "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
      ass_text(film_name(snapshot)), snapshot.film.width, height, std::max(12, height / 27),
      std::max(1, height / 360));
}

/// Where the foot of a name stands: above the head, within the picture.
Point foot_of(const Snapshot& snapshot, const Box& head) {
  const auto width = static_cast<float>(snapshot.film.width);
  const auto height = static_cast<float>(snapshot.film.height);
  const float line = std::max(12.0f, height / 27);
  return {std::clamp(head.centre().x, 0.0f, width),
          std::clamp(head.y - line / 8, line, std::max(line, height))};
}

void add_events(const Snapshot& snapshot, const StoredTrack& stored, const PersonView& person,
                std::string& text) {
  const auto& points = stored.track.points;
  for (std::size_t from = 0; from < points.size();) {
    const std::size_t to = std::min(from + kStepFrames, points.size());
    const FrameRange range{points[from].frame, points[to - 1].frame + 1};
    const Point a = foot_of(snapshot, points[from].box);
    const Point b = foot_of(snapshot, points[std::min(to, points.size() - 1)].box);
    fmt::format_to(std::back_inserter(text),
                   "Dialogue: 0,{},{},Name,,0,0,0,,{{\\move({:.0f},{:.0f},{:.0f},{:.0f})}}{}\n",
                   ass_time(start_s(snapshot, range)), ass_time(end_s(snapshot, range)), a.x, a.y,
                   b.x, b.y, ass_text(person.shown_name()));
    from = to;
  }
}

}  // namespace

std::string vtt_export(const Snapshot& snapshot) {
  std::string text = "WEBVTT\n";
  for (const Moment& moment : moments_of(snapshot))
    fmt::format_to(std::back_inserter(text), "\n{} --> {}\n{}\n",
                   subtitle_time(start_s(snapshot, moment.range), '.'),
                   subtitle_time(end_s(snapshot, moment.range), '.'), xml_text(names_at(moment)));
  return text;
}

std::string srt_export(const Snapshot& snapshot) {
  std::string text;
  int number = 0;
  for (const Moment& moment : moments_of(snapshot))
    fmt::format_to(std::back_inserter(text), "{}\n{} --> {}\n{}\n\n", ++number,
                   subtitle_time(start_s(snapshot, moment.range), ','),
                   subtitle_time(end_s(snapshot, moment.range), ','), names_at(moment));
  return text;
}

std::string ass_export(const Snapshot& snapshot) {
  std::string text = ass_header(snapshot);
  for (const StoredTrack& track : snapshot.tracks) {
    const PersonView* person = snapshot.view.person_of_track(track.id);
    if (person && person->counts()) add_events(snapshot, track, *person, text);
  }
  return text;
}

}  // namespace dramatis
