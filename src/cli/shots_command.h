#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis shots FILM`: the shots alone, without a project.
void add_shots_command(CLI::App& app);

}  // namespace dramatis
