#include "cli/render_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "cli/interruption.h"
#include "cli/progress_bar.h"
#include "project/snapshot.h"
#include "render/annotated_film.h"

namespace dramatis {
namespace {

constexpr double kNearLook_s = 0.35;

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
          person && (person->counts() || person->is_faceless()))
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
            .text = person.is_faceless() ? "?" : person.shown_name(),
            .person = person.id,
            .seen = seen_nearby(track, frame, frames_near)};
  }

  const Snapshot& snapshot_;
  std::vector<const StoredTrack*> by_start_;
  std::size_t next_ = 0;
  std::vector<const StoredTrack*> showing_;
};

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
  write_annotated_film({.film_path = film_file(project.folder(), snapshot.film),
                        .output_path = arguments.output,
                        .timeline = snapshot.timeline,
                        .labels_of = [&labels](FrameNumber frame) { return labels.at(frame); },
                        .quality = arguments.quality},
                       bar.watcher(stop_on_interruption()));
}

}  // namespace

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

}  // namespace dramatis
