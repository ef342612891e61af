#pragma once

#include "tracks/steady_shot.h"

namespace dramatis {

/// Is this a portrait, a poster, a mask, a statue: a face that never moves by itself? Needs
/// embedded faces over two seconds or more; in doubt it is a person.
bool is_picture(const SteadyShot& shot, const Fragment& fragment);

}  // namespace dramatis
