#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis render PROJECT -o OUT`: the film with a box and a name on every head.
void add_render_command(CLI::App& app);

}  // namespace dramatis
