#include "tracks/crossings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "synthetic/scripted.h"
#include "tracks/tracker.h"

namespace dramatis {
namespace {

constexpr FrameNumber frames = 180;

/// The paper's figure 7: two heads come together, one covers the other, and each goes its way. Here
/// they turn round (or pass), and for half a second only the one in front can be seen.
ScriptedPerson walker(float side, bool turns_round, bool is_behind) {
  return {.centre = [=](FrameNumber f) -> std::optional<Point> {
    const float t = static_cast<float>(f) / frames;  // they meet at one half
    const float away = turns_round ? std::abs(2 * t - 1) : 1 - 2 * t;
    if (is_behind && std::abs(2 * t - 1) < 0.08f) return std::nullopt;
    return Point{640 + side * 320 * away, 360};
  }};
}

/// For each track, whose heads are in it: by the nearest head in the frames where it was seen.
std::vector<std::set<int>> people_in(const std::vector<Track>& tracks, const ScriptedShot& scene) {
  std::vector<std::set<int>> people;
  for (const Track& track : tracks) {
    std::set<int>& in_it = people.emplace_back();
    std::map<int, int> votes;
    for (const TrackPoint& p : track.points) {
      if (!p.seen) continue;
      for (std::size_t l = 0; l < scene.looks.size(); ++l) {
        if (scene.looks[l].frame != p.frame) continue;
        for (std::size_t h = 0; h < scene.looks[l].heads.size(); ++h)
          if (scene.looks[l].heads.size() == 2 &&
              distance(scene.looks[l].heads[h].box.centre(), p.box.centre()) < 20)
            ++votes[scene.person_of_head[l][h]];
      }
    }
    for (const auto& [person, count] : votes)
      if (count > 4) in_it.insert(person);
  }
  return people;
}

std::vector<std::set<int>> tracked(bool turns_round, bool faces, TrackingOptions options = {}) {
  const ScriptedShot scene({walker(-1, turns_round, false), walker(1, turns_round, true)}, frames,
                           3, faces);
  return people_in(track_shot(scene.shot, options), scene);
}

TEST(Crossings, Figure7IsSolvedByFaces) {
  for (const bool turns_round : {false, true}) {
    const auto people = tracked(turns_round, true);
    ASSERT_EQ(people.size(), 2u) << "turning round: " << turns_round;
    for (const auto& in_track : people) EXPECT_EQ(in_track.size(), 1u);
  }
}

TEST(Crossings, Figure7NeedsThem) {
  TrackingOptions blind;
  blind.use_appearance = blind.split_by_faces = false;
  blind.crossing_log_odds = 0;
  int mixed = 0;
  for (const auto& in_track : tracked(true, true, blind)) mixed += in_track.size() > 1;
  EXPECT_GT(mixed, 0);  // by motion alone, those who turn round seem to have passed
}

TEST(Crossings, PassingHeadsKeepTheirTracksByMotionAlone) {
  const auto people = tracked(false, false);
  ASSERT_EQ(people.size(), 2u);
  for (const auto& in_track : people) EXPECT_EQ(in_track.size(), 1u);
}

/// Two stand behind one another for so long that nothing tells who leaves to which side.
TEST(Crossings, WhatCannotBeKnownEndsTheTracks) {
  const auto stander = [](float side, bool is_behind) {
    return ScriptedPerson{.centre = [=](FrameNumber f) -> std::optional<Point> {
      const float t = std::abs(static_cast<float>(f) - 90);
      if (is_behind && t < 36) return std::nullopt;
      return Point{640 + side * std::max(8.0f, 4 * (t - 36)), 360};
    }};
  };
  const ScriptedShot scene({stander(-1, false), stander(1, true)}, frames, 3, false);
  TrackingOptions careful;
  careful.crossing_log_odds = 4;
  for (const auto& in_track : people_in(track_shot(scene.shot, careful), scene))
    EXPECT_EQ(in_track.size(), 1u);
}

TEST(Crossings, ExchangeTailsThatFitCrosswise) {
  const ScriptedShot scene({walker(-1, false, false), walker(1, false, false)}, frames, 3, false);
  const SteadyShot shot(scene.shot);
  std::vector<Fragment> mixed(2);  // as if both had turned round
  for (int look = 0; look < shot.looks(); ++look)
    for (int head = 0; head < 2; ++head)
      mixed[2 * look < shot.looks() ? head : 1 - head].push_back({look, head});
  for (const Fragment& f : settle_crossings(shot, mixed, {})) {
    EXPECT_EQ(f.front().head, f.back().head);
  }
}

TEST(Crossings, LeaveThoseWhoNeverMeetAlone) {
  const auto standing = [](float x) {
    return ScriptedPerson{.centre = [=](FrameNumber) { return Point{x, 300}; }};
  };
  const ScriptedShot scene({standing(300), standing(600)}, 60, 3, true);
  const SteadyShot shot(scene.shot);
  std::vector<Fragment> fragments(2);
  for (int look = 0; look < shot.looks(); ++look)
    for (int head = 0; head < 2; ++head) fragments[head].push_back({look, head});
  EXPECT_EQ(settle_crossings(shot, fragments, {}), fragments);
  EXPECT_EQ(cut_unsettled_crossings(shot, fragments, {}), fragments);
}

/// One of three who meet in the middle of the picture, each from another side, and walk on.
ScriptedPerson passer(double angle) {
  return {.centre = [=](FrameNumber f) -> std::optional<Point> {
    if (f > 80 && f < 100) return std::nullopt;
    const double away = 5.0 * static_cast<double>(f - 90);
    return Point{static_cast<float>(640 + away * std::cos(angle)),
                 static_cast<float>(360 + away * std::sin(angle))};
  }};
}

TEST(Crossings, ThreeMayGoRound) {
  const ScriptedShot scene({passer(0), passer(2.1), passer(4.2)}, frames, 2, false);
  std::vector<Fragment> mixed(3);  // each goes on as the next after the meeting
  for (int look = 0; look < static_cast<int>(scene.looks.size()); ++look)
    for (int head = 0; head < static_cast<int>(scene.person_of_head[look].size()); ++head) {
      const int person = scene.person_of_head[look][head];
      mixed[scene.looks[look].frame < 90 ? person : (person + 1) % 3].push_back({look, head});
    }
  for (const Fragment& f : settle_crossings(SteadyShot(scene.shot), mixed, {}))
    EXPECT_EQ(scene.person_of_head[f.front().look][f.front().head],
              scene.person_of_head[f.back().look][f.back().head]);
}

}  // namespace
}  // namespace dramatis
