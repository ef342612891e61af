#include "tracks/track_scores.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace dramatis {
namespace {

/// Four people for forty frames, tracked with everything that can go wrong: boxes that are off, a
/// gap, an exchange of two, a track cut in two, false boxes, somebody never found.
struct Case {
  std::vector<MotBox> truth, tracked;
};

Case awkward_case() {
  Case c;
  for (int f = 0; f < 40; ++f)
    for (int id = 1; id <= 4; ++id) {
      if (id == 2 && f % 13 == 12) continue;
      const Box box{40.0f * id + 2.5f * f, 30.0f + 10.0f * id, 50, 60};
      c.truth.push_back({f, id, box, 1});
      if (id == 4 || (id == 1 && f >= 18 && f < 23)) continue;
      const auto off = static_cast<float>((f * 7 + id * 3) % 11);
      const Box found{box.x + off, box.y - off / 2, box.width + off, box.height};
      int track = id + 10;
      if (id <= 2 && f >= 25) track = 13 - id;  // 1 and 2 exchanged
      if (id == 3 && f >= 20) track = 20;       // cut in two
      c.tracked.push_back({f, track, found, 0.5f});
      if (f % 6 == 0 && id == 1) c.tracked.push_back({f, 30, {500, 400, 50, 60}, 0.5f});
    }
  return c;
}

// Measured with trackeval 1.3.0 on this case, written and read as files (bench/tracks).
TEST(TrackScores, AreThoseOfTrackEval) {
  const Case c = awkward_case();
  const TrackScores s = score_tracks(c.truth, c.tracked);
  EXPECT_NEAR(s.hota, 0.3633029987, 1e-6);
  EXPECT_NEAR(s.det_a, 0.4703192838, 1e-6);
  EXPECT_NEAR(s.ass_a, 0.2807349303, 1e-6);
  EXPECT_NEAR(s.loc_a, 0.7936096042, 1e-6);
  EXPECT_NEAR(s.mota, 0.6560509554, 1e-6);
  EXPECT_NEAR(s.idf1, 0.4654545455, 1e-6);
  EXPECT_EQ(s.identity_switches, 3);
}

TEST(TrackScores, OfThemselvesAreOne) {
  const Case c = awkward_case();
  const TrackScores s = score_tracks(c.truth, c.truth);
  EXPECT_DOUBLE_EQ(s.hota, 1);
  EXPECT_DOUBLE_EQ(s.mota, 1);
  EXPECT_DOUBLE_EQ(s.idf1, 1);
  EXPECT_EQ(s.identity_switches, 0);
}

TEST(TrackScores, OfNothingAreNought) {
  const Case c = awkward_case();
  EXPECT_DOUBLE_EQ(score_tracks(c.truth, {}).idf1, 0);
  EXPECT_DOUBLE_EQ(score_tracks({}, c.tracked).hota, 0);
  EXPECT_EQ(score_tracks({}, {}).identity_switches, 0);
}

TEST(TrackScores, LeaveOutTruthThatDoesNotCount) {
  Case c = awkward_case();
  for (MotBox& b : c.truth)
    if (b.id == 4) b.confidence = 0;
  EXPECT_GT(score_tracks(c.truth, c.tracked).id_recall,
            score_tracks(awkward_case().truth, c.tracked).id_recall);
}

}  // namespace
}  // namespace dramatis
