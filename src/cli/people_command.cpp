#include "cli/people_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/output.h"
#include "project/snapshot.h"

namespace dramatis {
namespace {

/// Up to so many extras are listed one by one; more are one line, and --all lists them.
constexpr std::ptrdiff_t kExtrasListed = 20;

struct PeopleArguments {
  std::string project;
  bool json = false;
  bool ask = false;
  bool all = false;
};

using Json = nlohmann::ordered_json;

/// Columns a text takes on a terminal, as far as counting letters tells.
std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string row_of(const PersonView& person, std::size_t name_width) {
  const std::string name = person.name.empty() ? "-" : person.name;
  std::string kind = person.kind == PersonKind::character ? "" : name_of(person.kind);
  if (person.ignored) kind = "ignored";
  return fmt::format("{:>4}  {}{}  {:>12}  {:>5}  {:>6}{}{}\n", person.id, name,
                     std::string(name_width - letters(name), ' '), clock_text(person.seconds),
                     person.shots.size(), person.tracks.size(), kind.empty() ? "" : "  ", kind);
}

/// "12 extras, 0:00:31.200 together (--all lists them)".
void note_group(const CastView& view, const char* what, bool (*belongs)(const PersonView&)) {
  std::size_t count = 0;
  double seconds = 0;
  for (const PersonView& person : view.persons)
    if (belongs(person)) {
      ++count;
      seconds += person.seconds;
    }
  if (count > 0)
    fmt::print(stderr, "{}: {}, {} together; --all lists them.\n", what, count,
               clock_text(seconds));
}

bool is_extra(const PersonView& person) {
  return person.counts() && person.kind == PersonKind::extra;
}
bool is_picture(const PersonView& person) {
  return !person.ignored && person.kind == PersonKind::picture;
}
bool is_faceless(const PersonView& person) { return person.is_faceless(); }
bool is_ignored(const PersonView& person) { return person.ignored; }

void print_table(const CastView& view, bool all) {
  const bool fold_extras =
      !all && std::count_if(view.persons.begin(), view.persons.end(), is_extra) > kExtrasListed;
  std::vector<const PersonView*> rows;
  std::size_t name_width = 4;
  for (const PersonView& person : view.persons) {
    if (!all && (!person.counts() || (fold_extras && is_extra(person)))) continue;
    rows.push_back(&person);
    name_width = std::max(name_width, letters(person.name));
  }
  std::string table = fmt::format("{:>4}  {:<{}}  {:>12}  {:>5}  {:>6}\n", "id", "name", name_width,
                                  "screen time", "shots", "tracks");
  for (const PersonView* person : rows) table += row_of(*person, name_width);
  write_result("", table);
  if (rows.empty()) fmt::print(stderr, "There are no people in the film.\n");
  if (fold_extras) note_group(view, "Extras", is_extra);
  if (!all) note_group(view, "Pictures and screens", is_picture);
  if (!all) note_group(view, "Heads without a face", is_faceless);
  if (!all) note_group(view, "Ignored", is_ignored);
  for (const std::string& name : view.unplaced_names)
    fmt::print(stderr, "{} is not followed in any shot at present; the name is kept.\n", name);
}

Json json_of(const PersonView& person, const Timeline& timeline) {
  return {{"id", person.id},
          {"name", person.name.empty() ? Json() : Json(person.name)},
          {"kind", name_of(person.kind)},
          {"ignored", person.ignored},
          {"screen_time_s", person.seconds},
          {"shots", person.shots},
          {"tracks", person.tracks},
          {"confidence", person.confidence},
          {"first_s", timeline.seconds_of(person.frames.start)},
          {"end_s", timeline.seconds_of(person.frames.end)}};
}

void print_json(const Json& json) { write_result("", json.dump(2) + "\n"); }

void print_people_json(const Snapshot& snapshot) {
  Json people = Json::array();
  for (const PersonView& person : snapshot.view.persons)
    people.push_back(json_of(person, snapshot.timeline));
  print_json(people);
}

Json json_of_track(const Snapshot& snapshot, int id) {
  const StoredTrack& stored = snapshot.track(id);
  const PersonView* person = snapshot.view.person_of_track(id);
  return {{"track", id},
          {"person", person->id},
          {"name", person->name.empty() ? Json() : Json(person->name)},
          {"shot", stored.shot},
          {"start_s", snapshot.timeline.seconds_of(stored.track.range.start)},
          {"end_s", snapshot.timeline.seconds_of(stored.track.range.end)}};
}

std::string line_of_track(const Snapshot& snapshot, int id) {
  const StoredTrack& stored = snapshot.track(id);
  const auto clock = [&](FrameNumber frame) {
    return clock_text(snapshot.timeline.seconds_of(frame));
  };
  std::string line = fmt::format("  track {} of {}, shot {}, {} to {}", id,
                                 snapshot.view.person_of_track(id)->shown_name(), stored.shot,
                                 clock(stored.track.range.start), clock(stored.track.range.end));
  if (stored.best_face) {
    const FrameNumber frame = stored.track.faces[*stored.best_face].frame;
    line += fmt::format(", best face at {} (frame {})", clock(frame), frame);
  }
  return line + "\n";
}

void print_question_json(const Snapshot& snapshot) {
  if (snapshot.questions.empty()) return print_json(Json());
  const Question& question = snapshot.questions.front();
  print_json(
      {{"tracks",
        {json_of_track(snapshot, question.track_a), json_of_track(snapshot, question.track_b)}},
       {"probability_same", question.probability_same},
       {"seconds_at_stake", question.seconds_at_stake},
       {"open_questions", snapshot.questions.size()}});
}

void print_question(const Snapshot& snapshot, const std::string& project) {
  if (snapshot.questions.empty()) return write_result("", "Nothing uncertain is worth asking.\n");
  const Question& question = snapshot.questions.front();
  std::string text = "Do these two tracks show one person?\n";
  text += line_of_track(snapshot, question.track_a) + line_of_track(snapshot, question.track_b);
  text += "Answer with one of\n";
  for (const char* answer : {"same", "different"})
    text += fmt::format("  dramatis {} {} {} {}\n", answer, shell_word(project), question.track_a,
                        question.track_b);
  write_result("", text);
  fmt::print(stderr,
             "The same with probability {:.2f}; {} of screen time depend on it. Open questions: "
             "{}.\n",
             question.probability_same, clock_text(question.seconds_at_stake),
             snapshot.questions.size());
}

void show_people(const PeopleArguments& arguments) {
  Project project = Project::open(arguments.project);
  const Snapshot snapshot = snapshot_of(project);
  if (arguments.ask && arguments.json) return print_question_json(snapshot);
  if (arguments.ask) return print_question(snapshot, arguments.project);
  if (arguments.json) return print_people_json(snapshot);
  print_table(snapshot.view, arguments.all);
}

}  // namespace

void add_people_command(CLI::App& app) {
  auto arguments = std::make_shared<PeopleArguments>();
  CLI::App* command = app.add_subcommand("people", "The cast: who, how long, in how many shots.");
  command->add_option("project", arguments->project, "The project's folder")->required();
  command->add_flag("--json", arguments->json, "For programs");
  command->add_flag("--all", arguments->all,
                    "Also every extra, pictures, heads without a face and the ignored");
  command->add_flag("--ask", arguments->ask, "The next question whose answer would help most");
  command->footer(
      "Examples:\n"
      "  dramatis people film.mp4.dramatis\n"
      "  dramatis people film.mp4.dramatis --ask");
  command->callback([arguments] { show_people(*arguments); });
}

}  // namespace dramatis
