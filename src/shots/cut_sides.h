#pragma once

// Second thoughts about a cut, from the mosaics on both its sides.

#include <optional>
#include <span>

#include "base/frame_time.h"
#include "shots/frame_features.h"

namespace dramatis {

/// The half dozen frames before a supposed cut beside those from it on. Unlikeness is 1 -
/// correlation, 0 to 2.
struct CutSides {
  float unlike = 0;  ///< mean of all pairs of a frame before and a frame after
  /// Unlikeness of the most alike such pair over that within the less steady side. Well above 1 at
  /// a cut, however much both sides are shaken; mostly below 1 where the picture only begins to
  /// move, or goes on moving.
  float apart = 0;
};

/// Nothing where fewer than three frames are on either side: too few to tell how steady it is.
std::optional<CutSides> sides_of_cut(std::span<const FrameFeatures> film, FrameNumber cut);

/// How unlike two pictures are once a zoom about their middle is taken out, in or out, by the
/// factor up to 1.6 that explains most; never more than without one. (About any point, a zoom would
/// explain much of what a wipe does.)
float unlikeness_but_for_zoom(const Mosaic& before, const Mosaic& now);

}  // namespace dramatis
