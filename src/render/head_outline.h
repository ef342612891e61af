#pragma once

#include "base/geometry.h"
#include "base/picture.h"
#include "render/person_colour.h"

namespace dramatis {

struct OutlineStyle {
  Colour colour;
  float thickness_px = 2;
  bool dashed = false;  ///< corners stay whole, so that it still reads as a box
  float opacity = 1;
};

/// A box with round corners and a thin dark rim on both sides, which keeps it readable on any
/// picture. Touches only pixels near its line. Parts outside of the picture are not drawn.
void draw_outline(Picture& picture, const Box& box, const OutlineStyle& style);

}  // namespace dramatis
