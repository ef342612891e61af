#pragma once

// The film in the words of the interface: what stands below the picture and over it.

#include <nlohmann/json_fwd.hpp>

#include "project/snapshot.h"

namespace dramatis {

/// Shots, and for each person when it is on the screen.
nlohmann::json timeline_json(const Snapshot& snapshot);

/// Every head in the frames shown within [from_s, to_s), at most kLongestWindow frames: for each
/// frame its number, its time, and [track, x, y, width, height] in parts of the picture's size.
nlohmann::json heads_json(const Snapshot& snapshot, double from_s, double to_s);

inline constexpr FrameNumber kLongestWindow = 1500;

}  // namespace dramatis
