#pragma once

#include <string>
#include <vector>

#include "base/frame_time.h"

namespace dramatis {

/// The ranges of a list of shots as `dramatis shots` writes it: CSV with a heading that names the
/// columns start_frame and end_frame (frames from 0, ends excluded), others as they may be. Throws
/// Failure{usage} that names file and line when it is anything else, when a shot is empty, or when
/// shots overlap or do not ascend.
std::vector<FrameRange> read_shot_ranges(const std::string& path);

}  // namespace dramatis
