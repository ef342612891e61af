#pragma once

#include <string>
#include <vector>

#include "models/catalogue.h"

namespace dramatis {

/// Makes the file that the engine reads, `goal`, from the files of a package, which may be used up.
/// Throws Failure{model} naming the file that cannot be converted or written.
void convert(Conversion conversion, const std::vector<std::string>& sources,
             const std::string& goal);

}  // namespace dramatis
