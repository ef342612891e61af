#include "tracks/tracker.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "synthetic/world.h"
#include "tracks/mot_file.h"
#include "tracks/track_scores.h"

namespace dramatis {
namespace {

std::vector<MotBox> truth_of(const WorldShot& shot) {
  std::vector<MotBox> boxes;
  for (std::size_t i = 0; i < shot.truth.size(); ++i)
    for (const TruthPoint& p : shot.truth[i].points)
      boxes.push_back({p.frame, static_cast<int>(i) + 1, p.box, 1});
  return boxes;
}

std::vector<Track> tracked(const World& world, const TrackingOptions& options = {}) {
  return track_shot(looks_of(world, world.shots.front()), options);
}

TrackScores scores_in(const World& world, const TrackingOptions& options = {}) {
  return score_tracks(truth_of(world.shots.front()), mot_from_tracks(tracked(world, options)));
}

WorldOptions quiet_people() {
  return {.people = 4, .movement = Movement::sitting, .head_turns = 0.3};
}

TEST(Tracker, FollowsQuietPeopleFromTheFirstFrameToTheLast) {
  const World world = make_world(quiet_people());
  const auto tracks = tracked(world);
  ASSERT_EQ(tracks.size(), 4u);
  for (const Track& t : tracks) EXPECT_EQ(t.range, world.shots.front().range);
  EXPECT_GT(scores_in(world).idf1, 0.999);
}

TEST(Tracker, HasABoxForEveryFrameAndKnowsWhichWereSeen) {
  const World world = make_world(quiet_people());
  for (const Track& t : tracked(world)) {
    ASSERT_EQ(static_cast<FrameNumber>(t.points.size()), t.range.size());
    for (const TrackPoint& p : t.points) {
      EXPECT_EQ(p.frame, t.range.start + (&p - t.points.data()));
      EXPECT_EQ(p.seen, p.frame % world.options.frames_a_look == 0);
    }
  }
}

TEST(Tracker, GivesEveryUsableFaceToItsTrack) {
  const World world = make_world(quiet_people());
  const auto tracks = tracked(world);
  for (const Track& t : tracks) {
    EXPECT_EQ(t.faces.size(), world.shots.front().looks.size());
    for (const FaceSighting& f : t.faces) EXPECT_EQ(f.embedding.size(), 192u);
    EXPECT_FALSE(t.colours.empty());
  }
}

TEST(Tracker, BridgesMissesAndLeavesFalseHeadsOut) {
  WorldOptions options = quiet_people();
  options.missed = 0.2;
  options.false_heads = 0.1;
  const World world = make_world(options);
  EXPECT_EQ(tracked(world).size(), 4u);
  EXPECT_GT(scores_in(world).idf1, 0.98);
}

TEST(Tracker, NeedsNoFacesAndNoColours) {
  WorldOptions options = quiet_people();
  options.faces = options.embeddings = options.colours = false;
  EXPECT_GT(scores_in(make_world(options)).idf1, 0.999);
}

TEST(Tracker, TakesTheMotionOfTheCameraOut) {
  WorldOptions options = quiet_people();
  options.embeddings = options.colours = false;
  options.camera_pan_px = 800;
  const World world = make_world(options);
  EXPECT_GT(scores_in(world).idf1, 0.97);
  EXPECT_LT(scores_in(world, {.hold_camera = false}).idf1, scores_in(world).idf1);
}

TEST(Tracker, DoesNotMissHeadsThatWereNotSought) {
  WorldOptions options = quiet_people();
  options.head_turns = 1.6;  // away from us for half of the time
  options.looks_a_body_look = 4;
  const World world = make_world(options);
  EXPECT_EQ(tracked(world).size(), 4u);
}

TEST(Tracker, OfNothingIsNothing) {
  ShotLooks shot;
  shot.range = {10, 20};
  EXPECT_TRUE(track_shot(shot, {}).empty());
}

TEST(Tracker, TracksAShotOfOneFrame) {
  const Look look{.frame = 7, .heads = {{.box = {10, 10, 40, 50}, .score = 0.9f}}};
  ShotLooks shot;
  shot.range = shot.clean_range = {7, 8};
  shot.looks = {&look, 1};
  const auto tracks = track_shot(shot, {});
  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_EQ(tracks[0].range, shot.range);
}

TEST(Tracker, RefusesLooksOutsideOfTheShot) {
  const Look look{.frame = 7};
  ShotLooks shot;
  shot.range = {8, 20};
  shot.looks = {&look, 1};
  EXPECT_THROW(track_shot(shot, {}), std::invalid_argument);
}

TEST(Tracker, RefusesOptionsOutOfBounds) {
  EXPECT_THROW(validate({.low_score = 0.9}), std::invalid_argument);
  EXPECT_THROW(validate({.min_overlap = 0}), std::invalid_argument);
  EXPECT_THROW(validate({.min_track_frames = 0}), std::invalid_argument);
  EXPECT_NO_THROW(validate({}));
}

TEST(Tracker, SaysTheSameTwice) {
  const World world = make_world({.people = 6, .missed = 0.2, .false_heads = 0.2});
  const auto a = mot_from_tracks(tracked(world)), b = mot_from_tracks(tracked(world));
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].box, b[i].box);
}

}  // namespace
}  // namespace dramatis
