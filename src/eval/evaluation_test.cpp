#include "eval/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/failure.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using ::testing::ElementsAre;

/// A head of 10 by 10 pixels that stands still.
CastTrack track(int id, std::optional<int> person, FrameNumber start, int frames, float x) {
  return {id, person, start, std::vector<Box>(static_cast<std::size_t>(frames), {x, 0, 10, 10})};
}

/// In the place of scores that there are not.
const PeopleScores kNone{
    .bcubed = {-1, -1}, .pairwise = {-1, -1}, .character = {-1, -1}, .purity = -1, .nmi = -1};

std::vector<std::optional<std::size_t>> tracks_of(const std::vector<HeadMatch>& matches) {
  std::vector<std::optional<std::size_t>> tracks;
  for (const HeadMatch& match : matches) tracks.push_back(match.track);
  return tracks;
}

TEST(MatchHeads, EachLabelAndEachTrackOnce) {
  // Alone, label 0 would take track 0 (overlap 1); then label 1, which overlaps only that one
  // enough (2/3), would be left over. Overlap of label 0 with track 1: 6/14.
  const std::vector<CastTrack> tracks{track(1, 1, 0, 5, 0), track(2, 2, 0, 5, 4)};
  const std::vector<LabelledHead> labels{{2, {0, 0, 10, 10}, 0}, {2, {-2, 0, 10, 10}, 1}};
  EXPECT_THAT(tracks_of(match_heads(labels, tracks)), ElementsAre(1u, 0u));
  EXPECT_THAT(tracks_of(match_heads(labels, tracks, 0.5f)), ElementsAre(0u, std::nullopt));
}

TEST(MatchHeads, OnlyInItsFrameAndAtLeastSoNear) {
  const std::vector<CastTrack> tracks{track(1, 1, 3, 2, 0)};
  const Box here{0, 0, 10, 10};
  const std::vector<LabelledHead> labels{
      {2, here, 0}, {3, {4.2f, 0, 10, 10}, 0}, {4, {4.4f, 0, 10, 10}, 0}, {5, here, 0}};
  EXPECT_THAT(tracks_of(match_heads(labels, tracks)),
              ElementsAre(std::nullopt, 0u, std::nullopt, std::nullopt))
      << "5.8 / 14.2 is more than 0.4, 5.6 / 14.4 less, and frames end";
}

// Persons A and B. Track 1 (person 1) has four heads of A, track 2 (person 1) two of B, track 3
// (nobody) one of B and one of A; one head of A was missed.
const std::vector<CastTrack> kTracks{track(1, 1, 0, 10, 0), track(2, 1, 0, 10, 100),
                                     track(3, std::nullopt, 0, 10, 200), track(4, 9, 0, 10, 300)};

PeopleTruth heads() {
  PeopleTruth truth{.persons = {"A", "B"}, .heads = {}, .tracks = {}};
  const auto label = [&](FrameNumber frame, float x, int person) {
    truth.heads.push_back({frame, {x, 0, 10, 10}, person});
  };
  for (const FrameNumber frame : {0, 3, 4, 9}) label(frame, 0, 0);
  label(0, 100, 1), label(3, 100, 1);
  label(3, 200, 1), label(4, 200, 0);
  label(5, 400, 0);
  return truth;
}

TEST(EvaluatePeople, HeadsAndTheTracksThatHaveThem) {
  const PeopleEvaluation e = evaluate_people(heads(), kTracks);
  EXPECT_EQ(e.heads, 9);
  EXPECT_EQ(e.heads_found, 8);
  EXPECT_NEAR(e.head_recall(), 8.0 / 9, 1e-12);
  EXPECT_EQ(e.people, 2);
  EXPECT_EQ(e.cast, 2) << "person 9 is nowhere labelled, but in the cast";
  // Clusters by heads: {A A A A B B} and {B A}.
  EXPECT_EQ(e.by_frames.value_or(kNone).clusters, 2);
  EXPECT_NEAR(e.by_frames.value_or(kNone).bcubed.precision,
              (16 / 6.0 + 4 / 6.0 + 1 / 2.0 + 1 / 2.0) / 8, 1e-12);
  EXPECT_NEAR(e.by_frames.value_or(kNone).bcubed.recall,
              (16 / 5.0 + 1 / 5.0 + 4 / 3.0 + 1 / 3.0) / 8, 1e-12);
  // By tracks: {A B} and {A}; track 3 is a tie, and A comes first in the truth.
  EXPECT_NEAR(e.by_tracks.value_or(kNone).bcubed.precision, (0.5 + 0.5 + 1) / 3, 1e-12);
  EXPECT_NEAR(e.by_tracks.value_or(kNone).bcubed.recall, (0.5 + 0.5 + 1) / 3, 1e-12);
  EXPECT_EQ(e.clicks, 3) << "two clusters to name, one track to move";
  // The missed head of A is alone: right by itself, and A is one head larger.
  EXPECT_NEAR(e.bcubed_with_missed.value_or(PrecisionRecall{-1, -1}).precision,
              (16 / 6.0 + 4 / 6.0 + 1 + 1) / 9, 1e-12);
  EXPECT_NEAR(e.bcubed_with_missed.value_or(PrecisionRecall{-1, -1}).recall,
              (16 / 6.0 + 1 / 6.0 + 1 / 6.0 + 4 / 3.0 + 1 / 3.0) / 9, 1e-12);
}

TEST(EvaluatePeople, NothingFoundIsNotPerfect) {
  const PeopleEvaluation e = evaluate_people(heads(), {});
  EXPECT_FALSE(e.by_frames || e.by_tracks);
  EXPECT_EQ(e.head_recall(), 0);
  EXPECT_NEAR(e.bcubed_with_missed.value_or(PrecisionRecall{-1, -1}).recall, 2.0 / 9, 1e-12);
}

TEST(EvaluatePeople, LabelledTracksWeighTheirFrames) {
  const std::vector<CastTrack> tracks{track(1, 1, 0, 6, 0), track(2, 1, 0, 2, 100),
                                      track(3, 2, 0, 2, 200)};
  const PeopleTruth truth{
      .persons = {"A", "B"}, .heads = {}, .tracks = {{1, 0, 2}, {2, 1, 3}, {3, 1, 4}}};
  const PeopleEvaluation e = evaluate_people(truth, tracks);
  EXPECT_NEAR(e.by_frames.value_or(kNone).purity, 0.8, 1e-12);
  EXPECT_NEAR(e.by_tracks.value_or(kNone).purity, 2.0 / 3, 1e-12);
  EXPECT_EQ(e.clicks, 3);
  EXPECT_FALSE(e.bcubed_with_missed);
  EXPECT_THROW(evaluate_people({.persons = {"A"}, .heads = {}, .tracks = {{7, 0, 2}}}, tracks),
               Failure);
}

TEST(EvaluatePeople, TracksOfNobodyAreNotOnePerson) {
  const std::vector<CastTrack> tracks{track(1, std::nullopt, 0, 5, 0),
                                      track(2, std::nullopt, 0, 5, 100), track(3, 2, 0, 5, 200)};
  const PeopleTruth truth{
      .persons = {"A", "B"}, .heads = {}, .tracks = {{1, 0, 2}, {2, 1, 3}, {3, 1, 4}}};
  const PeopleScores scores = evaluate_people(truth, tracks).by_tracks.value_or(kNone);
  EXPECT_EQ(scores.clusters, 3) << "nor is track 2 person 2";
  EXPECT_EQ(scores.bcubed.precision, 1);
}

TEST(EvaluateTracks, TheTruthItselfIsPerfect) {
  std::vector<MotBox> truth;
  for (FrameNumber frame = 0; frame < 10; ++frame) truth.push_back({frame, 70, {0, 0, 10, 10}});
  const TrackScores all = evaluate_tracks(truth, std::vector{kTracks[0]});
  EXPECT_DOUBLE_EQ(all.hota, 1);
  EXPECT_EQ(evaluate_tracks(truth, kTracks).false_boxes, 30);
}

TEST(EvaluateShots, CutsApartFromAllBoundaries) {
  const std::vector<Shot> shots{{{0, 10}, TransitionKind::start_of_film, 0, 10},
                                {{10, 20}, TransitionKind::cut, 10, 20},
                                {{20, 30}, TransitionKind::fade, 20, 30}};
  const ShotBoundaries found = shot_boundaries_of(shots);
  EXPECT_THAT(found.all, ElementsAre(10, 20));
  const ShotEvaluation e = evaluate_shots({.all = {11, 25}, .cuts = {11, 25}}, found, 1);
  EXPECT_EQ(e.cuts.precision(), 1);
  EXPECT_EQ(e.cuts.recall(), 0.5);
  EXPECT_EQ(e.all.precision(), 0.5);
  EXPECT_EQ(evaluate_shots({.all = {11}, .cuts = {11}}, found, 0).cuts.right, 0);
}

TEST(CastTracks, OfAProjectAsItIsShown) {
  const invented::TemporaryFolder folder;
  Project project = invented::finished_project(folder / "film.dramatis");
  const std::vector<CastTrack> tracks = cast_tracks_of(snapshot_of(project));
  ASSERT_EQ(tracks.size(), 7u);
  EXPECT_EQ(tracks[2].id, 3);
  EXPECT_EQ(tracks[2].person, 1);
  EXPECT_EQ(tracks[2].start, 25);
  EXPECT_EQ(tracks[2].boxes.size(), 25u);
  EXPECT_FALSE(tracks[6].person) << "a picture is nobody";
}

}  // namespace
}  // namespace dramatis
