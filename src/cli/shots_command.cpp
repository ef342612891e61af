#include "cli/shots_command.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/interruption.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "film/frame_queue.h"
#include "models/catalogue.h"
#include "shots/feature_stream.h"
#include "shots/shot_detection.h"
#include "shots/shot_formats.h"

namespace dramatis {
namespace {

struct ShotsArguments {
  std::string film;
  std::string detector = "auto";
  std::string format = "csv";
  std::string output;
  std::string stats;
  double min_scene_s = -1;
  double threshold = -1;
  bool quiet = false;
};

struct MeasuredFilm {
  FilmInfo info;
  Timeline timeline;
  std::vector<FrameFeatures> features;
};

MeasuredFilm measure_film(const std::string& path, const FeatureOptions& options,
                          const Watcher& watcher) {
  FilmReader reader(path);
  MeasuredFilm film{.info = reader.info()};
  FrameQueue frames(std::move(reader), 8);
  FeatureStream stream(0, options);
  std::vector<std::int64_t> stamps;
  while (const std::optional<Frame> frame = frames.next()) {
    watcher.check();
    stream.push(*frame);
    stamps.push_back(frame->stamp());
    for (const FrameFeatures& features : stream.take_ready()) film.features.push_back(features);
    watcher.on_progress(
        {"Finding shots", frame->number() + 1, film.info.expected_frames, "frames"});
  }
  stream.finish();
  for (const FrameFeatures& features : stream.take_ready()) film.features.push_back(features);
  film.timeline = Timeline(film.info.time_base, std::move(stamps), frames.reader().end_stamp());
  if (frames.reader().cut_short())
    watcher.on_note(path + ": the film is cut off; shots were found up to " +
                    clock_text(film.timeline.seconds_of(film.timeline.frames())) + ".");
  return film;
}

ShotOptions shot_options(const ShotsArguments& arguments) {
  ShotOptions options;
  const auto detector = shot_detector_named(arguments.detector);
  if (!detector)
    throw usage_failure("There is no shot detector named '" + arguments.detector + "'.");
  options.detector = *detector;
  if (arguments.min_scene_s >= 0) options.min_scene_len.seconds = arguments.min_scene_s;
  if (arguments.threshold >= 0) {
    options.content.threshold = options.adaptive.threshold = options.histogram.threshold =
        options.hash.threshold = options.learned.threshold = arguments.threshold;
    options.fades.threshold = static_cast<int>(arguments.threshold);
  }
  return options;
}

FeatureOptions feature_options(const ShotOptions& shots, bool with_stats) {
  FeatureOptions options;
  options.edges = with_stats;
  const ModelDescription model = Catalogue().find("transnetv2");
  if (shots.detector == ShotDetector::transnetv2) {
    Catalogue().require(model);
    options.learned = LearnedUse::everywhere;
  } else if (shots.detector != ShotDetector::automatic) {
    options.learned = LearnedUse::never;
  }
  if (std::filesystem::exists(model.file)) options.transnetv2_path = model.file;
  return options;
}

void list_shots(const ShotsArguments& arguments) {
  const auto format = shot_format_named(arguments.format);
  if (!format)
    throw usage_failure("There is no format named '" + arguments.format +
                        "': csv, json, edl or otio.");
  const ShotOptions options = shot_options(arguments);
  ProgressBar bar(arguments.quiet);
  const MeasuredFilm film =
      measure_film(arguments.film, feature_options(options, !arguments.stats.empty()),
                   bar.watcher(stop_on_interruption()));
  if (!arguments.stats.empty())
    write_result(arguments.stats, stats_as_csv(film.features, film.timeline, options));
  const std::vector<Shot> shots = detect_shots(film.features, options, film.info.frame_rate);
  write_result(arguments.output, format_shots(*format, shots, film.timeline, film.info));
}

}  // namespace

void add_shots_command(CLI::App& app) {
  auto arguments = std::make_shared<ShotsArguments>();
  CLI::App* command = app.add_subcommand("shots", "Cut a film into shots; needs no project.");
  command->add_option("film", arguments->film, "The film")->required();
  command->add_option(
      "--detector", arguments->detector,
      "auto, content, adaptive, threshold, hist, hash or transnetv2 (docs/shots.md)");
  command->add_option("--format", arguments->format, "csv, json, edl or otio");
  command->add_option("-o,--output", arguments->output,
                      "The file to write; standard output without it");
  command->add_option("--min-scene-len", arguments->min_scene_s, "Shortest shot, in seconds");
  command->add_option("--threshold", arguments->threshold, "Of the detector, in its own unit");
  command->add_option("--stats", arguments->stats,
                      "Also write what was measured in every frame, as CSV");
  command->add_flag("--quiet", arguments->quiet, "No progress on standard error");
  command->footer("Example: dramatis shots film.mp4 --format edl -o film.edl");
  command->callback([arguments] { list_shots(*arguments); });
}

}  // namespace dramatis
