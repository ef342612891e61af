#include "shots/shot_formats.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "shots/classic_detectors.h"

namespace dramatis {
namespace {

using Json = nlohmann::ordered_json;

std::string file_name(const FilmInfo& film) {
  return std::filesystem::path(film.path).filename().string();
}

/// Non-drop-frame: the frame's number written in hours, minutes, seconds and frames.
std::string time_code(FrameNumber frame, FrameNumber rate) {
  const FrameNumber seconds = frame / rate;
  return fmt::format("{:02}:{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                     frame % rate);
}

/// One line whatever the file is called: comments of an EDL end with the line.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return text;
}

Json rational_time(FrameNumber frame, double rate) {
  return {{"OTIO_SCHEMA", "RationalTime.1"}, {"rate", rate}, {"value", static_cast<double>(frame)}};
}

Json time_range(const FrameRange& range, double rate) {
  return {{"OTIO_SCHEMA", "TimeRange.1"},
          {"start_time", rational_time(range.start, rate)},
          {"duration", rational_time(range.size(), rate)}};
}

Json transition_json(const Shot& shot) {
  return {{"begins_with", name_of(shot.begins_with)},
          {"clean_start_frame", shot.clean_start},
          {"clean_end_frame", shot.clean_end}};
}

Json otio_clip(const Shot& shot, std::size_t number, const FilmInfo& film,
               const FrameRange& whole) {
  const double rate = film.frame_rate.to_double();
  return {{"OTIO_SCHEMA", "Clip.1"},
          {"name", fmt::format("shot {}", number)},
          {"metadata", {{"dramatis", transition_json(shot)}}},
          {"source_range", time_range(shot.range, rate)},
          {"effects", Json::array()},
          {"markers", Json::array()},
          {"media_reference",
           {{"OTIO_SCHEMA", "ExternalReference.1"},
            {"name", file_name(film)},
            {"metadata", Json::object()},
            {"available_range", time_range(whole, rate)},
            {"target_url", film.path}}}};
}

}  // namespace

std::optional<ShotFormat> shot_format_named(std::string_view name) {
  if (name == "csv") return ShotFormat::csv;
  if (name == "json") return ShotFormat::json;
  if (name == "edl") return ShotFormat::edl;
  if (name == "otio") return ShotFormat::otio;
  return std::nullopt;
}

std::string format_shots(ShotFormat format, std::span<const Shot> shots, const Timeline& timeline,
                         const FilmInfo& film) {
  switch (format) {
    case ShotFormat::json:
      return shots_as_json(shots, timeline, film);
    case ShotFormat::edl:
      return shots_as_edl(shots, film);
    case ShotFormat::otio:
      return shots_as_otio(shots, film);
    default:
      return shots_as_csv(shots, timeline);
  }
}

std::string shots_as_csv(std::span<const Shot> shots, const Timeline& timeline) {
  std::string text = "shot,start_frame,end_frame,start_s,end_s\n";
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const FrameRange& range = shots[i].range;
    text += fmt::format("{},{},{},{:.6f},{:.6f}\n", i + 1, range.start, range.end,
                        timeline.seconds_of(range.start), timeline.seconds_of(range.end));
  }
  return text;
}

std::string shots_as_json(std::span<const Shot> shots, const Timeline& timeline,
                          const FilmInfo& film) {
  Json list = Json::array();
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const FrameRange& range = shots[i].range;
    Json shot = {{"id", i + 1},
                 {"start_frame", range.start},
                 {"end_frame", range.end},
                 {"start_s", timeline.seconds_of(range.start)},
                 {"end_s", timeline.seconds_of(range.end)}};
    shot.update(transition_json(shots[i]));
    list.push_back(std::move(shot));
  }
  const Json document = {{"format", "dramatis/1"},
                         {"film",
                          {{"path", film.path},
                           {"width", film.width},
                           {"height", film.height},
                           {"frame_rate", film.frame_rate.text()},
                           {"frames", timeline.frames()},
                           {"duration_s", timeline.seconds_of(timeline.frames())}}},
                         {"shots", std::move(list)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string shots_as_edl(std::span<const Shot> shots, const FilmInfo& film) {
  const auto rate = std::max<FrameNumber>(1, std::llround(film.frame_rate.to_double()));
  const std::string clip = on_one_line(file_name(film));
  std::string text = fmt::format("TITLE: {}\nFCM: NON-DROP FRAME\n\n", clip);
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const std::string in = time_code(shots[i].range.start, rate),
                      out = time_code(shots[i].range.end, rate);
    text += fmt::format("{:03}  AX       V     C        {} {} {} {}\n* FROM CLIP NAME: {}\n", i + 1,
                        in, out, in, out, clip);
  }
  return text;
}

std::string shots_as_otio(std::span<const Shot> shots, const FilmInfo& film) {
  const FrameRange whole{0, shots.empty() ? 0 : shots.back().range.end};
  Json clips = Json::array();
  for (std::size_t i = 0; i < shots.size(); ++i)
    clips.push_back(otio_clip(shots[i], i + 1, film, whole));
  const Json track = {{"OTIO_SCHEMA", "Track.1"}, {"name", "shots"},
                      {"kind", "Video"},          {"metadata", Json::object()},
                      {"source_range", nullptr},  {"effects", Json::array()},
                      {"markers", Json::array()}, {"children", clips}};
  const Json stack = {{"OTIO_SCHEMA", "Stack.1"},        {"name", "tracks"},
                      {"metadata", Json::object()},      {"source_range", nullptr},
                      {"effects", Json::array()},        {"markers", Json::array()},
                      {"children", Json::array({track})}};
  const Json timeline = {{"OTIO_SCHEMA", "Timeline.1"},
                         {"name", file_name(film)},
                         {"metadata", {{"dramatis", {{"frame_rate", film.frame_rate.text()}}}}},
                         {"global_start_time", rational_time(0, film.frame_rate.to_double())},
                         {"tracks", stack}};
  return timeline.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string stats_as_csv(std::span<const FrameFeatures> features, const Timeline& timeline,
                         const ShotOptions& options) {
  std::vector<double> scores;
  for (const FrameFeatures& frame : features)
    scores.push_back(content_score(frame, options.content.weights, options.content.luma_only));
  const std::vector<double> ratios = adaptive_ratios(scores, options.adaptive);
  std::string text = fmt::format(
      "Frame Number,Timecode,adaptive_ratio "
      "(w={}),average_rgb,content_val,delta_edges,delta_hue,delta_lum,delta_sat,"
      "hash_dist [size=8 lowpass=2],hist_diff "
      "[bins=128],cut_probability,transition_probability,shift_x,shift_y,colour_change,"
      "structure_change\n",
      options.adaptive.window_width);
  for (std::size_t i = 0; i < features.size(); ++i) {
    const FrameFeatures& f = features[i];
    text += fmt::format(
        "{},{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},"
        "{:.4f},{:.4f},{:.4f}\n",
        i, clock_text(timeline.seconds_of(static_cast<FrameNumber>(i))), ratios[i], f.brightness,
        scores[i], f.edge_change, f.hue_change, f.luma_change, f.saturation_change, f.hash_distance,
        f.histogram_correlation, f.cut_probability, f.transition_probability, f.shift_x, f.shift_y,
        f.colour_change, f.structure_change);
  }
  return text;
}

}  // namespace dramatis
