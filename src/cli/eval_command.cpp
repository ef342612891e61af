#include "cli/eval_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/failure.h"
#include "cli/checks.h"
#include "cli/output.h"
#include "eval/evaluation.h"

namespace dramatis {
namespace {

using Json = nlohmann::ordered_json;

struct EvalArguments {
  std::string project;
  std::string truth, shots, tracks;
  FrameNumber tolerance = 1;
  std::string by;
  bool json = false;

  bool shows(const char* weighting) const { return by.empty() || by == weighting; }
};

/// What was asked for, as far as a truth for it was given.
struct Evaluation {
  std::optional<ShotEvaluation> shots;
  std::optional<TrackScores> tracks;
  std::optional<PeopleEvaluation> people;
};

/// Shots from a project, or from a list of shots in a file.
ShotBoundaries found_shots(const std::string& path) {
  if (std::filesystem::is_regular_file(path)) return read_shot_boundaries(path);
  const Project project = Project::open(path);
  if (!project.analysis().finished_stage(stage::shots))
    throw project_failure(path, "its shots are not found yet; dramatis run goes on");
  return shot_boundaries_of(project.analysis().shots());
}

/// A truth of people that also tells shots or tracks is taken for these too, unless another is
/// given.
EvalArguments with_truths(EvalArguments arguments) {
  if (arguments.truth.empty()) return arguments;
  const TruthContents contents = contents_of_truth(arguments.truth);
  if (contents.shots && arguments.shots.empty()) arguments.shots = arguments.truth;
  if (contents.tracks && arguments.tracks.empty()) arguments.tracks = arguments.truth;
  return arguments;
}

Evaluation evaluate(const EvalArguments& arguments) {
  Evaluation result;
  if (!arguments.shots.empty())
    result.shots = evaluate_shots(read_shot_boundaries(arguments.shots),
                                  found_shots(arguments.project), arguments.tolerance);
  if (arguments.tracks.empty() && arguments.truth.empty()) return result;
  Project project = Project::open(arguments.project);
  const Snapshot snapshot = snapshot_of(project);
  const std::vector<CastTrack> tracks = cast_tracks_of(snapshot);
  if (!arguments.tracks.empty())
    result.tracks = evaluate_tracks(read_track_truth(arguments.tracks), tracks);
  const std::string film = std::filesystem::path(snapshot.film.path).filename().string();
  if (!arguments.truth.empty())
    result.people = evaluate_people(read_people_truth(arguments.truth, film), tracks);
  return result;
}

/// Six decimals say enough of a share, and hide in which order sums were added.
double rounded(double share) { return std::round(share * 1e6) / 1e6; }

Json json_of(const PrecisionRecall& score) {
  return {{"precision", rounded(score.precision)},
          {"recall", rounded(score.recall)},
          {"f", rounded(score.f())}};
}

Json json_of(const std::optional<PeopleScores>& scores) {
  if (!scores) return nullptr;
  return {{"bcubed", json_of(scores->bcubed)},
          {"pairwise", json_of(scores->pairwise)},
          {"character", json_of(scores->character)},
          {"purity", rounded(scores->purity)},
          {"nmi", rounded(scores->nmi)},
          {"adjusted_rand", rounded(scores->adjusted_rand)},
          {"people", scores->people},
          {"clusters", scores->clusters}};
}

Json json_of(const PeopleEvaluation& people, const EvalArguments& arguments) {
  Json json = {{"people", people.people}, {"cast", people.cast}, {"clicks", people.clicks}};
  if (people.heads > 0) {
    json["heads"] = people.heads;
    json["heads_found"] = people.heads_found;
    json["head_recall"] = rounded(people.head_recall());
  }
  if (arguments.shows("frames")) json["by_frames"] = json_of(people.by_frames);
  if (arguments.shows("tracks")) json["by_tracks"] = json_of(people.by_tracks);
  if (people.bcubed_with_missed) json["bcubed_with_missed"] = json_of(*people.bcubed_with_missed);
  return json;
}

Json json_of(const CutScores& scores) {
  return {{"precision", rounded(scores.precision())},
          {"recall", rounded(scores.recall())},
          {"f", rounded(scores.f())},
          {"right", scores.right},
          {"missed", scores.missed},
          {"false", scores.false_cuts}};
}

Json json_of(const ShotEvaluation& shots) {
  return {{"tolerance_frames", shots.cuts.tolerance_frames},
          {"cuts", json_of(shots.cuts)},
          {"all_boundaries", json_of(shots.all)}};
}

Json json_of(const TrackScores& scores) {
  return {{"hota", rounded(scores.hota)},
          {"det_a", rounded(scores.det_a)},
          {"ass_a", rounded(scores.ass_a)},
          {"loc_a", rounded(scores.loc_a)},
          {"idf1", rounded(scores.idf1)},
          {"id_precision", rounded(scores.id_precision)},
          {"id_recall", rounded(scores.id_recall)},
          {"mota", rounded(scores.mota)},
          {"identity_switches", scores.identity_switches},
          {"found", scores.found},
          {"missed", scores.missed},
          {"false", scores.false_boxes}};
}

std::string json_text_of(const Evaluation& evaluation, const EvalArguments& arguments) {
  Json json = Json::object();
  if (evaluation.shots) json["shots"] = json_of(*evaluation.shots);
  if (evaluation.tracks) json["tracks"] = json_of(*evaluation.tracks);
  if (evaluation.people) json["people"] = json_of(*evaluation.people, arguments);
  return json.dump(2) + "\n";
}

std::string row(const char* name, double precision, double recall, double f) {
  return fmt::format("  {:<20} {:>9.3f} {:>9.3f} {:>9.3f}\n", name, precision, recall, f);
}

std::string row(const char* name, const PrecisionRecall& score) {
  return row(name, score.precision, score.recall, score.f());
}

std::string row(const char* name, double share) {
  return fmt::format("  {:<20} {:>9} {:>9} {:>9.3f}\n", name, "", "", share);
}

std::string heading(const std::string& name) {
  return fmt::format("{:<22} {:>9} {:>9} {:>9}\n", name, "precision", "recall", "F");
}

std::string table_of(const ShotEvaluation& shots) {
  const auto line = [](const char* name, const CutScores& s) {
    return row(name, s.precision(), s.recall(), s.f());
  };
  const FrameNumber tolerance = shots.cuts.tolerance_frames;
  return heading(fmt::format("Shots, {} frame{}", tolerance, tolerance == 1 ? "" : "s")) +
         line("hard cuts", shots.cuts) + line("all boundaries", shots.all);
}

std::string table_of(const TrackScores& s) {
  return "Tracks\n" + row("HOTA", s.hota) + row("DetA", s.det_a) + row("AssA", s.ass_a) +
         row("IDF1", s.id_precision, s.id_recall, s.idf1) + row("MOTA", s.mota) +
         fmt::format("  {:<20} {:>29}\n", "identity switches", s.identity_switches);
}

std::string table_of(const std::string& weighting, const std::optional<PeopleScores>& s) {
  if (!s) return fmt::format("People, by {}: nothing that is labelled was found.\n", weighting);
  return heading("People, by " + weighting) + row("B-cubed", s->bcubed) +
         row("pairwise", s->pairwise) + row("character", s->character) + row("purity", s->purity) +
         row("NMI", s->nmi) + row("adjusted Rand", s->adjusted_rand) +
         fmt::format("  {:<20} {:>29}\n", "people, clusters",
                     fmt::format("{}, {}", s->people, s->clusters));
}

std::string table_of(const PeopleEvaluation& people, const EvalArguments& arguments) {
  std::string text;
  if (arguments.shows("frames")) {
    text += table_of("frames", people.by_frames);
    if (people.bcubed_with_missed) text += row("B-cubed with missed", *people.bcubed_with_missed);
  }
  if (arguments.shows("tracks")) text += table_of("tracks", people.by_tracks);
  text += "Cast\n";
  if (people.heads > 0)
    text += fmt::format("  {} of {} labelled heads found, recall {:.3f}\n", people.heads_found,
                        people.heads, people.head_recall());
  return text + fmt::format(
                    "  {} people in the truth, {} in the cast\n"
                    "  {} clicks to a correct cast of what was found\n",
                    people.people, people.cast, people.clicks);
}

std::string text_of(const Evaluation& evaluation, const EvalArguments& arguments) {
  std::string text;
  if (evaluation.shots) text += table_of(*evaluation.shots);
  if (evaluation.tracks) text += table_of(*evaluation.tracks);
  if (evaluation.people) text += table_of(*evaluation.people, arguments);
  return text;
}

void show_evaluation(const EvalArguments& arguments) {
  if (arguments.truth.empty() && arguments.shots.empty() && arguments.tracks.empty())
    throw usage_failure("There is nothing to compare with: give --truth, --shots or --tracks.");
  const Evaluation evaluation = evaluate(with_truths(arguments));
  write_result(
      "", arguments.json ? json_text_of(evaluation, arguments) : text_of(evaluation, arguments));
}

}  // namespace

void add_eval_command(CLI::App& app) {
  auto arguments = std::make_shared<EvalArguments>();
  CLI::App* command = app.add_subcommand("eval", "How much is right, beside a truth.");
  command
      ->add_option("project", arguments->project,
                   "The project's folder; for --shots alone also a list of shots")
      ->required();
  command->add_option("--truth", arguments->truth,
                      "Who is who: a dramatis/1 JSON, a CSV with frame,x,y,width,height,person or "
                      "with track,person, or MOTChallenge boxes (docs/eval.md)");
  command->add_option("--shots", arguments->shots,
                      "Where shots begin: what 'dramatis shots' writes, or one frame a line");
  command->add_option("--tracks", arguments->tracks,
                      "Heads with identities: MOTChallenge boxes or a dramatis/1 JSON");
  command
      ->add_option("--tolerance", arguments->tolerance,
                   "How many frames beside the truth a cut may lie (1)")
      ->check(at_least_zero());
  command
      ->add_option("--by", arguments->by, "People weighted by frames or by tracks; both without it")
      ->check(CLI::IsMember({"frames", "tracks"}));
  command->add_flag("--json", arguments->json, "For programs");
  command->footer(
      "Examples:\n"
      "  dramatis eval film.mp4.dramatis --truth who.csv\n"
      "  dramatis eval film.mp4.dramatis --tracks gt.txt --json\n"
      "  dramatis eval found.csv --shots cuts.txt --tolerance 2");
  command->callback([arguments] { show_evaluation(*arguments); });
}

}  // namespace dramatis
