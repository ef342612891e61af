#include "cli/tracks_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/failure.h"
#include "cli/checks.h"
#include "cli/output.h"
#include "shots/shot_list.h"
#include "tracks/mot_file.h"
#include "tracks/track_detections.h"

namespace dramatis {
namespace {

struct TracksArguments {
  std::string detections;
  std::string shots;
  std::string size;
  double fps = 25;
  TrackingOptions tracking;
  std::string output;
};

int pixels_of(std::string_view text) {
  int pixels = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pixels);
  return error == std::errc() && end == text.data() + text.size() && pixels <= 100'000 ? pixels : 0;
}

/// "1920x1080".
void set_size(DetectedFilm& film, const std::string& text) {
  if (text.empty()) return;
  const auto by = text.find('x');
  film.picture_width = pixels_of(std::string_view(text).substr(0, by));
  film.picture_height = by == std::string::npos ? 0 : pixels_of(text.substr(by + 1));
  if (film.picture_width <= 0 || film.picture_height <= 0)
    throw usage_failure(
        fmt::format("--size is a width and a height in pixels, such as 1920x1080, "
                    "not '{}'.",
                    text));
}

void check_in_shots(const std::vector<MotBox>& detections, const TracksArguments& arguments,
                    const std::vector<FrameRange>& shots) {
  for (const MotBox& box : detections)
    if (std::ranges::none_of(shots, [&](const FrameRange& s) { return s.contains(box.frame); }))
      throw usage_failure(fmt::format("{}: frame {}, counted from 1, lies in no shot of {}.",
                                      arguments.detections, box.frame + 1, arguments.shots));
}

void check(const TrackingOptions& options) {
  try {
    validate(options);
  } catch (const std::invalid_argument& error) {
    throw usage_failure(error.what() + std::string("."));
  }
}

std::string followed(const TracksArguments& arguments) {
  check(arguments.tracking);
  DetectedFilm film{.shots = {}, .frames_per_second = arguments.fps};
  set_size(film, arguments.size);
  const std::vector<MotBox> detections = read_mot_file(arguments.detections);
  if (!arguments.shots.empty()) {
    film.shots = read_shot_ranges(arguments.shots);
    check_in_shots(detections, arguments, film.shots);
  }
  return mot_text(mot_from_tracks(track_detections(detections, film, arguments.tracking)));
}

void add_tracker_options(CLI::App& command, TrackingOptions& tracking) {
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)
        ->capture_default_str()
        ->group("Options of the tracker (docs/tracks.md)");
  };
  add("--sure-score", tracking.sure_score, "Detection score from which a head may begin a track")
      ->check(CLI::Range(0.0, 1.0));
  add("--low-score", tracking.low_score, "Heads between this and the sure score may continue one")
      ->check(CLI::Range(0.0, 1.0));
  add("--max-gap", tracking.max_gap_s, "Longest gap that is bridged, in seconds")
      ->check(at_least_zero());
  add("--min-frames", tracking.min_track_frames, "Shortest track")->check(above_zero());
}

}  // namespace

void add_tracks_command(CLI::App& app) {
  auto arguments = std::make_shared<TracksArguments>();
  CLI::App* command = app.add_subcommand(
      "tracks", "Follow heads through each shot: boxes alone, from any detector; needs no film.");
  command
      ->add_option(
          "--detections", arguments->detections,
          "Text of the MOTChallenge, a line a box: frame,-1,x,y,width,height,score; frames "
          "from 1")
      ->required();
  command->add_option("--shots", arguments->shots,
                      "Shots as 'dramatis shots' writes them (CSV); without it, one shot");
  command->add_option("--fps", arguments->fps, "Frames a second")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 1000.0));
  command->add_option("--size", arguments->size,
                      "Of the picture, such as 1920x1080: then who leaves it is not joined to who "
                      "comes in");
  command->add_option(
      "-o,--output", arguments->output,
      "The file to write, a line a box: frame,track,x,y,width,height,score,-1,-1,-1, "
      "gaps filled; standard output without it");
  add_tracker_options(*command, arguments->tracking);
  command->footer(
      "Examples:\n"
      "  dramatis tracks --detections det.txt -o tracks.txt\n"
      "  dramatis shots film.mp4 -o shots.csv\n"
      "  dramatis tracks --detections det.txt --shots shots.csv --fps 24 --size 1280x720");
  command->callback([arguments] { write_result(arguments->output, followed(*arguments)); });
}

}  // namespace dramatis
