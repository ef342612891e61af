#pragma once

#include <string>

#include "project/snapshot.h"

namespace dramatis {

/// WebVTT: a cue for each moment at which the same persons are on the screen, with their names.
std::string vtt_export(const Snapshot& snapshot);

/// The same as SubRip.
std::string srt_export(const Snapshot& snapshot);

/// Advanced SubStation Alpha: each name above its head, following it. Any player that knows styled
/// subtitles shows the named film without rendering it.
std::string ass_export(const Snapshot& snapshot);

}  // namespace dramatis
