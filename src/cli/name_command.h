#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis name PROJECT PERSON NAME`.
void add_name_command(CLI::App& app);

}  // namespace dramatis
