#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis serve PROJECT [--port N]`: the naming room, in a browser on this computer.
void add_serve_command(CLI::App& app);

}  // namespace dramatis
