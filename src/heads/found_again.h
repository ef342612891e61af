#pragma once

#include <optional>

#include "heads/grey_levels.h"

namespace dramatis {

/// What is looked for: the head alone, or with neck and shoulders, which stay when a head turns.
enum class Patch { head, bust };

/// Where a head is in another picture, and how well that is known.
struct FoundAgain {
  Box box;             ///< in the frame; as large as before
  float likeness = 0;  ///< normalised correlation of the two patches, -1 to 1
  float strayed = 0;   ///< how far from its start the way back ends, in heads
};

/// Looks for the patch of `from` under `head` in `to`, around the same place moved by `shift`, as
/// far as `reach` heads away; and from there back again. Nothing where the head is too small or too
/// even to be known again, or not in the picture.
std::optional<FoundAgain> find_again(const GreyLevels& from, const Box& head, const GreyLevels& to,
                                     const Point& shift, float reach, Patch patch);

/// Normalised correlation of two patches of one size, -1 to 1; 0 where either is even.
float likeness(const GreyLevels& a, const Box& head_in_a, const GreyLevels& b, const Box& head_in_b,
               Patch patch);

}  // namespace dramatis
