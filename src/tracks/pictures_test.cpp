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
    const double change = alive > 0 ? 0.08 : 0.003;  // of 64 numbers or more
    for (float& x : head.embedding) x += static_cast<float>(chance.normal(change));
    looks.push_back({.frame = f, .heads = {head}});
  }
  return looks;
}

/// Frames are a twenty-fifth of a second.
ShotLooks shot_of(const std::vector<Look>& looks) {
  const FrameRange range{0, looks.back().frame + 1};
  return {range, range, 25, 1280, 720, looks, {}};
}

/// The head at this place of every look.
Fragment fragment_at(const std::vector<Look>& looks, int place) {
  Fragment fragment;
  for (int look = 0; look < static_cast<int>(looks.size()); ++look)
    fragment.push_back({look, place});
  return fragment;
}

Stirring stirring_in(const std::vector<Look>& looks) {
  const ShotLooks shot = shot_of(looks);
  return stirring_of(SteadyShot(shot), fragment_at(looks, 0));
}

/// Both in one shot, the second to the right of the first.
std::vector<Look> beside(std::vector<Look> looks, const std::vector<Look>& others,
                         std::size_t others_looks = 1000) {
  for (std::size_t i = 0; i < std::min({looks.size(), others.size(), others_looks}); ++i) {
    Head other = others[i].heads.front();
    other.box.x += 400;
    Landmarks& l = other.face->landmarks;
    for (Point* p :
         {&l.left_eye, &l.right_eye, &l.nose, &l.left_mouth_corner, &l.right_mouth_corner})
      p->x += 400;
    looks[i].heads.push_back(other);
  }
  return looks;
}

int pictures_in(const std::vector<Look>& looks, double stir = 1) {
  ShotLooks shot = shot_of(looks);
  shot.stir = stir;
  int pictures = 0;
  for (const Track& track : track_shot(shot, {})) pictures += track.is_picture;
  return pictures;
}

TEST(Pictures, AreStill) { EXPECT_EQ(stirring_in(hung_face(100, 0, 0, 0)), Stirring::still); }

TEST(Pictures, MayBeZoomedInto) {
  EXPECT_EQ(stirring_in(hung_face(100, 0.05, 0, 0)), Stirring::still);
}

TEST(Pictures, MustBeWatchedForAWhile) {
  EXPECT_EQ(stirring_in(hung_face(30, 0, 0, 0)), Stirring::unsure);
}

TEST(Pictures, DoNotSpeak) { EXPECT_EQ(stirring_in(hung_face(100, 0, 8, 0.1)), Stirring::living); }

TEST(Pictures, MustBeSeenToLive) {
  EXPECT_EQ(stirring_in(hung_face(100, 0, 0, 0.1)), Stirring::unsure);
  EXPECT_EQ(stirring_in(hung_face(30, 0, 8, 0.1)), Stirring::unsure);
}

TEST(Pictures, DoNotSway) { EXPECT_EQ(stirring_in(hung_face(100, 0, 8, 0)), Stirring::unsure); }

TEST(Pictures, AreMarkedInTheirTracksAndPeopleAreNot) {
  const World world = make_world(
      {.people = 3, .frames_a_shot = 150, .movement = Movement::sitting, .head_turns = 0.2});
  for (const Track& t : track_shot(looks_of(world, world.shots.front()), {}))
    EXPECT_FALSE(t.is_picture);
  const auto looks = beside(hung_face(100, 0, 0, 0), hung_face(100, 0, 8, 0.1));
  const ShotLooks shot = shot_of(looks);
  const auto tracks = track_shot(shot, {});
  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_TRUE(tracks[0].is_picture);
  EXPECT_FALSE(tracks[1].is_picture);
  EXPECT_FALSE(track_shot(shot, {.mark_pictures = false})[0].is_picture);
}

TEST(Pictures, ThatFillTheShotAreThePeopleOfTheFilm) {
  const auto looks = beside(hung_face(100, 0.05, 0, 0), hung_face(100, 0.05, 8, 0.1));
  EXPECT_EQ(pictures_in(looks, 0.0005), 0);
  EXPECT_EQ(pictures_in(looks, 0.01), 1);
}

TEST(Pictures, ThatHangOrMoveWhereNobodyLivesAreThePeopleOfTheFilm) {
  EXPECT_EQ(pictures_in(hung_face(100, 0, 0, 0)), 0);
  EXPECT_EQ(pictures_in(beside(hung_face(100, 0, 0, 0), hung_face(100, 0.05, 0, 0))), 0);
  EXPECT_EQ(pictures_in(beside(hung_face(100, 0, 0, 0), hung_face(100, 0, 8, 0))), 0);
}

TEST(Pictures, NeedSomebodyLivingForHalfOfTheirTime) {
  const auto living = hung_face(300, 0, 8, 0.1);
  EXPECT_EQ(pictures_in(beside(hung_face(300, 0, 0, 0), living, 30)), 0);
  EXPECT_EQ(pictures_in(beside(hung_face(300, 0, 0, 0), living, 70)), 1);
}

TEST(Pictures, SomebodyWithoutAFaceLives) {
  auto back = hung_face(100, 0, 0, 0);
  for (Look& look : back) look.heads.front().embedding.clear();
  EXPECT_EQ(stirring_in(back), Stirring::unsure);
  for (Look& look : back) look.heads.front().face.reset();
  EXPECT_EQ(stirring_in(back), Stirring::living);
  EXPECT_EQ(pictures_in(beside(back, hung_face(100, 0, 0, 0))), 1);
}

TEST(Pictures, AreKnownAgainInOtherShots) {
  const auto first_track = [](const std::vector<Look>& looks) {
    return track_shot(shot_of(looks), {}).at(0);
  };
  const Track picture = first_track(hung_face(100, 0, 0, 0));
  EXPECT_TRUE(is_same_photograph(first_track(hung_face(30, 0.05, 8, 0)), picture));
  auto themselves = hung_face(100, 0, 0, 0);
  Chance chance(5);
  for (Look& look : themselves)
    for (float& x : look.heads.front().embedding) x += static_cast<float>(chance.normal(0.02));
  EXPECT_FALSE(is_same_photograph(first_track(themselves), picture));
}

}  // namespace
}  // namespace dramatis
