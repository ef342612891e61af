// Tracks in the invented world: what each part of the tracker is worth, and how fast it is. The
// same worlds can be written as MOTChallenge files for other trackers (see compare_trackers.py).
//
//   tracks_bench table [WORLD]      every world whose name holds WORLD, each part switched off
//   tracks_bench defaults [WORLD]   with default options alone
//   tracks_bench each WORLD         seed by seed
//   tracks_bench write FOLDER       WORLD-SEED/{det,gt,dramatis}.txt, embeddings.f32
//   tracks_bench score GT RESULT    one line of scores of two MOTChallenge files
//   tracks_bench figure7            two heads that meet, one covered for a while: who goes on as
//   whom tracks_bench speed              frames a second with ten heads
//
// Seeds 1 to 20, on which options are chosen; after --seeds FIRST LAST others. Figures that are
// told are of seeds 101 to 120.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "synthetic/scripted.h"
#include "synthetic/world.h"
#include "tracks/mot_file.h"
#include "tracks/track_scores.h"
#include "tracks/tracker.h"

using namespace dramatis;

namespace {

struct Seeds {
  unsigned first = 1, last = 20;
  unsigned count() const { return last - first + 1; }
};

struct NamedWorld {
  std::string name;
  WorldOptions options;
};

WorldOptions crossings() {
  return {.people = 10,
          .frames_a_shot = 300,
          .movement = Movement::crossing,
          .frames_a_look = 1,
          .missed = 0.2,
          .false_heads = 0.1};
}

WorldOptions with_boxes_alone(WorldOptions options) {
  options.faces = options.embeddings = options.colours = false;
  return options;
}

WorldOptions with(WorldOptions options, const std::function<void(WorldOptions&)>& change) {
  change(options);
  return options;
}

std::vector<NamedWorld> worlds() {
  const auto wandering = [](WorldOptions& o) { o.movement = Movement::wandering; };
  const auto passing = [](WorldOptions& o) { o.movement = Movement::passing; };
  const auto third = [](WorldOptions& o) { o.frames_a_look = 3, o.looks_a_body_look = 3; };
  const auto panning = [](WorldOptions& o) { o.camera_pan_px = 600; };
  return {
      {"crossing-boxes", with_boxes_alone(crossings())},
      {"crossing", crossings()},
      {"crossing-third", with(crossings(), third)},
      {"wandering-boxes", with_boxes_alone(with(crossings(), wandering))},
      {"wandering", with(crossings(), wandering)},
      {"wandering-third", with(with(crossings(), wandering), third)},
      {"passing-boxes", with_boxes_alone(with(crossings(), passing))},
      {"passing", with(crossings(), passing)},
      {"panning-boxes", with_boxes_alone(with(with(crossings(), wandering), panning))},
  };
}

struct NamedOptions {
  std::string name;
  TrackingOptions options;
};

std::vector<NamedOptions> variants() {
  std::vector<NamedOptions> all{{"default", {}}};
  const auto without = [&](const std::string& name, auto change) {
    TrackingOptions options;
    change(options);
    all.push_back({"no " + name, options});
  };
  without("appearance", [](TrackingOptions& o) { o.use_appearance = false; });
  without("cascade", [](TrackingOptions& o) { o.matching_cascade = false; });
  without("second round", [](TrackingOptions& o) { o.second_round = false; });
  without("held camera", [](TrackingOptions& o) { o.hold_camera = false; });
  without("learned motion", [](TrackingOptions& o) { o.learn_motion = false; });
  without("backward pass", [](TrackingOptions& o) { o.backward_passes = 0; });
  without("joining", [](TrackingOptions& o) { o.join_fragments = false; });
  without("settled crossings", [](TrackingOptions& o) { o.settle_crossings = false; });
  without("splitting by faces", [](TrackingOptions& o) { o.split_by_faces = false; });
  return all;
}

std::vector<MotBox> truth_of(const WorldShot& shot) {
  std::vector<MotBox> boxes;
  for (std::size_t i = 0; i < shot.truth.size(); ++i)
    for (const TruthPoint& p : shot.truth[i].points)
      boxes.push_back({p.frame, static_cast<int>(i) + 1, p.box, 1});
  return boxes;
}

std::vector<MotBox> detections_of(const WorldShot& shot) {
  std::vector<MotBox> boxes;
  for (const Look& look : shot.looks)
    for (const Head& head : look.heads) boxes.push_back({look.frame, -1, head.box, head.score});
  return boxes;
}

/// A row of float32 for each detection, zeros where there is no embedding.
void write_embeddings(const std::filesystem::path& file, const WorldShot& shot,
                      std::size_t length) {
  std::ofstream out(file, std::ios::binary);
  for (const Look& look : shot.looks)
    for (const Head& head : look.heads) {
      Embedding row = head.embedding;
      row.resize(length, 0.0f);
      out.write(reinterpret_cast<const char*>(row.data()),
                static_cast<std::streamsize>(length * sizeof(float)));
    }
}

std::string line_of(const TrackScores& s) {
  return fmt::format("IDF1 {:.4f}  HOTA {:.4f}  DetA {:.4f}  AssA {:.4f}  MOTA {:.4f}  switches {}",
                     s.idf1, s.hota, s.det_a, s.ass_a, s.mota, s.identity_switches);
}

TrackScores scores_of(WorldOptions options, unsigned seed, const TrackingOptions& tracking) {
  options.seed = seed;
  const World world = make_world(options);
  const WorldShot& shot = world.shots.front();
  const auto tracks = track_shot(looks_of(world, shot), tracking);
  return score_tracks(truth_of(shot), mot_from_tracks(tracks));
}

/// Means over the seeds, with the worst IDF1; switches added up.
std::string summary(const WorldOptions& world, const Seeds& seeds,
                    const TrackingOptions& tracking) {
  TrackScores mean;
  double worst = 1;
  const double share = 1.0 / seeds.count();
  for (unsigned seed = seeds.first; seed <= seeds.last; ++seed) {
    const TrackScores s = scores_of(world, seed, tracking);
    worst = std::min(worst, s.idf1);
    mean.idf1 += s.idf1 * share, mean.hota += s.hota * share, mean.det_a += s.det_a * share;
    mean.ass_a += s.ass_a * share, mean.mota += s.mota * share;
    mean.identity_switches += s.identity_switches;
  }
  return fmt::format("{}  worst IDF1 {:.4f}", line_of(mean), worst);
}

std::vector<NamedWorld> worlds_named(const std::string& part) {
  auto all = worlds();
  std::erase_if(all, [&](const NamedWorld& w) { return w.name.find(part) == std::string::npos; });
  return all;
}

int table(const std::string& only, const Seeds& seeds, const std::vector<NamedOptions>& rows) {
  for (const NamedWorld& world : worlds_named(only))
    for (const NamedOptions& row : rows)
      fmt::print("{:<18}{:<24}{}\n", world.name, row.name,
                 summary(world.options, seeds, row.options));
  return 0;
}

int each(const std::string& only, const Seeds& seeds) {
  for (const NamedWorld& world : worlds_named(only))
    for (unsigned seed = seeds.first; seed <= seeds.last; ++seed)
      fmt::print("{:<18}{:<6}{}\n", world.name, seed, line_of(scores_of(world.options, seed, {})));
  return 0;
}

int write(const std::filesystem::path& folder, const Seeds& seeds) {
  for (const NamedWorld& named : worlds())
    for (unsigned seed = seeds.first; seed <= seeds.last; ++seed) {
      WorldOptions options = named.options;
      options.seed = seed;
      const World world = make_world(options);
      const WorldShot& shot = world.shots.front();
      const auto place = folder / fmt::format("{}-{:02}", named.name, seed);
      std::filesystem::create_directories(place);
      write_mot_file(place / "gt.txt", truth_of(shot));
      write_mot_file(place / "det.txt", detections_of(shot));
      write_embeddings(place / "embeddings.f32", shot, world.identities.front().size());
      write_mot_file(place / "dramatis.txt",
                     mot_from_tracks(track_shot(looks_of(world, shot), {})));
    }
  return 0;
}

int score(const std::string& truth, const std::string& result) {
  fmt::print("{}\n", line_of(score_tracks(read_mot_file(truth), read_mot_file(result))));
  return 0;
}

// Figure 7 of Ducros et al. (2023): two heads come together, the one in front covers the other, and
// they pass one another or turn round. A look every third frame; in the `covered` frames about the
// middle only the one in front is found.
constexpr FrameNumber meeting_frames = 180;

Point on_the_way(int person, FrameNumber frame, bool turns_round) {
  const float t = static_cast<float>(frame) / meeting_frames;
  const float away = turns_round ? std::abs(2 * t - 1) : 1 - 2 * t;
  return {640 + (person == 0 ? -320 : 320) * away, 360};
}

ScriptedPerson who_meets(int person, bool turns_round, FrameNumber covered) {
  return {.centre = [=](FrameNumber f) -> std::optional<Point> {
    if (person == 1 && 2 * std::abs(f - meeting_frames / 2) < covered) return std::nullopt;
    return on_the_way(person, f, turns_round);
  }};
}

std::vector<MotBox> truth_of_meeting(bool turns_round) {
  std::vector<MotBox> truth;
  for (FrameNumber f = 0; f < meeting_frames; ++f)
    for (const int person : {0, 1}) {
      const Point centre = on_the_way(person, f, turns_round);
      const float h = ScriptedPerson{}.head_height_px, w = 0.78f * h;
      truth.push_back({f, person + 1, {centre.x - w / 2, centre.y - h / 2, w, h}, 1});
    }
  return truth;
}

int figure7() {
  for (const bool turns_round : {false, true})
    for (const bool faces : {false, true})
      for (const FrameNumber covered : {12, 24, 36}) {
        const ScriptedShot scene(
            {who_meets(0, turns_round, covered), who_meets(1, turns_round, covered)},
            meeting_frames, 3, faces);
        const auto tracks = track_shot(scene.shot, {});
        const TrackScores s = score_tracks(truth_of_meeting(turns_round), mot_from_tracks(tracks));
        fmt::print("{:<12}{:<7}covered for {} frames: {} tracks, IDF1 {:.3f}, switches {}\n",
                   turns_round ? "turn round" : "pass", faces ? "faces" : "boxes", covered,
                   tracks.size(), s.idf1, s.identity_switches);
      }
  return 0;
}

int speed() {
  WorldOptions options = crossings();
  options.frames_a_shot = 2000;
  for (const bool boxes_alone : {true, false}) {
    const World world = make_world(boxes_alone ? with_boxes_alone(options) : options);
    const std::clock_t start = std::clock();  // of this process, whatever else the machine does
    const auto tracks = track_shot(looks_of(world, world.shots.front()), {});
    const double taken_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    fmt::print("{}: {:.0f} frames a second, every one looked at, ten heads in each, {} tracks\n",
               boxes_alone ? "boxes alone" : "with faces and colours",
               static_cast<double>(options.frames_a_shot) / taken_s, tracks.size());
  }
  return 0;
}

/// Takes "--seeds FIRST LAST" out of the words.
Seeds seeds_in(std::vector<std::string>& words) {
  Seeds seeds;
  const auto at = std::ranges::find(words, "--seeds");
  if (words.end() - at < 3) return seeds;
  seeds = {static_cast<unsigned>(std::stoul(at[1])), static_cast<unsigned>(std::stoul(at[2]))};
  words.erase(at, at + 3);
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const Seeds seeds = seeds_in(words);
  const std::string command = words.empty() ? "" : words[0];
  const std::string world = words.size() > 1 ? words[1] : "";
  if (command == "table") return table(world, seeds, variants());
  if (command == "defaults") return table(world, seeds, {{"default", {}}});
  if (command == "each") return each(world, seeds);
  if (command == "write" && words.size() == 2) return write(words[1], seeds);
  if (command == "score" && words.size() == 3) return score(words[1], words[2]);
  if (command == "figure7") return figure7();
  if (command == "speed") return speed();
  fmt::print(
      stderr,
      "tracks_bench table|defaults|each [WORLD] | write FOLDER | score GT RESULT | figure7 | "
      "speed, "
      "with --seeds FIRST LAST\n");
  return 2;
}
