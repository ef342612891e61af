#include "tracks/mot_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

#include "base/failure.h"
#include "base/whole_file.h"

namespace dramatis {
namespace {

/// Some days of film; more is a slip of somebody's pen, and would only fill the memory.
constexpr double last_frame = 1e7;

bool is_separator(char c) { return c == ',' || c == ' ' || c == '\t' || c == '\r'; }

std::optional<std::vector<double>> numbers_of(std::string_view line) {
  std::vector<double> numbers;
  const char *at = line.data(), *end = at + line.size();
  while (true) {
    while (at < end && is_separator(*at)) ++at;
    if (at == end) return numbers;
    double number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc() || (next < end && !is_separator(*next)) || !std::isfinite(number))
      return std::nullopt;
    numbers.push_back(number);
    at = next;
  }
}

std::optional<MotBox> box_of(const std::vector<double>& n) {
  if (n.size() < 6 || n[0] < 1 || n[0] > last_frame || n[0] != std::floor(n[0]))
    return std::nullopt;
  if (std::abs(n[1]) > 1e9) return std::nullopt;
  const auto f = [&](std::size_t i) { return static_cast<float>(n[i]); };
  return MotBox{static_cast<FrameNumber>(n[0]) - 1,
                static_cast<int>(n[1]),
                {f(2), f(3), f(4), f(5)},
                n.size() > 6 ? f(6) : 1.0f};
}

/// Every how many frames somebody looked, and the first such frame.
struct Rhythm {
  FrameNumber first, step;
};

Rhythm looked_at(std::span<const MotBox> detections) {
  FrameNumber step = 0;
  for (const MotBox& b : detections) step = std::gcd(step, b.frame - detections.front().frame);
  if (step == 0) return {0, 1};
  return {detections.front().frame % step, step};
}

}  // namespace

std::vector<MotBox> read_mot_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw usage_failure(fmt::format("{}: cannot be opened.", file.string()));
  std::vector<MotBox> boxes;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const auto numbers = numbers_of(line);
    if (numbers && numbers->empty()) continue;
    const auto box = numbers ? box_of(*numbers) : std::nullopt;
    if (!box)
      throw usage_failure(
          fmt::format("{}: line {} is no box of the MOTChallenge format.", file.string(), number));
    boxes.push_back(*box);
  }
  if (in.bad()) throw usage_failure(fmt::format("{}: cannot be read.", file.string()));
  return boxes;
}

std::string mot_text(std::span<const MotBox> boxes) {
  std::string text;
  for (const MotBox& b : boxes)
    fmt::format_to(std::back_inserter(text), "{},{},{:.2f},{:.2f},{:.2f},{:.2f},{:.4g},-1,-1,-1\n",
                   b.frame + 1, b.id, b.box.x, b.box.y, b.box.width, b.box.height, b.confidence);
  return text;
}

void write_mot_file(const std::filesystem::path& file, std::span<const MotBox> boxes) {
  write_whole_file(file.string(), mot_text(boxes));
}

std::vector<Look> looks_from_mot(std::span<const MotBox> detections, FrameNumber frames) {
  for (const MotBox& b : detections) frames = std::max(frames, b.frame + 1);
  const bool are_scores = std::all_of(detections.begin(), detections.end(), [](const MotBox& b) {
    return b.confidence >= 0 && b.confidence <= 1;
  });
  const auto [first, step] = looked_at(detections);
  std::vector<Look> looks;
  for (FrameNumber f = first; f < frames; f += step)
    looks.push_back({.frame = f, .sought_faces = true, .sought_bodies = true, .heads = {}});
  for (const MotBox& b : detections)
    looks[(b.frame - first) / step].heads.push_back({.box = b.box,
                                                     .score = are_scores ? b.confidence : 1.0f,
                                                     .source = HeadSource::head_network});
  return looks;
}

std::vector<MotBox> mot_from_tracks(std::span<const Track> tracks) {
  std::vector<MotBox> boxes;
  for (std::size_t i = 0; i < tracks.size(); ++i)
    for (const TrackPoint& p : tracks[i].points)
      boxes.push_back({p.frame, static_cast<int>(i) + 1, p.box, tracks[i].score});
  std::stable_sort(boxes.begin(), boxes.end(),
                   [](const MotBox& a, const MotBox& b) { return a.frame < b.frame; });
  return boxes;
}

}  // namespace dramatis
