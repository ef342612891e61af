#pragma once

// From the features of a film's frames to its shots. Pure functions: the same features and options
// always give the same shots, in milliseconds, so options can be tuned without decoding again.

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/frame_time.h"
#include "shots/frame_features.h"
#include "shots/shot.h"

namespace dramatis {

/// The detectors of PySceneDetect 0.7 (Castellano) by its names, with its options and the defaults
/// of its command line; TransNetV2 (Souček and Lokoč 2020); and `automatic` ("auto"), ours: see
/// docs/shots.md for what it does and how it compares.
enum class ShotDetector { automatic, content, adaptive, threshold, hist, hash, transnetv2 };

inline constexpr std::array all_shot_detectors{ShotDetector::automatic, ShotDetector::content,
                                               ShotDetector::adaptive,  ShotDetector::threshold,
                                               ShotDetector::hist,      ShotDetector::hash,
                                               ShotDetector::transnetv2};

/// "auto", "content", …
std::string_view name_of(ShotDetector detector);
std::optional<ShotDetector> shot_detector_named(std::string_view name);

/// A length in time, or in frames where those are given.
struct SceneLength {
  double seconds = 0.6;
  FrameNumber frames = -1;  ///< counts when not negative

  /// The whole number of frames that lasts about as long.
  FrameNumber in_frames(const Rational& frame_rate) const;
};

/// How much each change counts in the score of a frame, the weighted mean of the changes.
struct ChangeWeights {
  double hue = 1;
  double saturation = 1;
  double luma = 1;
  double edges = 0;
};

/// What to do with cuts closer than the minimum length: merge takes the last of a burst, suppress
/// the first.
enum class CloseCuts { merge, suppress };

struct ContentOptions {
  double threshold = 27;  ///< score of a frame that is a cut, 0 to 255
  ChangeWeights weights;
  bool luma_only = false;
  CloseCuts filter_mode = CloseCuts::merge;
};

struct AdaptiveOptions {
  double threshold = 3;         ///< score over the mean score around it
  int window_width = 2;         ///< frames on each side that make this mean
  double min_content_val = 15;  ///< score below which nothing is a cut
  ChangeWeights weights;
  bool luma_only = false;
};

enum class FadeMethod { floor, ceiling };  ///< the picture falls to black, or rises to white

struct ThresholdOptions {
  int threshold = 12;    ///< brightness that counts as faded out, 0 to 255
  double fade_bias = 0;  ///< where the cut lies: -1 where it fell, 1 where it rose again
  bool add_last_scene = true;
  FadeMethod method = FadeMethod::floor;
  SceneLength min_out_length{0.1, -1};
};

struct HistogramOptions {
  double threshold = 0.2;  ///< 1 - correlation that is a cut
};

struct HashOptions {
  double threshold = 0.35;  ///< share of differing bits that is a cut
};

struct LearnedOptions {
  double threshold = 0.5;  ///< probability of a cut
};

/// What `automatic` decides by: see the head of auto_detection.cpp.
struct AutoOptions {
  double cut = 0.85;          ///< evidence that makes a cut by itself
  double doubtful_cut = 0.3;  ///< evidence that makes one between sides that are far apart
  double dissolve = 0.2;      ///< score that makes a dissolve
  double wipe = 0.5;          ///< score that makes a wipe
  SceneLength min_scene_len{0.2, -1};
  SceneLength longest_disturbance{0.4, -1};  ///< of a flash, or of what passes before the lens
};

struct ShotOptions {
  ShotDetector detector = ShotDetector::automatic;
  /// Of all detectors but `automatic`, which brings its own (automatic.min_scene_len).
  SceneLength min_scene_len;
  ContentOptions content;
  AdaptiveOptions adaptive;
  ThresholdOptions fades;
  HistogramOptions histogram;
  HashOptions hash;
  LearnedOptions learned;
  AutoOptions automatic;
};

/// The weighted mean change of a frame: PySceneDetect's content_val.
double content_score(const FrameFeatures& frame, const ChangeWeights& weights, bool luma_only);

/// The shots of a film whose frames, all of them from the first, have these features. None for a
/// film without frames. Throws Failure{usage} when the features lack what the detector needs
/// (edges; the learned detector on every frame).
std::vector<Shot> detect_shots(std::span<const FrameFeatures> film, const ShotOptions& options,
                               const Rational& frame_rate);

}  // namespace dramatis
