#pragma once

// What a fragment tells of a head's motion and looks at its ends: the basis for deciding which
// fragments are one head.

#include <optional>
#include <span>
#include <vector>

#include "tracks/motion.h"
#include "tracks/steady_shot.h"

namespace dramatis {

/// Log density of a head that has nothing to do with ours: any of those in the scene, anywhere,
/// about as large.
double log_density_of_anybody(const SteadyShot& shot, double head_height_px);

/// Where the head is and how it moves at the last sighting, from the latest ones up to it.
BoxState state_at_end(const SteadyShot& shot, std::span<const Sighting> fragment,
                      const MotionNoise& noise);
/// Likewise at the first sighting, from those that follow. The velocity is that of real time.
BoxState state_at_start(const SteadyShot& shot, std::span<const Sighting> fragment,
                        const MotionNoise& noise);

/// The state at every sighting, from the sightings up to it and from those that follow it.
struct Course {
  std::vector<BoxState> from_before;
  std::vector<BoxState> from_after;
};
Course course_of(const SteadyShot& shot, std::span<const Sighting> fragment,
                 const MotionNoise& noise);

/// Log odds that a head in this state came into that one `gap_s` later, rather than anybody being
/// there, from place, size, shape and velocity.
double motion_log_odds(const SteadyShot& shot, const BoxState& before, const BoxState& after,
                       double gap_s, const MotionNoise& noise);
/// Log odds that a head which left `before` came to be seen as `after`. `after` starts later than
/// `before` ends.
double motion_log_odds(const SteadyShot& shot, std::span<const Sighting> before,
                       std::span<const Sighting> after, const MotionNoise& noise);

/// Log odds that these sightings are one moving thing rather than detections that fell by chance
/// where they did: how well each was foretold by those before it, less the looks that should have
/// found it. Followed heads help to foretell, and are no evidence themselves.
double existence_log_odds(const SteadyShot& shot, std::span<const Sighting> fragment,
                          const MotionNoise& noise);

/// Are they above min_surety? In a shot of few looks, where nothing can be foretold often, less is
/// asked.
bool sure_to_exist(const SteadyShot& shot, std::span<const Sighting> fragment,
                   const TrackingOptions& options);

/// Log odds from faces, or from colours where one side has no face; nothing when nothing compares.
std::optional<double> appearance_log_odds(const SteadyShot& shot, std::span<const Sighting> a,
                                          std::span<const Sighting> b,
                                          const TrackingOptions& options);

}  // namespace dramatis
