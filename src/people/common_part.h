#pragma once

#include "people/identities.h"

namespace dramatis {

/// The templates without what all faces of the film have in common, the same light, blur, grain or
/// size, and without what the poor ones among them have in common; both make strangers look alike.
/// `identities` is a first guess at who is who; the more people it holds, the surer is what they
/// share, and with few of them nothing is taken away.
Templates without_common_part(const Templates& templates, const Identities& identities,
                              const Calibration& calibration);

}  // namespace dramatis
