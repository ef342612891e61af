#pragma once

// The parts of a chunk as bytes; the layout is in docs/project-format.md. A field added to a struct
// is appended to its record under the next version; older versions are read for good.

#include <string>
#include <string_view>
#include <vector>

#include "heads/head.h"
#include "shots/frame_features.h"

namespace dramatis {

std::string stamps_blob(const std::vector<std::int64_t>& stamps);
std::vector<std::int64_t> stamps_from(std::string_view blob, const std::string& where);

std::string features_blob(const std::vector<FrameFeatures>& features);
std::vector<FrameFeatures> features_from(std::string_view blob, const std::string& where);

std::string looks_blob(const std::vector<Look>& looks);
std::vector<Look> looks_from(std::string_view blob, const std::string& where);

}  // namespace dramatis
