// What a new run is told, what it keeps, and what it says has moved.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/cast_editor.h"
#include "project/pair_rules.h"
#include "project/person_ids.h"
#include "project/test_invented.h"
#include "project/track_finder.h"

namespace dramatis {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

/// Seven tracks of 25 frames, one a shot: a cast given by labels, decisions made on it.
class RerunTest : public testing::Test {
 protected:
  RerunTest() {
    now_.timeline = invented::timeline(7 * 25);
    for (int i = 0; i < 7; ++i)
      now_.tracks.push_back(invented::track(i + 1, i + 1, {i * 25, (i + 1) * 25}, 0));
    cluster({1, 1, 1, 2, 2, 3, 4});
  }

  /// A run that finds these persons; ids as the project would give them.
  void cluster(const std::vector<int>& labels) {
    traces_ = remembered_;
    cast_ = invented::cast_of(now_.tracks, labels, now_.timeline);
    cast_.person_ids = person_ids_for(cast_.cast, now_.tracks, now_.timeline, traces_, history_);
    cast_.decisions_up_to = history_.last_sequence();
    show();
  }
  void say(const Plan& plan) {
    history_ = history_with(history_, plan.decision);
    show();
  }
  void show() {
    show_decisions(now_, cast_, history_);
    remembered_ = traces_of(now_.view, now_.tracks, now_.timeline);
  }
  std::vector<std::pair<int, int>> pairs(PairRuleKind kind) const {
    std::vector<std::pair<int, int>> pairs;
    for (const PairRule& rule : rules_of(history_, now_.tracks))
      if (rule.kind == kind) pairs.emplace_back(rule.track_a, rule.track_b);
    return pairs;
  }
  int holder(int track) const { return now_.view.person_of_track(track)->id; }
  std::string name_of_holder(int track) const { return now_.view.person_of_track(track)->name; }

  Snapshot now_;
  StoredCast cast_;
  DecisionHistory history_;
  PersonTraces traces_;      ///< of the cast before the last run
  PersonTraces remembered_;  ///< of the cast now
};

TEST_F(RerunTest, IdsAreGivenByScreenTimeAtFirst) {
  EXPECT_EQ(holder(1), 1);
  EXPECT_EQ(holder(4), 2);
  EXPECT_EQ(holder(6), 3);
  EXPECT_EQ(holder(7), 4);
}

TEST_F(RerunTest, NothingSaidNoRules) { EXPECT_THAT(rules_of(history_, now_.tracks), IsEmpty()); }

TEST_F(RerunTest, AMergeBindsAllItsTracks) {
  say(plan_merge(now_, {2, 3}));
  EXPECT_THAT(pairs(PairRuleKind::same), ElementsAre(Pair(4, 5), Pair(4, 6)));
  cluster({1, 1, 1, 2, 3, 4, 5});
  EXPECT_EQ(holder(4), 2);
  EXPECT_EQ(holder(5), 2);
  EXPECT_EQ(holder(6), 2);
}

TEST_F(RerunTest, AMergeOfHeadsSeenTogetherReleasesThem) {
  now_.tracks[1] = invented::track(2, 1, {10, 25}, 1);
  cluster({1, 2, 1, 3, 3, 3, 4});
  say(plan_merge(now_, {holder(1), holder(2)}));
  EXPECT_THAT(pairs(PairRuleKind::may_be_same), ElementsAre(Pair(1, 2)));
}

TEST_F(RerunTest, WhatWasTakenOutStaysApart) {
  say(plan_split(now_, {3}));
  EXPECT_THAT(pairs(PairRuleKind::different), UnorderedElementsAre(Pair(1, 3), Pair(2, 3)));
  cluster({1, 1, 1, 2, 2, 3, 4});  // a clustering that does not listen
  EXPECT_EQ(holder(3), 5);
  EXPECT_EQ(holder(1), 1);
}

TEST_F(RerunTest, ALaterWordReplacesAnEarlierOne) {
  say(plan_split(now_, {3}));
  say(plan_merge(now_, {1, 5}));
  EXPECT_THAT(pairs(PairRuleKind::different), IsEmpty());
  EXPECT_THAT(pairs(PairRuleKind::same), ElementsAre(Pair(1, 2), Pair(1, 3)));
  say(plan_different(now_, 3, 4));
  say(plan_same(now_, 3, 4));
  EXPECT_THAT(pairs(PairRuleKind::different), IsEmpty());
}

TEST_F(RerunTest, DifferentNamesAreDifferentPersons) {
  say(plan_name(now_, 2, "Bob"));
  say(plan_name(now_, 3, "Cleo"));
  EXPECT_THAT(pairs(PairRuleKind::same), IsEmpty()) << "a name alone binds no track";
  EXPECT_THAT(pairs(PairRuleKind::different), UnorderedElementsAre(Pair(4, 6), Pair(5, 6)));
  say(plan_name(now_, 3, "Bob"));
  EXPECT_THAT(pairs(PairRuleKind::different), IsEmpty());
}

TEST_F(RerunTest, TheIgnoredAndPicturesAreKeptFromTheNamed) {
  say(plan_name(now_, 1, "Anna"));
  say(plan_ignore(now_, {3}));
  say(plan_picture(now_, {4}));
  EXPECT_THAT(pairs(PairRuleKind::different),
              testing::IsSupersetOf({Pair(1, 6), Pair(1, 7), Pair(6, 7)}));
  EXPECT_EQ(picture_marks_of(history_, now_.tracks).size(), 1u);
  EXPECT_EQ(picture_marks_of(history_, now_.tracks)[0].track, 7);
}

TEST_F(RerunTest, AnswersAndReleasesAreRules) {
  say(plan_different(now_, 1, 6));
  EXPECT_THAT(pairs(PairRuleKind::different), ElementsAre(Pair(1, 6)));
  say(plan_same(now_, 4, 7));
  EXPECT_THAT(pairs(PairRuleKind::same), ElementsAre(Pair(4, 7)))
      << "the answer binds the two tracks; the rest is evidence's to say";
}

TEST_F(RerunTest, ANameGoesWhereMostOfItsTimeIs) {
  say(plan_name(now_, 1, "Anna"));
  cluster({1, 2, 2, 3, 3, 4, 5});  // track 1 alone, 2 and 3 together
  EXPECT_EQ(name_of_holder(2), "Anna");
  EXPECT_EQ(name_of_holder(3), "Anna");
  EXPECT_EQ(name_of_holder(1), "");
  EXPECT_EQ(holder(2), 1) << "and the id with it";
}

TEST_F(RerunTest, ASmallNamedPersonDoesNotNameAnother) {
  say(plan_name(now_, 4, "Waiter"));
  cluster({1, 1, 1, 2, 2, 3, 1});  // swallowed by person 1
  EXPECT_EQ(name_of_holder(7), "Waiter");
  EXPECT_EQ(holder(7), 4);
  EXPECT_EQ(name_of_holder(1), "");
  EXPECT_EQ(holder(1), 1);
}

TEST_F(RerunTest, TwoNamesNeverMeet) {
  say(plan_name(now_, 1, "Anna"));
  say(plan_name(now_, 2, "Bob"));
  cluster({1, 1, 1, 1, 1, 1, 1});
  EXPECT_EQ(name_of_holder(1), "Anna");
  EXPECT_EQ(name_of_holder(6), "Anna") << "the rest stays where most is";
  EXPECT_EQ(name_of_holder(4), "Bob");
  EXPECT_EQ(name_of_holder(5), "Bob");
}

TEST_F(RerunTest, OneNameMayMeetItself) {
  say(plan_name(now_, 1, "Anna"));
  say(plan_name(now_, 2, "Anna"));
  cluster({1, 1, 1, 1, 1, 3, 4});
  EXPECT_EQ(now_.view.find(holder(1))->tracks, (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(name_of_holder(5), "Anna");
}

TEST_F(RerunTest, ANameWithoutHeadsIsKept) {
  say(plan_name(now_, 4, "Waiter"));
  const StoredTrack waiter = now_.tracks.back();
  now_.tracks.pop_back();
  cluster({1, 1, 1, 2, 2, 3});
  EXPECT_THAT(now_.view.unplaced_names, ElementsAre("Waiter"));
  now_.tracks.push_back(waiter);
  cluster({1, 1, 1, 2, 2, 3, 4});
  EXPECT_EQ(name_of_holder(7), "Waiter");
  EXPECT_EQ(holder(7), 4);
}

TEST_F(RerunTest, TheIgnoredStayIgnored) {
  say(plan_ignore(now_, {2}));
  cluster({1, 1, 1, 2, 2, 2, 4});
  EXPECT_TRUE(now_.view.person_of_track(4)->ignored);
  EXPECT_TRUE(now_.view.person_of_track(5)->ignored);
  EXPECT_FALSE(now_.view.person_of_track(1)->ignored);
}

TEST_F(RerunTest, WithoutMemoryTheDecisionsStillGiveTheIds) {
  say(plan_name(now_, 3, "Cleo"));
  remembered_ = {};  // the analysis was lost
  cluster({1, 1, 1, 2, 2, 3, 4});
  EXPECT_EQ(holder(6), 3);
  EXPECT_EQ(name_of_holder(6), "Cleo");
}

TEST_F(RerunTest, SaysWhatMoved) {
  say(plan_name(now_, 1, "Anna"));
  cluster({1, 1, 2, 2, 2, 3, 4});
  const auto moves = what_moved(traces_, now_.view, now_.tracks);
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_EQ(moves[0].from, 1);
  EXPECT_EQ(moves[0].to, 2);
  EXPECT_EQ(moves[0].tracks, 1);
  EXPECT_NEAR(moves[0].seconds, 25 * 1001 / 24000.0, 1e-9);
  EXPECT_THAT(sentences_of(moves, now_.view),
              ElementsAre("1 track (1.0 s) of Anna belongs to person 2 now."));
  now_.tracks.pop_back();
  cluster({1, 1, 2, 2, 2, 3});
  EXPECT_THAT(sentences_of(what_moved(traces_, now_.view, now_.tracks), now_.view),
              ElementsAre("1 track (1.0 s) of person 4 is not followed any more."));
}

TEST_F(RerunTest, ANewRunWithTheSameResultMovesNothing) {
  say(plan_merge(now_, {1, 3}));
  say(plan_split(now_, {5}));
  cluster({1, 1, 1, 2, 5, 1, 4});
  EXPECT_THAT(what_moved(traces_, now_.view, now_.tracks), IsEmpty());
}

/// A head is found again by where it was, not by what its track was called.
TEST(TrackFinder, FindsTheHeadAmongNeighbours) {
  const Timeline timeline = invented::timeline(100);
  std::vector<StoredTrack> tracks{invented::track(1, 1, {0, 50}, 0),
                                  invented::track(2, 1, {0, 50}, 1)};
  const TrackAnchor anchor = anchor_of(tracks[1], timeline);
  EXPECT_GE(anchor.points.size(), 5u);
  std::swap(tracks[0], tracks[1]);
  const auto found = TrackFinder(tracks).find(anchor);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(tracks[found[0].track].id, 2);
  EXPECT_EQ(found[0].share, 1);
}

TEST(TrackFinder, FindsAFaceBoxWithinAHeadBoxAndNothingElsewhere) {
  const Timeline timeline = invented::timeline(100);
  std::vector<StoredTrack> tracks{invented::track(1, 1, {0, 50}, 0)};
  const TrackAnchor anchor = anchor_of(tracks[0], timeline);
  for (TrackPoint& point : tracks[0].track.points)
    point.box = {point.box.x + 15, point.box.y + 30, 50, 65};  // the face of that head
  EXPECT_EQ(TrackFinder(tracks).find(anchor).size(), 1u);
  for (TrackPoint& point : tracks[0].track.points) point.box.x += 60;  // a neighbour
  EXPECT_THAT(TrackFinder(tracks).find(anchor), IsEmpty());
}

TEST(TrackFinder, FindsBothPiecesOfATrackThatIsCutNow) {
  const Timeline timeline = invented::timeline(100);
  const StoredTrack whole = invented::track(1, 1, {0, 50}, 0);
  std::vector<StoredTrack> pieces{whole, whole};
  pieces[0].track.range.end = 30;
  pieces[0].track.points.resize(30);
  pieces[1].track.range.start = 30;
  pieces[1].track.points.erase(pieces[1].track.points.begin(), pieces[1].track.points.begin() + 30);
  const auto found = TrackFinder(pieces).find(anchor_of(whole, timeline));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].track, 0u) << "the longer piece first";
  EXPECT_NEAR(found[0].share + found[1].share, 1, 1e-6);
}

}  // namespace
}  // namespace dramatis
