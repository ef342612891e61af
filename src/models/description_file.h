#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "models/catalogue.h"

namespace dramatis {

/// A user's model description (docs/models.md): what it says, with the network's path made absolute
/// (it is relative to the description's folder) and the sha256 of that file. Throws Failure{model}
/// naming the description and the field: missing, unknown, of the wrong kind, out of range.
ModelDescription read_description(const std::string& path);

/// The same from text already read; `where` is named in failures, `folder` is what paths are
/// relative to. Does not look at the network's file.
ModelDescription parse_description(const nlohmann::json& json, const std::string& where,
                                   const std::string& folder);

/// Loads the network and compares its input and output with the description. Throws Failure{model}
/// naming the field that does not fit.
void check_network(const ModelDescription& model, const std::string& where);

}  // namespace dramatis
