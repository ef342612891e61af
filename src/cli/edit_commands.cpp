#include "cli/edit_commands.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/edit.h"
#include "cli/output.h"

namespace dramatis {
namespace {

struct EditArguments {
  std::string project;
  std::vector<std::string> persons;
  std::vector<int> tracks;
  std::string to;
  bool take_back = false;
};

using Arguments = std::shared_ptr<EditArguments>;

CLI::App* add_command(CLI::App& app, const Arguments& arguments, const char* name,
                      const char* purpose, const std::string& footer) {
  CLI::App* command = app.add_subcommand(name, purpose);
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->footer(footer);
  return command;
}

void add_persons(CLI::App* command, const Arguments& arguments) {
  command->add_option("persons", arguments->persons, "Numbers in 'dramatis people', or names")
      ->required();
}

CLI::Option* add_tracks(CLI::App* command, const Arguments& arguments) {
  return command
      ->add_option("tracks", arguments->tracks, "Numbers of tracks, as in 'dramatis export'")
      ->required();
}

/// A command on two tracks.
void add_pair_command(CLI::App& app, const char* name, const char* purpose,
                      Plan (*plan)(const Snapshot&, int, int)) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command =
      add_command(app, arguments, name, purpose,
                  fmt::format("Example: dramatis {} film.mp4.dramatis 12 31", name));
  add_tracks(command, arguments)->expected(2);
  command->callback([arguments, plan] {
    edit_project(arguments->project, [&](const Snapshot& snapshot) {
      return plan(snapshot, arguments->tracks.at(0), arguments->tracks.at(1));
    });
  });
}

/// A command on persons that can be turned round with --take-back.
void add_mark_command(CLI::App& app, const char* name, const char* purpose,
                      Plan (*plan)(const Snapshot&, const std::vector<int>&, bool)) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_command(app, arguments, name, purpose,
                                  fmt::format("Example: dramatis {} film.mp4.dramatis 7 9", name));
  add_persons(command, arguments);
  command->add_flag("--take-back", arguments->take_back, "Say the opposite");
  command->callback([arguments, plan] {
    edit_project(arguments->project, [&](const Snapshot& snapshot) {
      return plan(snapshot, persons_meant_by(snapshot, arguments->persons), !arguments->take_back);
    });
  });
}

void print_history(const std::string& folder) {
  Project project = Project::open(folder);
  const DecisionHistory& history = project.decisions().history();
  const auto in_force = decisions_in_force(history);
  std::string text;
  for (const LogEntry& entry : history.entries) {
    const auto holds = [&](std::int64_t sequence) {
      return std::binary_search(in_force.begin(), in_force.end(), sequence);
    };
    const std::string what = entry.decision
                                 ? sentence_of(*entry.decision)
                                 : fmt::format("{} {}.", entry.undoes ? "Took back" : "Did again",
                                               entry.undoes ? entry.undoes : entry.redoes);
    text += fmt::format("{:>4}  {}  {}{}\n", entry.sequence, entry.time, what,
                        entry.decision && !holds(entry.sequence) ? " (taken back)" : "");
  }
  write_result("", text);
}

}  // namespace

void add_merge_command(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_command(app, arguments, "merge", "Several persons are one: the first.",
                                  "Example: dramatis merge film.mp4.dramatis Anna 9 14");
  add_persons(command, arguments);
  command->callback([arguments] {
    edit_project(arguments->project, [&](const Snapshot& snapshot) {
      return plan_merge(snapshot, persons_meant_by(snapshot, arguments->persons));
    });
  });
}

void add_split_command(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_command(app, arguments, "split",
                                  "Take tracks out of their persons: together they are a new one.",
                                  "Examples:\n"
                                  "  dramatis split film.mp4.dramatis 12 31\n"
                                  "  dramatis split film.mp4.dramatis 12 31 --to Anna");
  add_tracks(command, arguments);
  command->add_option("--to", arguments->to, "Give them to this person instead");
  command->callback([arguments] {
    edit_project(arguments->project, [&](const Snapshot& snapshot) {
      if (arguments->to.empty()) return plan_split(snapshot, arguments->tracks);
      return plan_move(snapshot, arguments->tracks, person_meant_by(snapshot, arguments->to));
    });
  });
}

void add_ignore_command(CLI::App& app) {
  add_mark_command(app, "ignore", "Persons of no interest: neither counted nor named.",
                   plan_ignore);
}

void add_picture_command(CLI::App& app) {
  add_mark_command(app, "picture", "Not persons but portraits, posters, statues or screens.",
                   plan_picture);
}

void add_same_command(CLI::App& app) {
  add_pair_command(app, "same", "Two tracks show one person.", plan_same);
}

void add_different_command(CLI::App& app) {
  add_pair_command(app, "different", "Two tracks show two persons.", plan_different);
}

void add_release_command(CLI::App& app) {
  add_pair_command(app, "release",
                   "Two tracks may be one person although both are in the picture: a mirror, a "
                   "split screen, a twin role.",
                   plan_release);
}

void add_undo_command(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_command(app, arguments, "undo", "Take back the last decision.",
                                  "Example: dramatis undo film.mp4.dramatis");
  command->callback([arguments] {
    Project project = Project::open(arguments->project);
    print_result(CastEditor(project).undo());
  });
}

void add_redo_command(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_command(app, arguments, "redo", "Put back what undo took.",
                                  "Example: dramatis redo film.mp4.dramatis");
  command->callback([arguments] {
    Project project = Project::open(arguments->project);
    print_result(CastEditor(project).redo());
  });
}

void add_history_command(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_command(app, arguments, "history", "What was decided, and when.",
                                  "Example: dramatis history film.mp4.dramatis");
  command->callback([arguments] { print_history(arguments->project); });
}

void add_edit_commands(CLI::App& app) {
  for (const auto add :
       {add_merge_command, add_split_command, add_ignore_command, add_picture_command,
        add_same_command, add_different_command, add_release_command, add_undo_command,
        add_redo_command, add_history_command})
    add(app);
}

}  // namespace dramatis
