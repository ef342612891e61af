#pragma once

#include <string>

#include "project/snapshot.h"

namespace dramatis {

/// "dramatis/1": everything; docs/json-format.md tells each field. The same bytes each time.
std::string json_export(const Snapshot& snapshot);

/// A text in quotation marks, with what JSON needs escaped.
std::string json_text(const std::string& text);

}  // namespace dramatis
