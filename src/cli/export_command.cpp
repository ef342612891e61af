#include "cli/export_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/output.h"
#include "exports/export.h"

namespace dramatis {
namespace {

struct ExportArguments {
  std::string project;
  std::string format = "json";
  std::string output;
};

std::string list_of_formats() {
  std::string text = "Formats:\n";
  for (const ExportFormat& format : export_formats())
    text += fmt::format("  {:<12}{}\n", format.name, format.purpose);
  return text;
}

void export_project(const ExportArguments& arguments) {
  const ExportFormat& format = export_format(arguments.format);
  Project project = Project::open(arguments.project);
  write_result(arguments.output, format.write(snapshot_of(project)));
}

}  // namespace

void add_export_command(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "Write the cast for other programs.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_option("--format", arguments->format, "See below; json without it");
  command->add_option("-o,--output", arguments->output,
                      "The file to write; standard output without it");
  command->footer(list_of_formats() +
                  "Example: dramatis export film.mp4.dramatis --format json -o film.json");
  command->callback([arguments] { export_project(*arguments); });
}

}  // namespace dramatis
