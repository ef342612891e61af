#pragma once

#include <string>
#include <vector>

#include "project/project.h"

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis sheet PROJECT -o OUT.png`: the cast at a glance.
void add_sheet_command(CLI::App& app);

/// Writes the contact sheet; returns the files.
std::vector<std::string> write_sheet(Project& project, const std::string& path);

}  // namespace dramatis
