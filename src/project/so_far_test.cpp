// A cast of the frames seen so far: shown to who asks for it, taken for a finished one by nobody,
// and what is said of it is said for good.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/failure.h"
#include "project/cast_editor.h"
#include "project/person_ids.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using testing::ElementsAre;
using testing::Pair;

/// A film of 100 frames, looked at up to the middle: two shots, a track in the first and two in the
/// second, the third of which is the first's person.
class SoFarTest : public testing::Test {
 protected:
  SoFarTest() {
    store().begin_film("look-1");
    for (const int i : {0, 1}) store().put_chunk(invented::chunk(i));
    think({1, 2, 1}, {1, 2});
  }
  AnalysisStore& store() { return project_.analysis(); }

  /// The cast so far in which tracks of one label are one person.
  void think(const std::vector<int>& labels, std::vector<int> ids) {
    StoredCast cast = invented::cast_of(tracks_, labels, store().timeline());
    cast.person_ids = std::move(ids);
    store().replace_so_far(invented::shots(2, 25), tracks_, cast);
  }
  /// The rest of the film, in which track 2's person is on the screen for longest.
  void finish(const std::vector<int>& labels) {
    for (const int i : {2, 3}) store().put_chunk(invented::chunk(i));
    store().finish_film({.end_stamp = 100 * 1001});
    tracks_.push_back(invented::track(4, 3, {50, 100}, 1));
    StoredCast cast = invented::cast_of(tracks_, labels, store().timeline());
    cast.person_ids = person_ids_for(cast.cast, tracks_, store().timeline(),
                                     store().remembered_persons(), project_.decisions().history());
    store().replace_shots({invented::shots(4, 25)[0], invented::shots(4, 25)[1], {{50, 100}}}, "s");
    store().replace_tracks(tracks_, "t");
    store().replace_cast(cast, "p");
  }

  invented::TemporaryFolder folder_;
  Project project_ = Project::for_film(folder_ / "p", invented::film());
  std::vector<StoredTrack> tracks_{invented::track(1, 1, {0, 20}, 0),
                                   invented::track(2, 2, {25, 35}, 1),
                                   invented::track(3, 2, {25, 45}, 2)};
};

TEST_F(SoFarTest, FinishesNothing) {
  for (const char* name : {stage::film, stage::shots, stage::tracks, stage::people})
    EXPECT_FALSE(store().finished_stage(name)) << name;
  EXPECT_THROW(snapshot_of(project_), Failure);
  EXPECT_THROW(CastEditor{project_}, Failure);
}

TEST_F(SoFarTest, IsThereForWhoAsks) {
  EXPECT_EQ(store().frames_of_cast(), 50);
  CastEditor editor(project_, CastWanted::so_far);
  EXPECT_THAT(editor.snapshot().view.find(1)->tracks, ElementsAre(1, 3));
}

TEST_F(SoFarTest, MoreFramesAloneAreNoNewVersion) {
  const std::int64_t version = store().version();
  store().put_chunk(invented::chunk(2));
  EXPECT_EQ(store().frames_seen(), 75);
  EXPECT_EQ(store().frames_of_cast(), 50);
  EXPECT_EQ(store().version(), version);
  think({1, 2, 1}, {1, 2});
  EXPECT_NE(store().version(), version);
}

TEST_F(SoFarTest, GoesWithTheLookItIsOf) {
  store().begin_film("look-1");
  EXPECT_TRUE(store().cast()) << "the same look goes on";
  store().begin_film("look-2");
  EXPECT_FALSE(store().cast());
  EXPECT_EQ(store().frames_of_cast(), 0);
  EXPECT_THROW(CastEditor(project_, CastWanted::so_far), Failure);
}

TEST_F(SoFarTest, IsNothingForAFinishedFilm) {
  finish({1, 2, 1, 2});
  EXPECT_THROW(think({1, 2, 1, 2}, {1, 2}), std::logic_error);
  EXPECT_EQ(store().finished_stage(stage::people), "p");
}

TEST_F(SoFarTest, LeavesNoTraceInTheIdsOfTheFinishedCast) {
  think({1, 2, 1}, {3, 9});
  remember_persons(project_);
  finish({1, 2, 1, 2});
  EXPECT_THAT(store().cast()->person_ids, ElementsAre(1, 2)) << "as if nobody had looked on";
}

TEST_F(SoFarTest, WhatWasSaidOfItHoldsToTheEnd) {
  CastEditor editor(project_, CastWanted::so_far);
  editor.apply([](const Snapshot& s) { return plan_name(s, 2, "Bob"); });
  finish({1, 2, 1, 2});
  EXPECT_EQ(editor.snapshot().view.person_of_track(4)->name, "Bob");
  EXPECT_EQ(editor.snapshot().view.person_of_track(4)->id, 2) << "who was spoken of keeps the id";
}

TEST_F(SoFarTest, IdsOfEarlierVersionsMeanThePersonsOfNow) {
  CastEditor editor(project_, CastWanted::so_far);
  const std::int64_t first = editor.version();
  EXPECT_THAT(*editor.heirs_since(first), ElementsAre(Pair(1, 1), Pair(2, 2)));
  think({1, 2, 3}, {1, 5, 2});
  const std::int64_t second = editor.version();
  const auto holder = [&](int track) { return editor.snapshot().view.person_of_track(track)->id; };
  EXPECT_THAT((std::vector{holder(1), holder(2), holder(3)}), ElementsAre(1, 2, 5));
  finish({1, 2, 3, 2});
  EXPECT_EQ(holder(2), 1) << "longest on the screen";
  EXPECT_EQ(editor.heirs_since(second)->at(2), 1);
  EXPECT_EQ(editor.heirs_since(first)->at(2), 1) << "over two versions";
  EXPECT_EQ(editor.heirs_since(second)->at(5), holder(3));
  EXPECT_FALSE(editor.heirs_since(first - 1));
}

}  // namespace
}  // namespace dramatis
