#pragma once

#include <string>

#include "project/snapshot.h"

namespace dramatis {

/// ELAN (.eaf): a tier for each person, an annotation for each time on the screen, and a tier of
/// shots.
std::string eaf_export(const Snapshot& snapshot);

/// MOTChallenge, one line for each head: frame from 1, track, x, y, width, height, 1, -1, -1, -1.
std::string mot_export(const Snapshot& snapshot);

/// CVAT for video 1.1: an editable track of boxes for each track of heads, labelled with the
/// person.
std::string cvat_export(const Snapshot& snapshot);

}  // namespace dramatis
