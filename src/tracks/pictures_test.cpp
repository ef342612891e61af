#include "tracks/pictures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "synthetic/scripted.h"
#include "synthetic/world.h"

namespace dramatis {
namespace {

/// Somebody whose first face is hung on a wall: turned, grown and moved as a whole, with the
/// detector's own noise. `alive` in spreads of the landmarks: how far the mouth moves.
std::vector<Look> hung_face(FrameNumber frames, double growth_a_second, double sway_px,
                            double alive) {
  const ScriptedShot scene({{.centre = [](FrameNumber) { return Point{600, 300}; }}}, 3, 3, true);
  const Head first = scene.looks.front().heads.front();
  Chance chance(3);
  std::vector<Look> looks;
  for (FrameNumber f = 0; f < frames; f += 3) {
    Head head = first;
    const double scale = 1 + growth_a_second * static_cast<double>(f) / 25;
    const double sway = sway_px * std::sin(static_cast<double>(f) / 6.0);
    const double mouth = alive * 20 * std::sin(static_cast<double>(f) / 4.0);
    const auto moved = [&](Point p, double down) {
      return Point{static_cast<float>(600 + scale * (p.x - 600) + sway + chance.normal(0.08)),
                   static_cast<float>(300 + scale * (p.y - 300) + down + chance.normal(0.08))};
    };
    Landmarks& l = head.face->landmarks;
    l = {moved(l.left_eye, 0), moved(l.right_eye, 0), moved(l.nose, 0),
         moved(l.left_mouth_corner, mouth), moved(l.right_mouth_corner, mouth)};
    for (float& x : head.embedding) x += static_cast<float>(chance.normal(0.003));
    looks.push_back({.frame = f, .heads = {head}});
  }
  return looks;
}

bool picture_in(const std::vector<Look>& looks) {
  const FrameRange range{0, looks.back().frame + 1};
  const ShotLooks shot{range, range, 25, 1280, 720, looks, {}};
  Fragment fragment;
  for (int look = 0; look < static_cast<int>(looks.size()); ++look) fragment.push_back({look, 0});
  return is_picture(SteadyShot(shot), fragment);
}

TEST(Pictures, AreStill) { EXPECT_TRUE(picture_in(hung_face(100, 0, 0, 0))); }

TEST(Pictures, MayBeZoomedInto) { EXPECT_TRUE(picture_in(hung_face(100, 0.05, 0, 0))); }

TEST(Pictures, MustBeWatchedForAWhile) { EXPECT_FALSE(picture_in(hung_face(30, 0, 0, 0))); }

TEST(Pictures, DoNotSpeak) { EXPECT_FALSE(picture_in(hung_face(100, 0, 0, 0.1))); }

TEST(Pictures, DoNotSway) { EXPECT_FALSE(picture_in(hung_face(100, 0, 8, 0))); }

TEST(Pictures, AreMarkedInTheirTracksAndPeopleAreNot) {
  const World world = make_world(
      {.people = 3, .frames_a_shot = 150, .movement = Movement::sitting, .head_turns = 0.2});
  for (const Track& t : track_shot(looks_of(world, world.shots.front()), {}))
    EXPECT_FALSE(t.is_picture);
  const auto looks = hung_face(100, 0, 0, 0);
  const ShotLooks shot{{0, 100}, {0, 100}, 25, 1280, 720, looks, {}};
  const auto tracks = track_shot(shot, {});
  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_TRUE(tracks[0].is_picture);
  EXPECT_FALSE(track_shot(shot, {.mark_pictures = false})[0].is_picture);
}

TEST(Pictures, ThatFillTheShotAreThePeopleOfTheFilm) {
  const auto looks = hung_face(100, 0.05, 0, 0);
  ShotLooks shot{{0, 100}, {0, 100}, 25, 1280, 720, looks, {}};
  shot.stir = 0.0005;
  EXPECT_FALSE(track_shot(shot, {})[0].is_picture);
  shot.stir = 0.01;
  EXPECT_TRUE(track_shot(shot, {})[0].is_picture);
}

}  // namespace
}  // namespace dramatis
