#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis run FILM`: all stages, into a project.
void add_run_command(CLI::App& app);

}  // namespace dramatis
