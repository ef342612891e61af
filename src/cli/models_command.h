#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis models list|fetch|check|add|remove`: which networks, from where, whether they are
/// whole.
void add_models_command(CLI::App& app);

}  // namespace dramatis
