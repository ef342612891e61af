#pragma once

#include "people/identities.h"

namespace dramatis {

/// How far a face of this quality leans towards what poor faces have in common, from 1, the
/// poorest, to 0, a perfect one.
double lean_of(double quality);

/// The templates without what all faces of the film have in common, the same light, blur, grain or
/// size, and without what the poor ones among them have in common; both make strangers look alike.
/// `identities` is a first guess at who is who; the more people it holds, the surer is what they
/// share, and with few of them nothing is taken away.
Templates without_common_part(const Templates& templates, const Identities& identities,
                              const Calibration& calibration);

}  // namespace dramatis
