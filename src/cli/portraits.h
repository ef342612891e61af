#pragma once

#include <string>

namespace dramatis {

/// Reads a picture of each cast member (the file's name is theirs; several in a folder of that
/// name) and prints who they may be: CSV, person,name,probability. Names nobody.
void suggest_names_from(const std::string& project_folder, const std::string& pictures_folder);

}  // namespace dramatis
