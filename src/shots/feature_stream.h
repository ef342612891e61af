#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/frame_time.h"
#include "film/frame.h"
#include "shots/frame_features.h"
#include "shots/shot_detection.h"

namespace dramatis {

struct FeatureOptions {
  bool classic = true;  ///< what only PySceneDetect's detectors go by; a third of the cost
  bool edges = false;   ///< for content detectors with a weight for edges, and for the stats file
  /// The converted network, which then looks at every frame and costs many times what all the rest
  /// does; empty: none.
  std::string transnetv2_path;
};

/// The least that this detector needs, but for the network of `transnetv2`. (The stats file wants
/// classic measures and edges as well.)
FeatureOptions features_wanted_by(const ShotOptions& options);

/// Measures the frames of a film one after the other, in bounded memory.
///
/// What comes out for a frame depends on the film and the options alone, wherever the stream began:
/// to get the features from frame N on (a multiple of 50, the step of the learned detector's
/// windows), construct it with first = N and push the frames from first_frame_to_push(N) on. Up to
/// N these are looked at as context and come out nowhere. Not for several threads at once.
class FeatureStream {
 public:
  static constexpr FrameNumber alignment = 50;
  /// The frame to begin with: up to 50 before N, at least 0.
  static FrameNumber first_frame_to_push(FrameNumber first);

  /// Throws Failure{model} when the network cannot be loaded.
  FeatureStream(FrameNumber first, const FeatureOptions& options);
  ~FeatureStream();

  /// The next frame of the film. Returns what is known of it at once: all but the learned
  /// detector's probabilities.
  const FrameFeatures& push(const Frame& frame);
  /// No more frames. After it, take_ready() gives all the rest.
  void finish();
  /// The features that are complete, in the order of their frames, each given once.
  std::vector<FrameFeatures> take_ready();

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
