#include "cli/run_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "analysis/analyse.h"
#include "cli/checks.h"
#include "cli/interruption.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "cli/sheet_command.h"
#include "project/snapshot.h"
#include "project/words.h"

namespace dramatis {
namespace {

struct RunArguments {
  std::string film;
  std::string project;
  std::string detector = "auto";
  std::string method = "calibrated";
  std::string metric = "l2";
  double threshold = -1;
  AnalysisOptions options;
  bool quiet = false;
};

void say_who_was_found(Project& project, const std::string& folder) {
  const std::string sheet = write_sheet(project, folder + "/cast.png").front();
  const Snapshot snapshot = snapshot_of(project);
  const auto cast = std::count_if(snapshot.view.persons.begin(), snapshot.view.persons.end(),
                                  [](const PersonView& person) { return person.counts(); });
  fmt::print(
      "{} in {}, {}. Who they are: {}\n", cast == 1 ? "1 person" : fmt::format("{} people", cast),
      counted(snapshot.shots.size(), "shot"), counted(snapshot.tracks.size(), "track"), sheet);
  fmt::print("Next: dramatis people {}\n", shell_word(folder));
}

void run_film(RunArguments& arguments) {
  AnalysisOptions& options = arguments.options;
  const auto detector = shot_detector_named(arguments.detector);
  if (!detector)
    throw usage_failure("There is no shot detector named '" + arguments.detector + "'.");
  options.shots.detector = *detector;
  const auto method = cast_method_named(arguments.method);
  if (!method)
    throw usage_failure("There is no method named '" + arguments.method +
                        "': calibrated, average or ducros2023.");
  options.people.method = *method;
  const auto metric = metric_named(arguments.metric);
  if (!metric)
    throw usage_failure("There is no metric named '" + arguments.metric + "': l2, l1 or cosine.");
  options.people.metric = *metric;
  if (arguments.threshold >= 0) options.people.threshold = arguments.threshold;

  ProgressBar bar(arguments.quiet);
  const Watcher watcher = bar.watcher(stop_on_interruption());
  FilmInfo film = FilmReader(arguments.film).info();
  film.path = std::filesystem::absolute(film.path).lexically_normal().string();
  const std::string folder =
      arguments.project.empty() ? Project::default_folder(arguments.film) : arguments.project;
  const Catalogue catalogue;
  require_models(options, catalogue);
  Project project = Project::for_film(folder, film);
  analyse(arguments.film, project, catalogue, options, watcher);
  say_who_was_found(project, folder);
}

}  // namespace

void add_run_command(CLI::App& app) {
  auto arguments = std::make_shared<RunArguments>();
  AnalysisOptions& options = arguments->options;
  CLI::App* command =
      app.add_subcommand("run", "Find who is in a film, when and where on the screen.");
  command->add_option("film", arguments->film, "The film")->required();
  command->add_option("-o,--output", arguments->project,
                      "The project's folder; FILM.dramatis beside the film without it");
  command->add_flag("--quiet", arguments->quiet, "No progress on standard error");
  command->add_flag("!--no-cast-so-far", options.cast_so_far,
                    "Nobody in the naming room before the run has ended");
  command
      ->add_option("--threads", options.look.threads,
                   "That look and that decode; all processors without it")
      ->check(at_least_zero());
  command->add_option("--detector", arguments->detector,
                      "Of shots: auto, content, adaptive, threshold, hist, hash, transnetv2");
  command->add_option("--heads", options.head_network,
                      "A head network of your own ('dramatis models add')");
  command->add_option("--embedding", options.embedding,
                      "The network that makes a vector of a face");
  command->add_option("--quality", options.quality_network, "A face quality network of your own");
  command
      ->add_option("--min-quality", options.min_face_quality,
                   "Faces below it are weak evidence of who it is, 0 to 100")
      ->check(CLI::Range(0.0, 100.0));
  command
      ->add_option("--min-track-frames", options.tracks.min_track_frames,
                   "Shorter tracks are artefacts")
      ->check(above_zero());
  command->add_option("--method", arguments->method,
                      "Who is who: calibrated, average or ducros2023 (docs/people.md)");
  command->add_option("--metric", arguments->metric, "Of average and ducros2023: l2, l1 or cosine");
  command
      ->add_option("--threshold", arguments->threshold,
                   "Of average and ducros2023, in the metric's unit")
      ->check(at_least_zero());
  command->footer(
      "Run again, it goes on where it stopped, and repeats only what changed.\n"
      "Example: dramatis run film.mp4 && dramatis people film.mp4.dramatis");
  command->callback([arguments] { run_film(*arguments); });
}

}  // namespace dramatis
