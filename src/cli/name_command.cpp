#include "cli/name_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/failure.h"
#include "cli/edit.h"
#include "cli/portraits.h"

namespace dramatis {
namespace {

struct NameArguments {
  std::string project;
  std::string person;
  std::vector<std::string> name;
  bool remove = false;
  std::string portraits;
};

void name_person(const NameArguments& arguments) {
  if (!arguments.portraits.empty()) {
    if (!arguments.person.empty() || arguments.remove)
      throw usage_failure("With --portraits the files say the names; say no person.");
    return suggest_names_from(arguments.project, arguments.portraits);
  }
  if (arguments.person.empty()) throw usage_failure("Say which person, and the name.");
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
  command->add_option("person", arguments->person, "Its number in 'dramatis people', or its name");
  command->add_option("name", arguments->name, "The name");
  command->add_flag("--remove", arguments->remove, "Take the name away");
  command->add_option("--portraits", arguments->portraits,
                      "A folder with a picture of each cast member, named after them: prints who "
                      "they may be, and names nobody");
  command->footer(
      "Examples:\n"
      "  dramatis name film.mp4.dramatis 3 Anna\n"
      "  dramatis name film.mp4.dramatis Anna \"Anna Karenina\"\n"
      "  dramatis name film.mp4.dramatis --portraits pictures/");
  command->callback([arguments] { name_person(*arguments); });
}

}  // namespace dramatis
