#include "cli/render_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include "cli/interruption.h"
#include "cli/progress_bar.h"
#include "project/snapshot.h"
#include "project/words.h"
#include "render/annotated_film.h"
#include "render/contact_sheet.h"

namespace dramatis {
namespace {

constexpr double kNearLook_s = 0.35;

bool is_faceless(const PersonView& person) {
  return !person.ignored && person.kind == PersonKind::faceless;
}

/// The labels of a film frame by frame, asked for in order.
class Labels {
 public:
  explicit Labels(const Snapshot& snapshot) : snapshot_(snapshot) {
    for (const StoredTrack& track : snapshot.tracks) by_start_.push_back(&track);
    std::stable_sort(by_start_.begin(), by_start_.end(),
                     [](const StoredTrack* a, const StoredTrack* b) {
                       return a->track.range.start < b->track.range.start;
                     });
  }

  std::vector<HeadLabel> at(FrameNumber frame) {
    for (; next_ < by_start_.size() && by_start_[next_]->track.range.start <= frame; ++next_)
      showing_.push_back(by_start_[next_]);
    std::erase_if(showing_,
                  [frame](const StoredTrack* track) { return track->track.range.end <= frame; });
    std::vector<HeadLabel> labels;
    for (const StoredTrack* track : showing_)
      if (const PersonView* person = snapshot_.view.person_of_track(track->id);
          person && (person->counts() || is_faceless(*person)))
        labels.push_back(label_of(*track, *person, frame));
    return labels;
  }

 private:
  /// Between two looks a box is as good as at one; it counts as filled in where no look is near.
  static bool seen_nearby(const Track& track, FrameNumber frame, FrameNumber frames_near) {
    const FrameRange near =
        FrameRange{frame - frames_near, frame + frames_near + 1}.intersection(track.range);
    for (FrameNumber other = near.start; other < near.end; ++other)
      if (track.points[static_cast<std::size_t>(other - track.range.start)].seen) return true;
    return false;
  }

  HeadLabel label_of(const StoredTrack& stored, const PersonView& person, FrameNumber frame) const {
    const Track& track = stored.track;
    const auto frames_near =
        static_cast<FrameNumber>(kNearLook_s * snapshot_.film.frame_rate.to_double());
    return {.box = track.points[static_cast<std::size_t>(frame - track.range.start)].box,
            .text = is_faceless(person) ? "?" : person.shown_name(),
            .person = person.id,
            .seen = seen_nearby(track, frame, frames_near)};
  }

  const Snapshot& snapshot_;
  std::vector<const StoredTrack*> by_start_;
  std::size_t next_ = 0;
  std::vector<const StoredTrack*> showing_;
};

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

struct RenderArguments {
  std::string project;
  std::string output;
  int quality = 20;
  bool burn = true;
  bool quiet = false;
};

void render(const RenderArguments& arguments) {
  Project project = Project::open(arguments.project);
  const Snapshot snapshot = snapshot_of(project);
  Labels labels(snapshot);
  ProgressBar bar(arguments.quiet);
  write_annotated_film({.film_path = snapshot.film.path,
                        .output_path = arguments.output,
                        .timeline = snapshot.timeline,
                        .labels_of = [&labels](FrameNumber frame) { return labels.at(frame); },
                        .quality = arguments.quality},
                       bar.watcher(stop_on_interruption()));
}

}  // namespace

std::vector<std::string> write_sheet(Project& project, const std::string& path) {
  const Snapshot snapshot = snapshot_of(project);
  ContactSheet sheet{.title = std::filesystem::path(snapshot.film.path).filename().string(),
                     .duration_s = snapshot.timeline.seconds_of(snapshot.timeline.frames())};
  std::vector<const PersonView*> faceless;
  for (const PersonView& person : snapshot.view.persons) {
    if (is_faceless(person))
      faceless.push_back(&person);
    else if (!person.ignored)
      sheet.people.push_back(sheet_person(person, snapshot, project.analysis()));
  }
  if (!faceless.empty())
    sheet.people.push_back(faceless_row(faceless, snapshot, project.analysis()));
  return write_contact_sheet(path, sheet);
}

void add_render_command(CLI::App& app) {
  auto arguments = std::make_shared<RenderArguments>();
  CLI::App* command =
      app.add_subcommand("render", "Write the film with a box and a name on every head.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_option("-o,--output", arguments->output, "The film to write: .mp4, .mkv or .mov")
      ->required();
  command
      ->add_option("--quality", arguments->quality,
                   "Of the picture: 0 is perfect and huge, 51 is poor and small")
      ->check(CLI::Range(0, 51));
  command->add_flag("--burn", arguments->burn, "Draw boxes and names into the picture (always so)");
  command->add_flag("--quiet", arguments->quiet, "No progress on standard error");
  command->footer("Example: dramatis render film.mp4.dramatis -o named.mp4");
  command->callback([arguments] { render(*arguments); });
}

void add_sheet_command(CLI::App& app) {
  auto arguments = std::make_shared<RenderArguments>();
  CLI::App* command =
      app.add_subcommand("sheet", "Draw the cast: a row for each person, with the best faces.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_option("-o,--output", arguments->output, "The picture to write (PNG)")->required();
  command->footer("Example: dramatis sheet film.mp4.dramatis -o cast.png");
  command->callback([arguments] {
    Project project = Project::open(arguments->project);
    for (const std::string& path : write_sheet(project, arguments->output))
      fmt::print("{}\n", path);
  });
}

}  // namespace dramatis
