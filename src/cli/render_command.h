#pragma once

#include <string>
#include <vector>

#include "project/project.h"

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis render PROJECT -o OUT`: the film with a box and a name on every head.
void add_render_command(CLI::App& app);

/// `dramatis sheet PROJECT -o OUT.png`: the cast at a glance.
void add_sheet_command(CLI::App& app);

/// Writes the contact sheet; returns the files.
std::vector<std::string> write_sheet(Project& project, const std::string& path);

}  // namespace dramatis
