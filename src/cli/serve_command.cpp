#include "cli/serve_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "analysis/portrait_reader.h"
#include "cli/interruption.h"
#include "quality/face_quality.h"
#include "web/server.h"

namespace dramatis {
namespace {

struct ServeArguments {
  std::string project;
  std::optional<int> port;
};

/// The networks are loaded with the first portrait: most rooms see none.
std::function<std::optional<Embedding>(const Picture&)> portrait_reader_of(
    const std::string& folder) {
  const auto reader = std::make_shared<std::unique_ptr<PortraitReader>>();
  return [folder, reader](const Picture& photograph) {
    if (!*reader) {
      const Catalogue catalogue;
      const std::string embedding = embedding_of_run(Project::open(folder).analysis(), catalogue);
      *reader = std::make_unique<PortraitReader>(catalogue, embedding);
    }
    return (*reader)->read(photograph);
  };
}

void serve_project(const ServeArguments& arguments) {
  const std::stop_token stop = stop_on_interruption();
  Room room(arguments.project, {.read_portrait = portrait_reader_of(arguments.project),
                                .least_face_quality = default_min_face_quality});
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
