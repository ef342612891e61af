#include "exports/presence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

namespace dramatis {

std::vector<Presence> presences_of(const Snapshot& snapshot, bool by_shot) {
  std::vector<Presence> presences;
  for (const PersonView& person : snapshot.view.persons) {
    if (!person.counts()) continue;
    std::vector<std::pair<FrameRange, int>> ranges;  // with their shots
    for (const int id : person.tracks)
      ranges.emplace_back(snapshot.track(id).track.range, snapshot.track(id).shot);
    std::sort(ranges.begin(), ranges.end(),
              [](const auto& a, const auto& b) { return a.first.start < b.first.start; });
    int last_shot = 0;
    bool first = true;
    for (const auto& [range, shot] : ranges) {
      if (range.empty()) continue;
      const bool goes_on =
          !first && range.start <= presences.back().range.end && (!by_shot || shot == last_shot);
      if (goes_on) {
        presences.back().range.end = std::max(presences.back().range.end, range.end);
      } else {
        presences.push_back({&person, range});
      }
      last_shot = shot;
      first = false;
    }
  }
  return presences;
}

std::vector<Moment> moments_of(const Snapshot& snapshot) {
  const std::vector<Presence> presences = presences_of(snapshot, false);
  std::map<FrameNumber, std::vector<std::size_t>> changes;  // who comes or goes at a frame
  for (std::size_t i = 0; i < presences.size(); ++i) {
    changes[presences[i].range.start].push_back(i);
    changes[presences[i].range.end].push_back(i);
  }
  std::vector<Moment> moments;
  std::vector<std::size_t> there;  // places in `presences`, which follow the order of the cast
  FrameNumber since = 0;
  for (const auto& [frame, who] : changes) {
    if (!there.empty()) {
      moments.push_back({{since, frame}, {}});
      for (const std::size_t i : there) moments.back().persons.push_back(presences[i].person);
    }
    for (const std::size_t i : who) {
      const auto place = std::lower_bound(there.begin(), there.end(), i);
      if (place != there.end() && *place == i) {
        there.erase(place);
      } else {
        there.insert(place, i);
      }
    }
    since = frame;
  }
  return moments;
}

Box box_in_picture(const Snapshot& snapshot, const Box& box) {
  return clipped(box, snapshot.film.width, snapshot.film.height);
}

std::string subtitle_time(double seconds, char before_milliseconds) {
  const auto ms = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds) * 1000));
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
                     before_milliseconds, ms % 1000);
}

std::string xml_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return out;
}

std::string film_name(const Snapshot& snapshot) {
  return std::filesystem::path(snapshot.film.path).filename().string();
}

}  // namespace dramatis
