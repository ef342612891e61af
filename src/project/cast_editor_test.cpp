#include "project/cast_editor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/failure.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using invented::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CastEditorTest : public testing::Test {
 protected:
  const PersonView& person(int id) {
    const PersonView* found = editor_.snapshot().view.find(id);
    if (!found) throw std::out_of_range("no person " + std::to_string(id));
    return *found;
  }
  std::vector<int> ids() {
    std::vector<int> ids;
    for (const PersonView& p : editor_.snapshot().view.persons) ids.push_back(p.id);
    return ids;
  }
  EditResult name(int id, const std::string& text) {
    return editor_.apply([&](const Snapshot& s) { return plan_name(s, id, text); });
  }
  EditResult merge(const std::vector<int>& persons) {
    return editor_.apply([&](const Snapshot& s) { return plan_merge(s, persons); });
  }
  template <typename Make>
  std::string refusal(const Make& make) {
    try {
      editor_.apply(make);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::usage);
      return failure.what();
    }
    return "none";
  }

  TemporaryFolder folder_;
  Project project_ = invented::finished_project(folder_ / "p");
  CastEditor editor_{project_};
};

TEST_F(CastEditorTest, ShowsTheCastInOrder) {
  EXPECT_THAT(ids(), ElementsAre(1, 2, 3, 4)) << "characters, extras, pictures";
  EXPECT_THAT(person(1).tracks, ElementsAre(1, 3, 6));
  EXPECT_THAT(person(1).shots, ElementsAre(1, 2, 4));
  EXPECT_NEAR(person(1).seconds, 70 * 1001 / 24000.0, 1e-9);
  EXPECT_EQ(person(1).frames, (FrameRange{0, 100}));
  EXPECT_NEAR(person(1).confidence, 0.9, 1e-6);
  EXPECT_EQ(person(1).shown_name(), "person 1");
  EXPECT_EQ(person(3).kind, PersonKind::extra);
  EXPECT_FALSE(person(4).counts());
  EXPECT_EQ(editor_.snapshot().questions.size(), 1u);
}

TEST_F(CastEditorTest, Names) {
  const EditResult result = name(3, "  Anna\n Karenina ");
  EXPECT_EQ(result.sentence, "Person 3 is called Anna Karenina.");
  EXPECT_EQ(person(3).name, "Anna Karenina");
  EXPECT_EQ(person(3).kind, PersonKind::character) << "who has a name is no extra";
  EXPECT_THAT(name(2, "Anna Karenina").notes, ElementsAre(HasSubstr("Person 3 is called")));
  name(3, "");
  EXPECT_EQ(person(3).name, "");
  EXPECT_THAT(refusal([](const Snapshot& s) { return plan_name(s, 9, "x"); }),
              HasSubstr("There is no person 9: there are 1, 2 (Anna Karenina), 3 and 4."));
  EXPECT_THAT(refusal([](const Snapshot& s) { return plan_name(s, 1, "\xff"); }),
              HasSubstr("UTF-8"));
}

TEST_F(CastEditorTest, PersonsAreMeantByNumberOrName) {
  name(1, "Anna");
  name(2, "4");
  const Snapshot& snapshot = editor_.snapshot();
  EXPECT_EQ(person_meant_by(snapshot, "1"), 1);
  EXPECT_EQ(person_meant_by(snapshot, "Anna"), 1);
  EXPECT_EQ(person_meant_by(snapshot, "4"), 4) << "a number first";
  EXPECT_THROW(person_meant_by(snapshot, "Bob"), Failure);
  EXPECT_THROW(person_meant_by(snapshot, ""), Failure);
  name(3, "Anna");
  EXPECT_THROW(person_meant_by(editor_.snapshot(), "Anna"), Failure) << "two of that name";
}

TEST_F(CastEditorTest, MergesAndSaysWhatStoodInTheWay) {
  name(2, "Bob");
  const EditResult result = merge({1, 2});
  EXPECT_EQ(result.sentence, "Person 1 and Bob are one: person 1, Bob.");
  EXPECT_THAT(result.notes, ElementsAre("person 1 and Bob are both in the picture at 0:00:00.417, "
                                        "frame 10; they are one now because you say so."));
  EXPECT_THAT(ids(), ElementsAre(1, 3, 4));
  EXPECT_THAT(person(1).tracks, ElementsAre(1, 2, 3, 5, 6));
  EXPECT_NEAR(person(1).seconds, 100 * 1001 / 24000.0, 1e-9) << "frames count once";
  EXPECT_EQ(person(1).name, "Bob");
  EXPECT_THAT(refusal([](const Snapshot& s) {
                return plan_merge(s, {1, 1});
              }),
              HasSubstr("at least two"));
}

TEST_F(CastEditorTest, SplitsMovesAndNeverGivesAnIdTwice) {
  const auto split = [&](std::vector<int> tracks) {
    return editor_.apply([&](const Snapshot& s) { return plan_split(s, tracks); });
  };
  split({3});
  EXPECT_THAT(person(5).tracks, ElementsAre(3));
  EXPECT_THAT(person(1).tracks, ElementsAre(1, 6));
  editor_.undo();
  EXPECT_THAT(person(1).tracks, ElementsAre(1, 3, 6));
  split({3, 2});
  EXPECT_THAT(person(6).tracks, ElementsAre(2, 3)) << "5 was given before";
  editor_.apply([](const Snapshot& s) { return plan_move(s, {3}, 1); });
  EXPECT_THAT(person(1).tracks, ElementsAre(1, 3, 6));
  EXPECT_THAT(person(6).tracks, ElementsAre(2));
  EXPECT_EQ(editor_.snapshot().view.person_of_track(3)->id, 1);
  EXPECT_THAT(refusal([](const Snapshot& s) {
                return plan_split(s, {1, 3, 6});
              }),
              HasSubstr("all tracks of person 1"));
  EXPECT_THAT(refusal([](const Snapshot& s) { return plan_split(s, {8}); }),
              HasSubstr("There is no track 8: they go from 1 to 7."));
  EXPECT_THAT(refusal([](const Snapshot& s) { return plan_move(s, {1}, 1); }),
              HasSubstr("belong to person 1 already"));
}

TEST_F(CastEditorTest, IgnoresAndMarksPictures) {
  editor_.apply([](const Snapshot& s) { return plan_ignore(s, {1, 3}); });
  EXPECT_THAT(ids(), ElementsAre(2, 4, 1, 3));
  EXPECT_FALSE(person(1).counts());
  EXPECT_THAT(editor_.snapshot().questions, IsEmpty()) << "nobody asks about the ignored";
  editor_.apply([](const Snapshot& s) { return plan_ignore(s, {1}, false); });
  EXPECT_TRUE(person(1).counts());
  editor_.apply([](const Snapshot& s) { return plan_picture(s, {4}, false); });
  EXPECT_EQ(person(4).kind, PersonKind::character);
  editor_.apply([](const Snapshot& s) { return plan_picture(s, {2}); });
  EXPECT_EQ(person(2).kind, PersonKind::picture);
  EXPECT_EQ(editor_.undo().sentence, "Taken back: Person 2 called a picture.");
  EXPECT_EQ(person(2).kind, PersonKind::character);
}

TEST_F(CastEditorTest, AHeadThatNobodyKnowsCountsOnceSomebodyDoes) {
  StoredCast cast = project_.analysis().cast().value();
  cast.cast.people[1].kind = cast.cast.people[3].kind = PersonKind::faceless;
  project_.analysis().replace_cast(cast, "people");
  CastEditor editor(project_);
  const auto person = [&](int id) { return *editor.snapshot().view.find(id); };
  EXPECT_EQ(person(2).kind, PersonKind::faceless);
  EXPECT_FALSE(person(2).counts());
  editor.apply([](const Snapshot& s) { return plan_name(s, 3, "Anna"); });
  EXPECT_TRUE(person(3).counts());
  editor.apply([](const Snapshot& s) { return plan_merge(s, {1, 2}); });
  EXPECT_TRUE(person(1).counts());
}

TEST_F(CastEditorTest, SomebodyLongerSeenFromBehindThanFromTheFrontCounts) {
  const auto longest_is_faceless = [&] {
    StoredCast cast = project_.analysis().cast().value();
    cast.cast.people[0].kind = PersonKind::faceless;
    cast.decisions_up_to = project_.decisions().last_sequence();
    project_.analysis().replace_cast(cast, "people");
    return *CastEditor(project_).snapshot().view.find(1);
  };
  editor_.apply([](const Snapshot& s) { return plan_move(s, {5}, 1); });
  EXPECT_TRUE(longest_is_faceless().counts());
}

TEST_F(CastEditorTest, ATrackThatMayBeWhereItDoesNotBelongIsAskedAbout) {
  StoredCast cast = project_.analysis().cast().value();
  cast.cast.questions = {{1, 6, 0.6f, 1.0}, {4, 5, 0.4f, 0.5}};
  project_.analysis().replace_cast(cast, "people");
  CastEditor editor(project_);
  const auto open = [&] { return editor.snapshot().questions.size(); };
  EXPECT_EQ(open(), 2u);
  editor.apply([](const Snapshot& s) { return plan_same(s, 1, 6); });
  EXPECT_EQ(open(), 1u);
  editor.undo();
  editor.apply([](const Snapshot& s) { return plan_different(s, 1, 6); });
  EXPECT_EQ(open(), 1u);
  EXPECT_NE(editor.snapshot().view.person_of_track(1), editor.snapshot().view.person_of_track(6));
  editor.apply([](const Snapshot& s) { return plan_same(s, 4, 5); });
  EXPECT_EQ(open(), 0u) << "who were joined since are not a doubt of the program's";
}

TEST_F(CastEditorTest, AHeadThatNobodyKnowsIsAskedAbout) {
  StoredCast cast = project_.analysis().cast().value();
  cast.cast.people[3].kind = PersonKind::faceless;  // track 4
  project_.analysis().replace_cast(cast, "people");
  EXPECT_EQ(CastEditor(project_).snapshot().questions.size(), 1u);
}

TEST_F(CastEditorTest, AnswersSettleQuestions) {
  editor_.apply([](const Snapshot& s) { return plan_different(s, 4, 5); });
  EXPECT_THAT(editor_.snapshot().questions, IsEmpty());
  editor_.undo();
  EXPECT_EQ(editor_.snapshot().questions.size(), 1u);
  editor_.apply([](const Snapshot& s) { return plan_same(s, 4, 5); });
  EXPECT_THAT(person(2).tracks, ElementsAre(2, 4, 5)) << "the longer one remains";
  EXPECT_THAT(editor_.snapshot().questions, IsEmpty());
  const EditResult result =
      editor_.apply([](const Snapshot& s) { return plan_different(s, 4, 5); });
  EXPECT_EQ(result.sentence, "Track 4 leaves person 2 and is person 5.");
}

TEST_F(CastEditorTest, ReleasesOnlyWhatIsHeld) {
  const EditResult result = editor_.apply([](const Snapshot& s) { return plan_release(s, 2, 1); });
  EXPECT_THAT(result.sentence, HasSubstr("both in the picture at 0:00:00.417, frame 10"));
  EXPECT_THAT(refusal([](const Snapshot& s) { return plan_release(s, 1, 3); }),
              HasSubstr("Nothing in the film keeps tracks 1 and 3 apart"));
}

TEST_F(CastEditorTest, APreviewStoresNothing) {
  const Plan plan = plan_merge(editor_.snapshot(), {1, 2});
  EXPECT_THAT(editor_.preview(plan).find(1)->tracks, ElementsAre(1, 2, 3, 5, 6));
  EXPECT_THAT(ids(), ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(project_.decisions().last_sequence(), 0);
}

TEST_F(CastEditorTest, SeesWhatOtherProgramsDo) {
  Project other = Project::open(folder_ / "p");
  CastEditor(other).apply([](const Snapshot& s) { return plan_name(s, 1, "Anna"); });
  EXPECT_EQ(person(1).name, "Anna");
  StoredCast cast = other.analysis().cast().value();
  cast.person_ids = {1, 2, 4, 8};
  other.analysis().replace_cast(cast, "people-2");
  EXPECT_THAT(ids(), ElementsAre(1, 2, 8, 4));
}

TEST_F(CastEditorTest, AnEditToWhatHasChangedIsRefusedIfAskedFor) {
  editor_.expect(0);
  Project other = Project::open(folder_ / "p");
  CastEditor(other).apply([](const Snapshot& s) { return plan_name(s, 1, "Anna"); });
  EXPECT_THAT(refusal([](const Snapshot& s) { return plan_name(s, 1, "Bob"); }),
              HasSubstr("changed the cast meanwhile"));
  EXPECT_THROW(editor_.undo(), Failure);
  editor_.expect(1);
  editor_.undo();
  EXPECT_EQ(person(1).name, "");
}

TEST_F(CastEditorTest, UndoAndRedoSayWhenThereIsNothing) {
  EXPECT_THROW(editor_.undo(), Failure);
  name(1, "Anna");
  EXPECT_THROW(editor_.redo(), Failure);
  editor_.undo();
  EXPECT_EQ(editor_.redo().sentence, "Done again: Person 1 was called Anna.");
  EXPECT_EQ(person(1).name, "Anna");
}

TEST(Snapshot, AnUnfinishedAnalysisIsRefused) {
  const TemporaryFolder folder;
  Project project = Project::for_film(folder / "p", invented::film());
  try {
    snapshot_of(project);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::project);
    EXPECT_THAT(failure.what(), HasSubstr("the analysis is not finished (stage \"film\")"));
  }
}

}  // namespace
}  // namespace dramatis
