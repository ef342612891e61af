#pragma once

#include <optional>
#include <vector>

#include "base/geometry.h"

namespace dramatis {

/// Where a tag stands to its head.
enum class TagSide { above, below, right, left, near };

struct TagWish {
  Box head;
  float width = 0;  ///< of the tag
  float height = 0;
  /// Where this person's tag stood in the frame before: kept while nothing speaks against it, so
  /// that tags do not hop about.
  std::optional<TagSide> before;
};

struct TagPlace {
  Box box;
  TagSide side = TagSide::above;
};

/// A place for each tag, inside the picture and off the others; nothing where there is no room.
/// Above its head if that is free, else below, else at a side, else the nearest free place. Large
/// heads choose first. Covering another head costs, but less than standing far from one's own.
/// Cost: tags times heads.
std::vector<std::optional<TagPlace>> place_tags(const std::vector<TagWish>& wishes,
                                                int picture_width, int picture_height);

}  // namespace dramatis
