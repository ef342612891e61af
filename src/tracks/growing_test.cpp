#include "tracks/growing.h"

#include <gtest/gtest.h>

#include "tracks/tracker.h"

namespace dramatis {
namespace {

constexpr FrameNumber kFrames = 100, kFramesALook = 4;

/// One head that drifts to the right; detectors find it in the frames `found`, elsewhere in
/// `followed` it was followed in the picture.
struct ShotOfOne {
  std::vector<Look> looks;
  ShotLooks shot;

  ShotOfOne(const FrameRange& found, const FrameRange& followed) {
    for (FrameNumber f = 0; f < kFrames; f += kFramesALook) {
      Look look{.frame = f, .sought_faces = true, .sought_bodies = true, .heads = {}};
      const Box box{300.0f + static_cast<float>(f), 200, 60, 80};
      if (found.contains(f))
        look.heads.push_back({.box = box, .score = 0.9f});
      else if (followed.contains(f))
        look.heads.push_back({.box = box, .score = 0.25f, .source = HeadSource::followed});
      looks.push_back(std::move(look));
    }
    shot = {{0, kFrames}, {0, kFrames}, 25, 1280, 720, looks, {}};
  }
  ShotOfOne(const ShotOfOne&) = delete;
  ShotOfOne& operator=(const ShotOfOne&) = delete;
};

TEST(FollowedHeads, CarryATrackOnBeforeAndAfterItsDetections) {
  const ShotOfOne one({40, 60}, {0, kFrames});
  const auto tracks = track_shot(one.shot, {});
  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_EQ(tracks[0].range, one.shot.range);
  for (const TrackPoint& point : tracks[0].points) {
    EXPECT_EQ(point.seen, point.frame % kFramesALook == 0);
    EXPECT_NEAR(point.box.x, 300.0f + static_cast<float>(point.frame), 8) << point.frame;
  }
  EXPECT_NEAR(tracks[0].score, 0.9f, 1e-4f);  // that of the detections
}

TEST(FollowedHeads, EndATrackWhereTheyEnd) {
  const ShotOfOne one({0, 40}, {40, 60});
  const auto tracks = track_shot(one.shot, {});
  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_NEAR(static_cast<double>(tracks[0].range.end), 58, 2);
}

TEST(FollowedHeads, AreNoEvidenceThatThereIsAHead) {
  EXPECT_TRUE(track_shot(ShotOfOne({0, 0}, {0, kFrames}).shot, {}).empty());
  const ShotOfOne once({40, 41}, {0, kFrames});
  EXPECT_TRUE(track_shot(once.shot, {}).empty());
}

TEST(FollowedHeads, AreNotTakenFromATrackThatHasThem) {
  const ShotOfOne one({40, 60}, {0, kFrames});
  const SteadyShot shot(one.shot);
  const Fragment early{{2, 0}}, late{{12, 0}};
  const auto grown = grown_along_followed(shot, {early, late});
  EXPECT_EQ(grown[0].size() + grown[1].size(), 10u + 1u);  // all before frame 40, and its own
}

}  // namespace
}  // namespace dramatis
