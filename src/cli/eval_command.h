#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis eval`: shots, tracks and people beside a truth.
void add_eval_command(CLI::App& app);

}  // namespace dramatis
