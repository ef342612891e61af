#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis people PROJECT`: the cast as a table, and the next question worth an answer.
void add_people_command(CLI::App& app);

}  // namespace dramatis
