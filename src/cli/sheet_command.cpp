#include "cli/sheet_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include "base/failure.h"
#include "project/snapshot.h"
#include "project/words.h"
#include "render/contact_sheet.h"

namespace dramatis {
namespace {

/// The quality of the track's face in that frame, or nothing if the frame shows none of it.
std::optional<float> face_quality_at(const Track& track, FrameNumber frame) {
  for (const FaceSighting& face : track.faces)
    if (face.frame == frame) return face.quality;
  return std::nullopt;
}

/// The stored pictures of a track, best face first.
std::vector<SheetFace> faces_of(const StoredTrack& stored, const AnalysisStore& store,
                                const Timeline& timeline) {
  const Track& track = stored.track;
  std::vector<SheetFace> faces;
  for (HeadPicture& picture : store.pictures(track.range)) {
    const auto at = static_cast<std::size_t>(picture.frame - track.range.start);
    if (overlap(track.points[at].box, picture.head_box) < 0.5f) continue;
    const double quality = face_quality_at(track, picture.frame).value_or(0.0f);
    faces.push_back({.jpeg = std::move(picture.jpeg),
                     .shot = stored.shot,
                     .time_s = timeline.seconds_of(picture.frame),
                     .quality = quality});
  }
  std::stable_sort(faces.begin(), faces.end(),
                   [](const SheetFace& a, const SheetFace& b) { return a.quality > b.quality; });
  return faces;
}

/// Best faces first, but one of each track before a second of any, so that the row shows its
/// breadth.
std::vector<SheetFace> row_of(const PersonView& person, const Snapshot& snapshot,
                              const AnalysisStore& store) {
  std::vector<SheetFace> first, rest;
  for (const int id : person.tracks) {
    std::vector<SheetFace> faces = faces_of(snapshot.track(id), store, snapshot.timeline);
    for (std::size_t i = 0; i < faces.size() && i < 3; ++i)
      (i == 0 ? first : rest).push_back(std::move(faces[i]));
  }
  const auto by_quality = [](const SheetFace& a, const SheetFace& b) {
    return a.quality > b.quality;
  };
  std::stable_sort(first.begin(), first.end(), by_quality);
  std::stable_sort(rest.begin(), rest.end(), by_quality);
  std::move(rest.begin(), rest.end(), std::back_inserter(first));
  return first;
}

std::string note_of(const PersonView& person) {
  if (person.ignored) return "ignored";
  if (person.kind == PersonKind::picture) return "a picture";
  if (person.kind == PersonKind::extra) return "extra";
  return person.confidence < 0.7f ? "not sure" : "";
}

SheetPerson sheet_person(const PersonView& person, const Snapshot& snapshot,
                         const AnalysisStore& store) {
  return {.id = person.id,
          .name = person.name,
          .counts = person.counts(),
          .note = note_of(person),
          .screen_time_s = person.seconds,
          .tracks = static_cast<int>(person.tracks.size()),
          .shots = static_cast<int>(person.shots.size()),
          .faces = row_of(person, snapshot, store)};
}

/// One row for all heads that nobody knows, each with the best picture of it.
SheetPerson faceless_row(const std::vector<const PersonView*>& heads, const Snapshot& snapshot,
                         const AnalysisStore& store) {
  SheetPerson row{.name = counted(heads.size(), "head"), .counts = false, .note = "without a face"};
  std::set<int> shots;
  for (const PersonView* head : heads) {
    row.screen_time_s += head->seconds;
    row.tracks += static_cast<int>(head->tracks.size());
    shots.insert(head->shots.begin(), head->shots.end());
    std::vector<SheetFace> faces = row_of(*head, snapshot, store);
    if (!faces.empty()) row.faces.push_back(std::move(faces.front()));
  }
  row.shots = static_cast<int>(shots.size());
  return row;
}
}  // namespace

std::vector<std::string> write_sheet(Project& project, const std::string& path) {
  const Snapshot snapshot = snapshot_of(project);
  ContactSheet sheet{.title = std::filesystem::path(snapshot.film.path).filename().string(),
                     .duration_s = snapshot.timeline.seconds_of(snapshot.timeline.frames())};
  std::vector<const PersonView*> faceless;
  for (const PersonView& person : snapshot.view.persons) {
    if (person.is_faceless())
      faceless.push_back(&person);
    else if (!person.ignored)
      sheet.people.push_back(sheet_person(person, snapshot, project.analysis()));
  }
  if (!faceless.empty())
    sheet.people.push_back(faceless_row(faceless, snapshot, project.analysis()));
  return write_contact_sheet(path, sheet);
}

void add_sheet_command(CLI::App& app) {
  struct Arguments {
    std::string project;
    std::string output;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("sheet", "Draw the cast: a row for each person, with the best faces.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_option("-o,--output", arguments->output, "The picture to write (PNG)")->required();
  command->footer("Example: dramatis sheet film.mp4.dramatis -o cast.png");
  command->callback([arguments] {
    if (arguments->output == "-")
      throw usage_failure("The sheet may be several pictures: give the name of a file.");
    Project project = Project::open(arguments->project);
    for (const std::string& path : write_sheet(project, arguments->output))
      fmt::print("{}\n", path);
  });
}

}  // namespace dramatis
