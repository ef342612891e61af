#pragma once

#include <optional>
#include <vector>

#include "base/frame_time.h"
#include "heads/head_detector.h"

namespace dramatis {

/// How often the networks look, in seconds of film so that it means the same at every frame rate.
struct LookPlanOptions {
  double face_interval_s = 0.13;  ///< between looks for faces while people move; a new face waits
                                  ///< no longer than calm_interval_s
  double calm_interval_s = 0.20;  ///< between looks while the picture hardly changes
  double body_interval_s = 0.30;  ///< between looks that seek heads without faces as well
  float calm_change = 1.5f;  ///< content change below which the picture hardly changes (0 to 255)
  float sudden_change = 18.0f;  ///< content change that may be a cut: look on both sides of it
};

/// A frame to look at and what to seek in it.
struct PlannedLook {
  FrameNumber frame = 0;
  LookFor look_for;
};

/// Decides, frame by frame, where the networks look. What happens in the picture decides, not a
/// fixed step: both sides of a sudden change are looked at, so that tracks reach to the ends of
/// their shots; a calm picture is looked at less often. Knows nothing of frames before the one it
/// was made for, so a film looked at from there on gives the same plan.
class LookPlanner {
 public:
  LookPlanner(FrameNumber first_frame, double frames_per_second, const LookPlanOptions& options);

  /// `change`: mean content difference to the frame before. Returns the looks due now, ascending;
  /// only `frame` itself or the one before it can be among them.
  std::vector<PlannedLook> plan(FrameNumber frame, float change);

 private:
  PlannedLook look_at(FrameNumber frame, bool bodies);

  LookPlanOptions options_;
  double frames_per_second_;
  FrameNumber first_frame_;
  std::optional<FrameNumber> last_look_;
  std::optional<FrameNumber> last_body_look_;
  float change_since_look_ = 0;
};

}  // namespace dramatis
