#pragma once

// Scenes told look by look, for tests in which exactly this must happen.

#include <functional>
#include <optional>
#include <vector>

#include "synthetic/invented_face.h"
#include "tracks/tracker.h"

namespace dramatis {

/// Somebody in a scripted scene. Each is somebody else.
struct ScriptedPerson {
  /// Centre of the head in a frame; nothing while no look can find it.
  std::function<std::optional<Point>(FrameNumber)> centre;
  float head_height_px = 80;
  double yaw = 0;  ///< -1 left profile, 1 right profile
  bool has_face = true;
  double box_jitter = 0.01;
};

struct ScriptedShot {
  ShotLooks shot;  ///< refers to `looks`
  std::vector<Look> looks;
  std::vector<std::vector<int>> person_of_head;

  ScriptedShot(const std::vector<ScriptedPerson>& people, FrameNumber frames,
               FrameNumber frames_a_look, bool faces);
  ScriptedShot(const ScriptedShot&) = delete;
  ScriptedShot& operator=(const ScriptedShot&) = delete;
};

}  // namespace dramatis
