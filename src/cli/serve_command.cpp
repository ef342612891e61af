#include "cli/serve_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "cli/interruption.h"
#include "web/server.h"

namespace dramatis {
namespace {

struct ServeArguments {
  std::string project;
  std::optional<int> port;
};

void serve_project(const ServeArguments& arguments) {
  const std::stop_token stop = stop_on_interruption();
  Room room(arguments.project);
  RoomServer server(room, {.port = arguments.port});
  fmt::print("{}\n", server.address());
  std::fflush(stdout);
  fmt::print(stderr,
             "Open this address in a browser on this computer. Ctrl-C ends the room; "
             "everything that was said is stored.\n");
  server.run(stop);
}

}  // namespace

void add_serve_command(CLI::App& app) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* command = app.add_subcommand("serve", "Look, correct and name in a browser.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_option("--port", arguments->port, "0: any free one; 8371, or any, without it")
      ->check(CLI::Range(0, 65535));
  command->footer(
      "On this computer only; nothing is ever asked of another one.\n"
      "Example: dramatis serve film.mp4.dramatis");
  command->callback([arguments] { serve_project(*arguments); });
}

}  // namespace dramatis
