#pragma once

#include <opencv2/core/types.hpp>

namespace dramatis {

/// Blue, green, red.
using Colour = cv::Vec3b;

/// The colour of a person: the same everywhere, and neighbours far apart. Hues walk the circle by
/// the golden angle, which never comes back near to where it was soon; lightness changes in threes
/// so that people beyond the tenth still differ. In OKLCH (Ottosson 2020), where equal steps look
/// equal. A negative number, nobody: grey.
Colour person_colour(int person);

/// Black or white, whichever reads better on it.
Colour text_colour_on(const Colour& background);

}  // namespace dramatis
