#include "shots/shot_detection.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/failure.h"
#include "shots/auto_detection.h"
#include "shots/classic_detectors.h"
#include "shots/learned_transitions.h"
#include "shots/shot_building.h"

namespace dramatis {
namespace {

struct DetectorName {
  ShotDetector detector;
  std::string_view name;
};

constexpr std::array detector_names{DetectorName{ShotDetector::automatic, "auto"},
                                    DetectorName{ShotDetector::content, "content"},
                                    DetectorName{ShotDetector::adaptive, "adaptive"},
                                    DetectorName{ShotDetector::threshold, "threshold"},
                                    DetectorName{ShotDetector::hist, "hist"},
                                    DetectorName{ShotDetector::hash, "hash"},
                                    DetectorName{ShotDetector::transnetv2, "transnetv2"}};

void require_classic(std::span<const FrameFeatures> film) {
  if (std::any_of(film.begin(), film.end(),
                  [](const FrameFeatures& f) { return f.hue_change < 0; }))
    throw usage_failure("This detector needs the classic measures of every frame.");
}

void require_edges(std::span<const FrameFeatures> film, const ChangeWeights& weights,
                   bool luma_only) {
  if (luma_only || weights.edges == 0) return;
  if (std::any_of(film.begin(), film.end(),
                  [](const FrameFeatures& f) { return f.edge_change < 0; }))
    throw usage_failure("A weight for edges needs the edges of every frame measured.");
}

void require_learned(std::span<const FrameFeatures> film) {
  if (std::any_of(film.begin(), film.end(),
                  [](const FrameFeatures& f) { return f.cut_probability < 0; }))
    throw usage_failure("The detector transnetv2 needs its network to look at every frame.");
}

std::vector<FrameNumber> classic_cuts(std::span<const FrameFeatures> film,
                                      const ShotOptions& options, const Rational& frame_rate) {
  require_classic(film);
  const FrameNumber min_length = options.min_scene_len.in_frames(frame_rate);
  switch (options.detector) {
    case ShotDetector::content:
      require_edges(film, options.content.weights, options.content.luma_only);
      return content_cuts(film, options.content, min_length);
    case ShotDetector::threshold:
      return threshold_cuts(film, options.fades, min_length,
                            options.fades.min_out_length.in_frames(frame_rate));
    case ShotDetector::hist:
      return histogram_cuts(film, options.histogram, min_length);
    case ShotDetector::hash:
      return hash_cuts(film, options.hash, min_length);
    default:
      require_edges(film, options.adaptive.weights, options.adaptive.luma_only);
      return adaptive_cuts(film, options.adaptive, min_length);
  }
}

}  // namespace

std::string_view name_of(ShotDetector detector) {
  return std::find_if(detector_names.begin(), detector_names.end(),
                      [&](const DetectorName& known) { return known.detector == detector; })
      ->name;
}

std::optional<ShotDetector> shot_detector_named(std::string_view name) {
  for (const DetectorName& known : detector_names)
    if (known.name == name) return known.detector;
  return std::nullopt;
}

FrameNumber SceneLength::in_frames(const Rational& frame_rate) const {
  if (frames >= 0) return frames;
  return static_cast<FrameNumber>(std::nearbyint(seconds * frame_rate.to_double()));
}

double content_score(const FrameFeatures& frame, const ChangeWeights& weights, bool luma_only) {
  if (luma_only) return frame.luma_change;
  const double sum = weights.hue * frame.hue_change + weights.saturation * frame.saturation_change +
                     weights.luma * frame.luma_change +
                     weights.edges * std::max(frame.edge_change, 0.0f);
  return sum / (std::abs(weights.hue) + std::abs(weights.saturation) + std::abs(weights.luma) +
                std::abs(weights.edges));
}

std::vector<Shot> detect_shots(std::span<const FrameFeatures> film, const ShotOptions& options,
                               const Rational& frame_rate) {
  if (film.empty()) return {};
  if (options.detector == ShotDetector::automatic)
    return detect_shots_automatically(film, options.automatic, frame_rate);
  std::vector<ShotBoundary> boundaries;
  if (options.detector == ShotDetector::transnetv2) {
    require_learned(film);
    boundaries = boundaries_apart(learned_transitions(film, options.learned.threshold),
                                  options.min_scene_len.in_frames(frame_rate), std::ssize(film));
  } else {
    const bool fades = options.detector == ShotDetector::threshold;
    for (const FrameNumber cut : classic_cuts(film, options, frame_rate))
      boundaries.push_back({cut, fades ? TransitionKind::fade : TransitionKind::cut, {}, 1});
  }
  return shots_between(film, boundaries);
}

}  // namespace dramatis
