#include "cli/shots_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/checks.h"
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
  std::string min_scene_len;
  std::optional<double> threshold, min_content_val, fade_bias;
  std::optional<int> frame_window;
  std::vector<double> weights;
  std::string filter_mode, method, min_out_length;
  bool luma_only = false;
  bool add_last_scene = true;
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

/// A length as PySceneDetect writes it: "15" is frames, "0.6s" or "0.6" seconds, "00:00:00.600" a
/// time.
SceneLength scene_length(const std::string& option, const std::string& text) {
  const auto wrong = [&] {
    return usage_failure(option + " is a length such as 15 (frames), 0.6s or 00:00:00.600, not '" +
                         text + "'.");
  };
  const bool in_seconds = text.find_first_of(".:s") != std::string::npos;
  double total = 0;
  std::istringstream parts(text.ends_with('s') ? text.substr(0, text.size() - 1) : text);
  for (std::string part; std::getline(parts, part, ':');) {
    if (part.empty() || part.size() > 9 ||
        part.find_first_not_of("0123456789.") != std::string::npos ||
        std::count(part.begin(), part.end(), '.') > 1 || part == ".")
      throw wrong();
    total = total * 60 + std::stod(part);
  }
  if (text.empty() || text == "s" || text.ends_with(':')) throw wrong();
  return in_seconds ? SceneLength{total, -1} : SceneLength{0, static_cast<FrameNumber>(total)};
}

/// PySceneDetect's order: hue, saturation, luma, edges.
ChangeWeights change_weights(const std::vector<double>& weights) {
  const ChangeWeights read{weights[0], weights[1], weights[2], weights[3]};
  if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0; }))
    throw usage_failure("--weights: one of them must not be 0.");
  return read;
}

template <typename T>
void replace(T& value, const std::optional<T>& given) {
  if (given) value = *given;
}

void read_threshold(double threshold, ShotOptions& options) {
  switch (options.detector) {
    case ShotDetector::automatic:
      throw usage_failure("--threshold: the detector auto has none; name another with --detector.");
    case ShotDetector::content:
      options.content.threshold = threshold;
      break;
    case ShotDetector::adaptive:
      options.adaptive.threshold = threshold;
      break;
    case ShotDetector::threshold:
      options.fades.threshold = static_cast<int>(threshold);
      break;
    case ShotDetector::hist:
      options.histogram.threshold = threshold;
      break;
    case ShotDetector::hash:
      options.hash.threshold = threshold;
      break;
    case ShotDetector::transnetv2:
      options.learned.threshold = threshold;
      break;
  }
}

ShotOptions shot_options(const ShotsArguments& arguments) {
  ShotOptions options;
  const auto detector = shot_detector_named(arguments.detector);
  if (!detector)
    throw usage_failure("There is no shot detector named '" + arguments.detector + "'.");
  options.detector = *detector;
  if (!arguments.min_scene_len.empty())
    options.min_scene_len = options.automatic.min_scene_len =
        scene_length("--min-scene-len", arguments.min_scene_len);
  if (!arguments.min_out_length.empty())
    options.fades.min_out_length = scene_length("--min-out-length", arguments.min_out_length);
  if (arguments.threshold) read_threshold(*arguments.threshold, options);
  if (!arguments.weights.empty())
    options.content.weights = options.adaptive.weights = change_weights(arguments.weights);
  options.content.luma_only = options.adaptive.luma_only = arguments.luma_only;
  if (arguments.filter_mode == "suppress") options.content.filter_mode = CloseCuts::suppress;
  replace(options.adaptive.window_width, arguments.frame_window);
  replace(options.adaptive.min_content_val, arguments.min_content_val);
  if (arguments.fade_bias) options.fades.fade_bias = *arguments.fade_bias / 100;
  if (arguments.method == "ceiling") options.fades.method = FadeMethod::ceiling;
  options.fades.add_last_scene = arguments.add_last_scene;
  return options;
}

FeatureOptions feature_options(const ShotOptions& shots, bool with_stats) {
  FeatureOptions options = features_wanted_by(shots);
  if (with_stats) options.classic = options.edges = true;
  if (shots.detector == ShotDetector::transnetv2) {
    const ModelDescription model = Catalogue().find("transnetv2");
    Catalogue().require(model);
    options.transnetv2_path = model.file;
  }
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

/// By the names and with the defaults of PySceneDetect's command line.
void add_detector_options(CLI::App& command, ShotsArguments& arguments) {
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Options of single detectors");
  };
  add("--threshold", arguments.threshold,
      "content 27, adaptive 3, threshold 12, hist 0.2, hash 0.35, transnetv2 0.5")
      ->check(at_least_zero());
  add("--weights", arguments.weights, "content, adaptive: hue saturation luma edges (1 1 1 0)")
      ->expected(4);
  command.add_flag("--luma-only", arguments.luma_only, "content, adaptive: brightness alone")
      ->group("Options of single detectors");
  add("--filter-mode", arguments.filter_mode, "content: of close cuts, merge (default) or suppress")
      ->check(CLI::IsMember({"merge", "suppress"}));
  add("--min-content-val", arguments.min_content_val, "adaptive: least score of a cut (15)");
  add("--frame-window", arguments.frame_window, "adaptive: frames on each side to compare with (2)")
      ->check(above_zero());
  add("--fade-bias", arguments.fade_bias,
      "threshold: where in the black the cut lies, -100 (start) to 100 (end) (0)")
      ->check(CLI::Range(-100, 100));
  add("--method", arguments.method, "threshold: floor (black, default) or ceiling (white)")
      ->check(CLI::IsMember({"floor", "ceiling"}));
  add("--min-out-length", arguments.min_out_length, "threshold: least length of the black (0.1s)");
  command
      .add_flag("--add-last-scene,!--no-add-last-scene", arguments.add_last_scene,
                "threshold: a cut where the film ends faded out (default)")
      ->group("Options of single detectors");
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
  command->add_option("--min-scene-len", arguments->min_scene_len,
                      "Shortest shot: 15 (frames), 0.6s or 00:00:00.600 (0.6s; auto: 0.2s)");
  command->add_option("--stats", arguments->stats,
                      "Also write what was measured in every frame, as CSV");
  command->add_flag("--quiet", arguments->quiet, "No progress on standard error");
  add_detector_options(*command, *arguments);
  command->footer("Example: dramatis shots film.mp4 --format edl -o film.edl");
  command->callback([arguments] { list_shots(*arguments); });
}

}  // namespace dramatis
