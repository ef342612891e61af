#include "tracks/track_detections.h"

#include <gtest/gtest.h>

namespace dramatis {
namespace {

/// Two heads in every frame, one on its way to the right and one standing.
std::vector<MotBox> two_heads(FrameNumber frames) {
  std::vector<MotBox> boxes;
  for (FrameNumber f = 0; f < frames; ++f) {
    boxes.push_back({f, -1, {100 + 4.0f * static_cast<float>(f), 50, 40, 50}, 0.9f});
    boxes.push_back({f, -1, {300, 300, 60, 75}, 0.8f});
  }
  return boxes;
}

TEST(TrackDetections, FollowsEachHeadThroughTheWholeFile) {
  const auto tracks = track_detections(two_heads(50), {});
  ASSERT_EQ(tracks.size(), 2u);
  for (const Track& track : tracks) EXPECT_EQ(track.range, (FrameRange{0, 50}));
}

TEST(TrackDetections, CrossesNoCut) {
  const auto tracks = track_detections(two_heads(50), {.shots = {{0, 20}, {20, 50}}});
  ASSERT_EQ(tracks.size(), 4u);
  EXPECT_EQ(tracks[0].range, (FrameRange{0, 20}));
  EXPECT_EQ(tracks[3].range, (FrameRange{20, 50}));
}

TEST(TrackDetections, LeavesOutWhatLiesInNoShot) {
  const auto tracks = track_detections(two_heads(50), {.shots = {{10, 30}}});
  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_EQ(tracks[0].range, (FrameRange{10, 30}));
}

TEST(TrackDetections, OfNothingIsNothing) { EXPECT_TRUE(track_detections({}, {}).empty()); }

}  // namespace
}  // namespace dramatis
