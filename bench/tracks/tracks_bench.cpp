// Tracks in the invented world: what each part of the tracker is worth, and how fast it is. The
// same worlds can be written as MOTChallenge files for other trackers (see compare_trackers.py).
//
//   tracks_bench table            every world, default options and each part switched off
//   tracks_bench write FOLDER     WORLD-SEED/{det,gt,dramatis}.txt, embeddings.f32
//   tracks_bench score GT RESULT  one line of scores of two MOTChallenge files
//   tracks_bench speed            frames a second with ten heads

#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "synthetic/world.h"
#include "tracks/mot_file.h"
#include "tracks/track_scores.h"
#include "tracks/tracker.h"

using namespace dramatis;

namespace {

constexpr unsigned seeds = 20;

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

/// Mean over the seeds; switches added up.
TrackScores mean_scores(WorldOptions options, const TrackingOptions& tracking) {
  TrackScores mean;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    options.seed = seed;
    const World world = make_world(options);
    const WorldShot& shot = world.shots.front();
    const auto tracks = track_shot(looks_of(world, shot), tracking);
    const TrackScores s = score_tracks(truth_of(shot), mot_from_tracks(tracks));
    mean.idf1 += s.idf1 / seeds, mean.hota += s.hota / seeds, mean.det_a += s.det_a / seeds;
    mean.ass_a += s.ass_a / seeds, mean.mota += s.mota / seeds;
    mean.identity_switches += s.identity_switches;
  }
  return mean;
}

int table(const std::string& only) {
  for (const NamedWorld& world : worlds()) {
    if (!only.empty() && world.name.find(only) == std::string::npos) continue;
    for (const NamedOptions& variant : variants())
      fmt::print("{:<18}{:<24}{}\n", world.name, variant.name,
                 line_of(mean_scores(world.options, variant.options)));
  }
  return 0;
}

int defaults() {
  for (const NamedWorld& world : worlds())
    fmt::print("{:<18}{:<24}{}\n", world.name, "default", line_of(mean_scores(world.options, {})));
  return 0;
}

int write(const std::filesystem::path& folder) {
  for (const NamedWorld& named : worlds())
    for (unsigned seed = 1; seed <= seeds; ++seed) {
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

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string command = words.empty() ? "" : words[0];
  if (command == "table") return table(words.size() > 1 ? words[1] : "");
  if (command == "defaults") return defaults();
  if (command == "write" && words.size() == 2) return write(words[1]);
  if (command == "score" && words.size() == 3) return score(words[1], words[2]);
  if (command == "speed") return speed();
  fmt::print(stderr,
             "tracks_bench table [WORLD] | defaults | write FOLDER | score GT RESULT | speed\n");
  return 2;
}
