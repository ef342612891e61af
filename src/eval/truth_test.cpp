#include "eval/truth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "base/failure.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TruthTest : public ::testing::Test {
 protected:
  std::string file(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    return path_;
  }
  PeopleTruth people(const std::string& text, const std::string& film = "film.mp4") {
    return read_people_truth(file(text), film);
  }
  /// The sentence of a failure of wrong usage.
  std::string failure_of(const std::function<void()>& read) {
    try {
      read();
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::usage);
      EXPECT_THAT(failure.what(), HasSubstr(path_)) << "names the file";
      return failure.what();
    }
    return "no failure";
  }
  std::string failure_of_people(const std::string& text) {
    return failure_of([&] { people(text); });
  }

  invented::TemporaryFolder folder_;
  std::string path_ = folder_ / "truth.txt";
};

TEST_F(TruthTest, HeadsOfACsv) {
  const PeopleTruth truth = people(
      "\xEF\xBB\xBF"
      "frame,x,y,width,height,person\r\n"
      "7, 10.5 ,20,30,40,\"Lovelace, Ada\"\r\n\r\n"
      "7,100,20,30,40,Grace\r\n"
      "12,1,2,3,4,\r\n"
      "9,-3,20,30,40,Grace");
  EXPECT_THAT(truth.persons, ElementsAre("Lovelace, Ada", "Grace"));
  ASSERT_EQ(truth.heads.size(), 3u) << "a head of nobody is left out";
  EXPECT_EQ(truth.heads[0].frame, 7);
  EXPECT_EQ(truth.heads[0].box, (Box{10.5f, 20, 30, 40}));
  EXPECT_EQ(truth.heads[2].person, 1);
  EXPECT_THAT(truth.tracks, IsEmpty());
}

TEST_F(TruthTest, ColumnsInAnyOrderAndLinesOfThisFilm) {
  const std::string text =
      "person,clip,frame,sure,x,y,width,height\n"
      "A,film.mp4,1,yes,0,0,9,9\n"
      "B,other.mp4,this line is about another film,,,,,\n";
  EXPECT_THAT(people(text).persons, ElementsAre("A"));
  EXPECT_THAT(failure_of([&] { read_people_truth(file(text), "third.mp4"); }),
              HasSubstr("no line speaks of the film third.mp4"));
}

TEST_F(TruthTest, TracksOfACsv) {
  const PeopleTruth truth = people("track,person\n4,A\n2,B\n9,A\n5,\n");
  EXPECT_THAT(truth.persons, ElementsAre("A", "B"));
  ASSERT_EQ(truth.tracks.size(), 3u);
  EXPECT_EQ(truth.tracks[2].track, 9);
  EXPECT_EQ(truth.tracks[2].person, 0);
}

TEST_F(TruthTest, BoxesOfTheMotChallenge) {
  const PeopleTruth truth =
      people("1,3,10,20,30,40,1,1,1\n2,3,11,20,30,40,1,1,1\n2,8,50,20,30,40,0,1,1\n");
  EXPECT_THAT(truth.persons, ElementsAre("3")) << "confidence 0: do not count";
  ASSERT_EQ(truth.heads.size(), 2u);
  EXPECT_EQ(truth.heads[0].frame, 0) << "from 1 in the file";
}

constexpr const char* kCast = R"({"format": "dramatis/1",
  "shots": [{"id": 1, "start_frame": 0, "begins_with": "start_of_film"},
            {"id": 2, "start_frame": 5, "begins_with": "dissolve"}, {"id": 3, "start_frame": 9}],
  "tracks": [
    {"id": 1, "person": 3, "start_frame": 0, "end_frame": 2,
     "heads": [{"frame": 0, "box": [1, 2, 3, 4]}, {"frame": 1, "box": [1, 2.5, 3, 4]}]},
    {"id": 2, "person": null, "heads": [{"frame": 0, "box": [9, 9, 9, 9]}]},
    {"id": 3, "person": 4, "heads": [{"frame": 6, "box": [1, 2, 3, 4]}]},
    {"id": 4, "person": 5, "heads": [{"frame": 8, "box": [1, 2, 3, 4]}]}],
  "people": [{"id": 3, "name": "Ada"}, {"id": 4, "name": null}, {"id": 5, "name": "Ada"}]})";

TEST_F(TruthTest, PeopleOfAnExport) {
  const PeopleTruth truth = people(kCast);
  EXPECT_THAT(truth.persons, ElementsAre("Ada", "person 4")) << "one name is one person";
  ASSERT_EQ(truth.heads.size(), 4u);
  EXPECT_EQ(truth.heads[1].box, (Box{1, 2.5f, 3, 4}));
  EXPECT_EQ(truth.heads[3].person, 0);
}

TEST_F(TruthTest, AnExportAlsoTellsShotsAndTracks) {
  const TruthContents contents = contents_of_truth(file(kCast));
  EXPECT_TRUE(contents.shots && contents.tracks);
  EXPECT_EQ(read_track_truth(path_).size(), 5u);
  const ShotBoundaries boundaries = read_shot_boundaries(path_);
  EXPECT_THAT(boundaries.all, ElementsAre(5, 9));
  EXPECT_THAT(boundaries.cuts, ElementsAre(9));
}

TEST_F(TruthTest, ATrackWithGapsIsNoTruthOfTracks) {
  const char* text = R"({"format": "dramatis/1", "tracks": [{"id": 1, "person": 1,
    "start_frame": 0, "end_frame": 9, "heads": [{"frame": 3, "box": [1, 2, 3, 4]}]}]})";
  EXPECT_FALSE(contents_of_truth(file(text)).tracks);
  EXPECT_FALSE(contents_of_truth(path_).shots);
  EXPECT_FALSE(contents_of_truth(file("track,person\n")).tracks);
}

TEST_F(TruthTest, WhatIsNoTruthIsToldWithItsLine) {
  EXPECT_THAT(failure_of_people("frame,x,y\n1,2,3\n"), HasSubstr("line 1 is no beginning"));
  EXPECT_THAT(failure_of_people(""), HasSubstr("line 1 is no beginning"));
  EXPECT_THAT(failure_of_people("frame,x,y,width,height,person\n1,2,3,4,5,A\n-1,2,3,4,5,A\n"),
              HasSubstr("line 3 has no frame"));
  EXPECT_THAT(failure_of_people("frame,x,y,width,height,person\n1,2,3,4,nan,A\n"),
              HasSubstr("line 2 has no box"));
  EXPECT_THAT(failure_of_people("frame,x,y,width,height,person\n1,2,3,4,A\n"),
              HasSubstr("line 2 has 5 fields, not 6"));
  EXPECT_THAT(failure_of_people("track,person\n1,A\n1,B\n"), HasSubstr("line 3 speaks of track 1"));
  EXPECT_THAT(failure_of_people("1,1,0,0,9,9\n2,1,0,0\n"), HasSubstr("line 2"));
}

TEST_F(TruthTest, WhatIsNoExportIsToldWithItsPlace) {
  EXPECT_THAT(failure_of_people("{\n\"format\": ,"), HasSubstr("line 2 is not JSON"));
  EXPECT_THAT(failure_of_people("{}"), HasSubstr("the document has no \"format\""));
  EXPECT_THAT(failure_of_people(R"({"format": "dramatis/9"})"), HasSubstr("dramatis/1"));
  EXPECT_THAT(failure_of_people(R"({"format": "dramatis/1"})"), HasSubstr("no \"tracks\""));
  EXPECT_THAT(
      failure_of_people(R"({"format": "dramatis/1", "tracks": [{"id": 1, "heads": [{"frame": 0,
                           "box": [1, 2, 0, 4]}]}]})"),
      HasSubstr("tracks[0].heads[0].box is not a box"));
  EXPECT_THAT(failure_of_people(R"({"format": "dramatis/1", "tracks": [{"id": 1e99}]})"),
              HasSubstr("tracks[0].id is not a whole number"));
}

TEST_F(TruthTest, AMissingFileIsWrongUsage) {
  path_ = folder_ / "nowhere";
  for (const auto& read : std::initializer_list<std::function<void()>>{
           [&] { read_people_truth(path_, ""); }, [&] { read_track_truth(path_); },
           [&] { read_shot_boundaries(path_); }, [&] { contents_of_truth(path_); }})
    EXPECT_THAT(failure_of(read), HasSubstr("cannot be read"));
}

TEST_F(TruthTest, AnIdentityIsOnceInAFrame) {
  EXPECT_THAT(failure_of([&] { read_track_truth(file("1,4,0,0,9,9\n1,4,5,5,9,9\n")); }),
              HasSubstr("identity 4 is twice in frame 0"));
}

TEST_F(TruthTest, ShotsOfACsvOrOneFrameALine) {
  file("shot,start_frame,end_frame,start_s,end_s\n1,0,40,0,1.6\n2,40,90,1.6,3.6\n");
  EXPECT_THAT(read_shot_boundaries(path_).cuts, ElementsAre(40));
  file("88\n40\n\n40\n");
  EXPECT_THAT(read_shot_boundaries(path_).all, ElementsAre(40, 88));
  file("40\nforty-one\n");
  EXPECT_THAT(failure_of([&] { read_shot_boundaries(path_); }), HasSubstr("line 2 is no frame"));
}

}  // namespace
}  // namespace dramatis
