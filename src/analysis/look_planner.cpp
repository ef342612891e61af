#include "analysis/look_planner.h"

#include <algorithm>
#include <cmath>

namespace dramatis {
namespace {

FrameNumber frames_in(double seconds, double frames_per_second) {
  return std::max<FrameNumber>(1, std::llround(std::floor(seconds * frames_per_second + 1e-6)));
}

}  // namespace

LookPlanner::LookPlanner(FrameNumber first_frame, double frames_per_second,
                         const LookPlanOptions& options)
    : options_(options), frames_per_second_(frames_per_second), first_frame_(first_frame) {}

std::vector<PlannedLook> LookPlanner::plan(FrameNumber frame, float change) {
  const bool sudden = frame > first_frame_ && change >= options_.sudden_change;
  std::vector<PlannedLook> looks;
  if (!last_look_ || sudden) {
    if (sudden && *last_look_ < frame - 1) looks.push_back(look_at(frame - 1, false));
    looks.push_back(look_at(frame, true));
    return looks;
  }
  change_since_look_ = std::max(change_since_look_, change);
  const bool calm = change_since_look_ < options_.calm_change;
  const double interval_s = calm ? options_.calm_interval_s : options_.face_interval_s;
  if (frame - *last_look_ < frames_in(interval_s, frames_per_second_)) return looks;
  const FrameNumber until_bodies = frames_in(options_.body_interval_s, frames_per_second_);
  looks.push_back(look_at(frame, frame - *last_body_look_ >= until_bodies));
  return looks;
}

PlannedLook LookPlanner::look_at(FrameNumber frame, bool bodies) {
  last_look_ = frame;
  if (bodies) last_body_look_ = frame;
  change_since_look_ = 0;
  return {frame, {.faces = true, .bodies = bodies}};
}

}  // namespace dramatis
