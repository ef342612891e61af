#pragma once

#include <vector>

#include "models/catalogue.h"

namespace dramatis {

/// Every network that the program can fetch. `file` is a name in the cache.
std::vector<ModelDescription> built_in_models();

}  // namespace dramatis
