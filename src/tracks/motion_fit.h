#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// How heads move and how steadily they are seen in this very shot: the noise that makes what was
/// seen most probable, given what is known beforehand (`usual`, right within a factor of about
/// two). With little to learn from, it stays near what was given.
MotionNoise learned_motion(const SteadyShot& shot, const std::vector<Fragment>& fragments,
                           const MotionNoise& usual);

}  // namespace dramatis
