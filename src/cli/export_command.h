#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis export PROJECT --format F`: the cast for other programs.
void add_export_command(CLI::App& app);

}  // namespace dramatis
