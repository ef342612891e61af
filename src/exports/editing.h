#pragma once

#include <string>

#include "project/snapshot.h"

namespace dramatis {

/// OpenTimelineIO: a video track with a clip for each shot, and in it a marker for each person over
/// the frames during which it is on the screen. Frames at the film's nominal rate.
std::string otio_export(const Snapshot& snapshot);

/// CMX 3600: an event for each shot, with a locator line where a person comes on the screen.
/// Non-drop-frame time code at the nearest whole rate that counts frames from 00:00:00:00.
std::string edl_export(const Snapshot& snapshot);

}  // namespace dramatis
