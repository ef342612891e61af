#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace dramatis {

/// Names that somebody brought, to complete what is typed: room.json in the project's folder, so
/// that they are there in the next window too. Losing the file loses no name that was given.
std::vector<std::string> cast_list_of(const std::string& project_folder);

/// {"text": "…"}: names, one a line, or a table with commas, semicolons or tabs, whose first column
/// that is not a number is taken. Replaces the list; an empty text empties it. Returns the names.
std::vector<std::string> store_cast_list(const std::string& project_folder,
                                         const nlohmann::json& request);

/// The names in such a text, each once, in order.
std::vector<std::string> names_in(const std::string& text);

}  // namespace dramatis
