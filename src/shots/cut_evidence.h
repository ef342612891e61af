#pragma once

// Is this frame the first after a hard cut? From the cheap measures alone.

#include <span>
#include <vector>

#include "base/frame_time.h"
#include "shots/frame_features.h"

namespace dramatis {

/// For each frame, how unlike the frame before it is (structure_change, the camera's motion and any
/// change of light taken out) times how sudden that change is: its colour change over the mean of
/// its neighbours', less one. A cut is both; a fast pan is unlike but not sudden, a flicker sudden
/// but not unlike. A cut through a single blended frame counts as one change. 0 for frame 0.
std::vector<float> cut_evidence(std::span<const FrameFeatures> film);

/// When a change is undone: the first frame, at most `longest` after the change began, that shows
/// again what was there before it (a flash, something that passes before the lens). `change` is
/// empty at a cut, the blended frames of a gradual transition otherwise. Its end when it is not
/// undone, or when what lies between is a steady picture of its own for at least `min_shot` frames:
/// an insert.
FrameNumber end_of_disturbance(std::span<const FrameFeatures> film, const FrameRange& change,
                               FrameNumber longest, FrameNumber min_shot);

/// The same seen from the other end, for what came too slowly to be noticed: whether this frame
/// shows again what there was at most `longest` before the frame ahead of it, and no insert lies
/// between.
bool ends_disturbance(std::span<const FrameFeatures> film, FrameNumber frame, FrameNumber longest,
                      FrameNumber min_shot);

/// The frames next to a cut that are a mix of both its sides, as frame-rate conversion leaves them:
/// [start, end), start <= cut <= end; empty (both at `cut`) after a clean cut. Looks no further
/// than `inside`, which holds the cut.
FrameRange blended_at(std::span<const FrameFeatures> film, FrameNumber cut,
                      const FrameRange& inside);

}  // namespace dramatis
