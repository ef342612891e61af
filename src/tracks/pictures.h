#pragma once

#include <vector>

#include "tracks/steady_shot.h"

namespace dramatis {

/// What a head does by itself, the camera's motion and its own way through the picture left out.
enum class Stirring {
  still,   ///< a portrait, a poster, a mask, a statue: a face that never moves by itself
  living,  ///< a face that changes in itself, or somebody whose face is not seen
  unsure,  ///< seen for too short a time, or anything in between
};

/// Needs embedded faces over two seconds or more; in doubt it is not still.
Stirring stirring_of(const SteadyShot& shot, const Fragment& fragment);

/// Which of a shot's heads are pictures on the wall: those that are still while, for half of the
/// time at least, somebody living is there too. Where nobody is, photographs are the people of the
/// film.
std::vector<bool> pictures_among(const SteadyShot& shot, const std::vector<Fragment>& fragments);

/// Is the track, of any shot, the same photograph as this picture? Faces of a living head are never
/// all that near to it, not even of the person whom it shows.
bool is_same_photograph(const Track& track, const Track& picture);

}  // namespace dramatis
