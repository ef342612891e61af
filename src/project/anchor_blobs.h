#pragma once

#include <string>
#include <string_view>

#include "project/anchor.h"

namespace dramatis {

/// The heads of an anchor as bytes; see docs/project-format.md.
std::string anchor_points_blob(const std::vector<AnchorPoint>& points);
std::vector<AnchorPoint> anchor_points_from(std::string_view blob, const std::string& where);

}  // namespace dramatis
