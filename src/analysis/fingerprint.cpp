#include "analysis/fingerprint.h"

#include <fmt/format.h>

#include <type_traits>

#include "project/pair_rules.h"

namespace dramatis {
namespace {

// To be raised when a stage's code comes to give other results for the same options.
constexpr int kFilmVersion = 6;
constexpr int kShotsVersion = 3;
constexpr int kTracksVersion = 6;
constexpr int kPeopleVersion = 11;

// Every field of every options struct goes into the text. The structured bindings below name all
// fields of a struct: when one is added, they do not compile until it is here.

template <typename T>
std::string text(const T& value) {
  if constexpr (std::is_enum_v<T>)
    return fmt::format("{}", static_cast<int>(value));
  else
    return fmt::format("{}", value);
}

template <typename... T>
std::string listed(const T&... values);

std::string text(const ChangeWeights& weights) {
  const auto& [hue, saturation, luma, edges] = weights;
  return listed(hue, saturation, luma, edges);
}

std::string text(const SceneLength& length) {
  const auto& [seconds, frames] = length;
  return listed(seconds, frames);
}

std::string text(const ContentOptions& options) {
  const auto& [threshold, weights, luma_only, filter_mode] = options;
  return listed(threshold, weights, luma_only, filter_mode);
}

std::string text(const AdaptiveOptions& options) {
  const auto& [threshold, window_width, min_content_val, weights, luma_only] = options;
  return listed(threshold, window_width, min_content_val, weights, luma_only);
}

std::string text(const ThresholdOptions& options) {
  const auto& [threshold, fade_bias, add_last_scene, method, min_out_length] = options;
  return listed(threshold, fade_bias, add_last_scene, method, min_out_length);
}

std::string text(const AutoOptions& options) {
  const auto& [cut, doubtful_cut, dissolve, wipe, min_scene_len, longest_disturbance] = options;
  return listed(cut, doubtful_cut, dissolve, wipe, min_scene_len, longest_disturbance);
}

std::string text(const ShotOptions& options) {
  const auto& [detector, min_scene_len, content, adaptive, fades, histogram, hash, learned,
               automatic] = options;
  return listed(detector, min_scene_len, content, adaptive, fades, histogram.threshold,
                hash.threshold, learned.threshold, automatic);
}

std::string text(const MotionNoise& noise) {
  const auto& [place_jitter, size_jitter, aspect_jitter, place_agility, size_agility,
               aspect_agility, first_speed] = noise;
  return listed(place_jitter, size_jitter, aspect_jitter, place_agility, size_agility,
                aspect_agility, first_speed);
}

std::string text(const TrackingOptions& options) {
  const auto& [sure_score, low_score, motion, learn_motion, gate, matching_cascade, min_overlap,
               second_round, hold_camera, patience_s, use_appearance, gallery_size,
               face_boundary_l2, colour_boundary, backward_passes, join_fragments, max_gap_s,
               settle_crossings, crossing_log_odds, split_by_faces, mark_pictures, least_stir,
               min_track_frames, min_seen_looks, min_seen_share, min_surety, min_head_height_px,
               min_mean_score, telling_looks] = options;
  return listed(sure_score, low_score, motion, learn_motion, gate, matching_cascade, min_overlap,
                second_round, hold_camera, patience_s, use_appearance, gallery_size,
                face_boundary_l2, colour_boundary, backward_passes, join_fragments, max_gap_s,
                settle_crossings, crossing_log_odds, split_by_faces, mark_pictures, least_stir,
                min_track_frames, min_seen_looks, min_seen_share, min_surety, min_head_height_px,
                min_mean_score, telling_looks);
}

std::string text(const CastOptions& options) {
  const auto& [method, metric, threshold, sure_face_quality, extra_max_s, threads] = options;
  (void)threads;  // the result does not depend on it
  return listed(method, metric, threshold ? fmt::format("{}", *threshold) : std::string("usual"),
                sure_face_quality, extra_max_s);
}

std::string text(const LookPlanOptions& options) {
  const auto& [face_interval_s, calm_interval_s, body_interval_s, calm_change, sudden_change] =
      options;
  return listed(face_interval_s, calm_interval_s, body_interval_s, calm_change, sudden_change);
}

std::string text(const LookOptions& options) {
  const auto& [plan, features, chunk_frames, threads] = options;
  const auto& [classic, edges, transnetv2_path] = features;
  (void)threads;  // the result does not depend on it
  return listed(plan, classic, edges, !transnetv2_path.empty(), chunk_frames);
}

std::string text(const ModelDescription& model) {
  return listed(model.name, model.sha256, model.file, model.decoder, model.class_index,
                model.score_threshold, model.aligned, model.score_scale);
}

template <typename... T>
std::string listed(const T&... values) {
  std::string all = "(";
  ((all += text(values) + ' '), ...);
  all.back() = ')';
  return all;
}

std::string models_text(const AnalysisOptions& options, const Catalogue& catalogue) {
  std::string all;
  for (const std::string& name : models_needed(options)) all += text(catalogue.find(name));
  return all;
}

}  // namespace

Fingerprints fingerprints_of(const FilmInfo& film, const AnalysisOptions& options,
                             const Catalogue& catalogue, const DecisionHistory& history) {
  Fingerprints prints;
  prints.film =
      listed(kFilmVersion, film.fingerprint, models_text(options, catalogue), options.look);
  prints.shots = listed(kShotsVersion, prints.film, options.shots);
  prints.tracks = listed(kTracksVersion, prints.shots, options.tracks, options.min_face_quality);
  prints.people = listed(kPeopleVersion, prints.tracks, options.people, fingerprint_of(history));
  return prints;
}

}  // namespace dramatis
