#include "cli/name_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/failure.h"
#include "cli/edit.h"

namespace dramatis {
namespace {

struct NameArguments {
  std::string project;
  std::string person;
  std::vector<std::string> name;
  bool remove = false;
};

void name_person(const NameArguments& arguments) {
  if (arguments.name.empty() != arguments.remove)
    throw usage_failure("Say a name, or --remove to take the name away.");
  const std::string name = fmt::format("{}", fmt::join(arguments.name, " "));
  edit_project(arguments.project, [&](const Snapshot& snapshot) {
    return plan_name(snapshot, person_meant_by(snapshot, arguments.person), name);
  });
}

}  // namespace

void add_name_command(CLI::App& app) {
  auto arguments = std::make_shared<NameArguments>();
  CLI::App* command = app.add_subcommand("name", "Say who a person is.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_option("person", arguments->person, "Its number in 'dramatis people', or its name")
      ->required();
  command->add_option("name", arguments->name, "The name");
  command->add_flag("--remove", arguments->remove, "Take the name away");
  command->footer(
      "Examples:\n"
      "  dramatis name film.mp4.dramatis 3 Anna\n"
      "  dramatis name film.mp4.dramatis Anna \"Anna Karenina\"");
  command->callback([arguments] { name_person(*arguments); });
}

}  // namespace dramatis
