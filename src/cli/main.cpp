// dramatis on the command line: a table of commands, and one place where failures become words.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "base/failure.h"
#include "cli/cluster_command.h"
#include "cli/edit_commands.h"
#include "cli/eval_command.h"
#include "cli/export_command.h"
#include "cli/models_command.h"
#include "cli/name_command.h"
#include "cli/people_command.h"
#include "cli/render_command.h"
#include "cli/run_command.h"
#include "cli/serve_command.h"
#include "cli/sheet_command.h"
#include "cli/shots_command.h"
#include "cli/tracks_command.h"

namespace {

constexpr const char* kFooter = R"(Examples:
  dramatis models fetch                      once: the networks, checked
  dramatis run film.mp4                      who is in it; makes film.mp4.dramatis
  dramatis people film.mp4.dramatis          the cast
  dramatis name film.mp4.dramatis 3 Anna     what you know survives every later run
  dramatis serve film.mp4.dramatis           look, correct and name in a browser
  dramatis render film.mp4.dramatis -o named.mp4
  dramatis export film.mp4.dramatis --format json -o film.json)";

int fail(const std::string& sentence, int status) {
  fmt::print(stderr, "{}\n", sentence);
  return status;
}

/// What is wrong with the words, and where to read how they should be.
std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error) {
  std::string words = error.what();
  const std::vector<std::string> unknown = app.remaining(true);
  if (dynamic_cast<const CLI::RequiredError*>(&error) && words.starts_with("A subcommand")) {
    words = unknown.empty() ? "A command is missing"
                            : fmt::format("There is no command '{}'", unknown.front());
  }
  std::string help = "dramatis";
  for (const CLI::App* command : app.get_subcommands()) help += " " + command->get_name();
  return fmt::format("{}; try '{} --help'.", words, help);
}

int run(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return fail(usage_sentence(app, error), 2);
  } catch (const dramatis::Failure& failure) {
    return fail(failure.what(), static_cast<int>(failure.kind()));
  } catch (const std::bad_alloc&) {
    return fail("There is not enough memory.", 1);
  } catch (const std::exception& error) {
    return fail(fmt::format("Something went wrong that should not have: {}", error.what()), 1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("dramatis: who is in a film, when, and where on the screen.", "dramatis");
  app.set_version_flag("--version", DRAMATIS_VERSION);
  app.require_subcommand(1);
  app.footer(kFooter);
  dramatis::add_run_command(app);
  dramatis::add_people_command(app);
  dramatis::add_name_command(app);
  dramatis::add_edit_commands(app);
  dramatis::add_serve_command(app);
  dramatis::add_sheet_command(app);
  dramatis::add_render_command(app);
  dramatis::add_export_command(app);
  dramatis::add_eval_command(app);
  dramatis::add_shots_command(app);
  dramatis::add_tracks_command(app);
  dramatis::add_cluster_command(app);
  dramatis::add_models_command(app);
  return run(app, argc, argv);
}
