#include "exports/annotation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "exports/presence.h"

namespace dramatis {
namespace {

/// An annotation of a tier: from, to in milliseconds, and what it says.
struct Note {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::string text;
};

class ElanWriter {
 public:
  explicit ElanWriter(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::string text() && {
    gather();
    add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<ANNOTATION_DOCUMENT AUTHOR=\"dramatis\" DATE=\"1970-01-01T00:00:00+00:00\" FORMAT=\"3.0\""
        " VERSION=\"3.0\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xsi:noNamespaceSchemaLocation=\"http://www.mpi.nl/tools/elan/EAFv3.0.xsd\">\n"
        "  <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\">\n"
        "    <MEDIA_DESCRIPTOR MEDIA_URL=\"{}\" MIME_TYPE=\"video/*\"/>\n  </HEADER>\n"
        "  <TIME_ORDER>\n",
        xml_text(snapshot_.film.path));
    for (const auto& [ms, slot] : slots_)
      add("    <TIME_SLOT TIME_SLOT_ID=\"ts{}\" TIME_VALUE=\"{}\"/>\n", slot, ms);
    add("  </TIME_ORDER>\n");
    for (const auto& [name, notes] : tiers_) write_tier(name, notes);
    add("  <LINGUISTIC_TYPE GRAPHIC_REFERENCES=\"false\" LINGUISTIC_TYPE_ID=\"default\""
        " TIME_ALIGNABLE=\"true\"/>\n</ANNOTATION_DOCUMENT>\n");
    return std::move(text_);
  }

 private:
  template <typename... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
  }

  Note note(const FrameRange& range, const std::string& what) const {
    const auto ms = [&](FrameNumber frame) {
      return static_cast<std::int64_t>(std::llround(snapshot_.timeline.seconds_of(frame) * 1000));
    };
    return {ms(range.start), std::max(ms(range.end), ms(range.start) + 1), what};
  }

  void gather() {
    std::vector<Note> shots;
    for (std::size_t i = 0; i < snapshot_.shots.size(); ++i)
      shots.push_back(note(snapshot_.shots[i].range, std::to_string(shot_id(i))));
    tiers_.emplace_back("shots", std::move(shots));
    std::set<std::string> taken{"shots"};
    int person = 0;
    for (const Presence& presence : presences_of(snapshot_, false)) {
      if (presence.person->id != person) {
        person = presence.person->id;
        std::string tier = presence.person->shown_name();
        if (!taken.insert(tier).second) tier += fmt::format(" (person {})", person);
        taken.insert(tier);
        tiers_.emplace_back(tier, std::vector<Note>());
      }
      tiers_.back().second.push_back(note(presence.range, presence.person->shown_name()));
    }
    for (const auto& [name, notes] : tiers_)
      for (const Note& one : notes) slots_[one.from_ms] = slots_[one.to_ms] = 0;
    int number = 0;
    for (auto& [ms, slot] : slots_) slot = ++number;
  }

  void write_tier(const std::string& name, const std::vector<Note>& notes) {
    add("  <TIER LINGUISTIC_TYPE_REF=\"default\" TIER_ID=\"{}\">\n", xml_text(name));
    for (const Note& one : notes)
      add("    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{}\" TIME_SLOT_REF1=\"ts{}\""
          " TIME_SLOT_REF2=\"ts{}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE>"
          "</ALIGNABLE_ANNOTATION></ANNOTATION>\n",
          ++notes_written_, slots_.at(one.from_ms), slots_.at(one.to_ms), xml_text(one.text));
    add("  </TIER>\n");
  }

  const Snapshot& snapshot_;
  std::vector<std::pair<std::string, std::vector<Note>>> tiers_;
  std::map<std::int64_t, int> slots_;  ///< by time
  std::string text_;
  int notes_written_ = 0;
};

std::string label_of(const Snapshot& snapshot, int track) {
  const PersonView* person = snapshot.view.person_of_track(track);
  if (!person || person->ignored) return "ignored";
  if (person->kind == PersonKind::faceless) return "unknown";
  return person->kind == PersonKind::picture ? "picture" : person->shown_name();
}

void add_cvat_box(const Box& box, FrameNumber frame, bool outside, std::string& text) {
  fmt::format_to(std::back_inserter(text),
                 "    <box frame=\"{}\" outside=\"{}\" occluded=\"0\" keyframe=\"1\" xtl=\"{:.2f}\""
                 " ytl=\"{:.2f}\" xbr=\"{:.2f}\" ybr=\"{:.2f}\" z_order=\"0\"></box>\n",
                 frame, outside ? 1 : 0, box.x, box.y, box.right(), box.bottom());
}

}  // namespace

std::string eaf_export(const Snapshot& snapshot) { return ElanWriter(snapshot).text(); }

std::string mot_export(const Snapshot& snapshot) {
  struct Line {
    FrameNumber frame = 0;
    int track = 0;
    Box box;
  };
  std::vector<Line> lines;
  for (const StoredTrack& stored : snapshot.tracks)
    for (const TrackPoint& point : stored.track.points)
      lines.push_back({point.frame, stored.id, box_in_picture(snapshot, point.box)});
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.frame < b.frame; });
  std::string text;
  for (const Line& line : lines)
    fmt::format_to(std::back_inserter(text), "{},{},{:.2f},{:.2f},{:.2f},{:.2f},1,-1,-1,-1\n",
                   line.frame + 1, line.track, line.box.x, line.box.y, line.box.width,
                   line.box.height);
  return text;
}

std::string cvat_export(const Snapshot& snapshot) {
  std::set<std::string> labels;
  for (const StoredTrack& track : snapshot.tracks) labels.insert(label_of(snapshot, track.id));
  std::string text =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n"
      "  <meta>\n    <task>\n";
  fmt::format_to(std::back_inserter(text),
                 "      <name>{}</name>\n      <size>{}</size>\n      <mode>interpolation</mode>\n"
                 "      <start_frame>0</start_frame>\n      <stop_frame>{}</stop_frame>\n"
                 "      <labels>\n",
                 xml_text(film_name(snapshot)), snapshot.timeline.frames(),
                 std::max<FrameNumber>(0, snapshot.timeline.frames() - 1));
  for (const std::string& label : labels)
    text += "        <label><name>" + xml_text(label) + "</name></label>\n";
  fmt::format_to(std::back_inserter(text),
                 "      </labels>\n      <original_size>\n        <width>{}</width>\n"
                 "        <height>{}</height>\n      </original_size>\n    </task>\n  </meta>\n",
                 snapshot.film.width, snapshot.film.height);
  for (const StoredTrack& stored : snapshot.tracks) {
    fmt::format_to(std::back_inserter(text), "  <track id=\"{}\" label=\"{}\" source=\"auto\">\n",
                   stored.id, xml_text(label_of(snapshot, stored.id)));
    const auto& points = stored.track.points;
    for (const TrackPoint& point : points)
      add_cvat_box(box_in_picture(snapshot, point.box), point.frame, false, text);
    if (const FrameNumber end = stored.track.range.end;
        !points.empty() && end < snapshot.timeline.frames())
      add_cvat_box(box_in_picture(snapshot, points.back().box), end, true, text);
    text += "  </track>\n";
  }
  return text + "</annotations>\n";
}

}  // namespace dramatis
