#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// Long enough, large enough, seen often and surely enough by detectors: f_min and its companions.
bool worth_keeping(const SteadyShot& shot, const Fragment& fragment,
                   const TrackingOptions& options);

/// Leaves out fragments that are a second set of boxes on a head that another fragment has: hands,
/// hair, or a body's head that was not fused with its face. Of two, the one with less evidence
/// goes.
std::vector<Fragment> without_shadows(const SteadyShot& shot, std::vector<Fragment> fragments);

/// The frames in which the head is taken to be in the picture: from its first to its last sighting,
/// on to the end of the shot when a look could not have come sooner, else half way to the look that
/// no longer found it.
FrameRange range_of(const SteadyShot& shot, const Fragment& fragment);

/// The track: a box for every frame of its range, smoothed, and all that its heads carry.
Track finish_track(const SteadyShot& shot, const Fragment& fragment,
                   const TrackingOptions& options);

}  // namespace dramatis
