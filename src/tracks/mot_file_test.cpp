#include "tracks/mot_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/failure.h"

namespace dramatis {
namespace {

class MotFile : public testing::Test {
 protected:
  MotFile() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            (std::string("dramatis_mot_") + test->name() + ".txt");
  }
  ~MotFile() override { std::filesystem::remove(path_); }
  void write(const std::string& text) const { std::ofstream(path_) << text; }
  std::filesystem::path path_;
};

TEST_F(MotFile, CountsFramesFromOneInTheFileAndFromNoughtHere) {
  write("1,-1,10.5,20,30,40,0.9,-1,-1,-1\n3 7 1 2 3 4\r\n\n");
  const auto boxes = read_mot_file(path_);
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_EQ(boxes[0].frame, 0);
  EXPECT_EQ(boxes[0].box, (Box{10.5, 20, 30, 40}));
  EXPECT_FLOAT_EQ(boxes[0].confidence, 0.9f);
  EXPECT_EQ(boxes[1].frame, 2);
  EXPECT_EQ(boxes[1].id, 7);
}

TEST_F(MotFile, IsReadAsItWasWritten) {
  const std::vector<MotBox> boxes{{0, 1, {1, 2, 3, 4}, 1}, {5, 2, {-3.25, 0, 10, 20}, 0.5}};
  write_mot_file(path_, boxes);
  const auto back = read_mot_file(path_);
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[1].box, boxes[1].box);
  EXPECT_EQ(back[1].frame, 5);
}

TEST_F(MotFile, SaysWhereItCannotBeRead) {
  for (const std::string bad : {"1,1,2,3,4", "0,1,1,1,1,1", "1,1,a,1,1,1", "1,1,nan,1,1,1",
                                "1.5,1,1,1,1,1", "1e8,1,1,1,1,1"}) {
    write("1,1,1,1,5,5\n" + bad + "\n");
    try {
      read_mot_file(path_);
      ADD_FAILURE() << bad;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::usage);
      EXPECT_THAT(failure.what(), testing::HasSubstr("line 2"));
      EXPECT_THAT(failure.what(), testing::HasSubstr(path_.string()));
    }
  }
  EXPECT_THROW(read_mot_file("/nowhere/det.txt"), Failure);
  EXPECT_THROW(write_mot_file("/nowhere/out.txt", {}), Failure);
}

TEST_F(MotFile, GivesALookForEveryFrame) {
  const std::vector<MotBox> detections{{2, -1, {1, 2, 30, 40}, 0.8f}};
  const auto looks = looks_from_mot(detections, 5);
  ASSERT_EQ(looks.size(), 5u);
  EXPECT_TRUE(looks[0].heads.empty());
  ASSERT_EQ(looks[2].heads.size(), 1u);
  EXPECT_FLOAT_EQ(looks[2].heads[0].score, 0.8f);
}

TEST_F(MotFile, KnowsThatOnlyEveryThirdFrameWasLookedAt) {
  const std::vector<MotBox> detections{{7, -1, {}, 1}, {1, -1, {}, 1}, {4, -1, {}, 1}};
  const auto looks = looks_from_mot(detections, 12);
  ASSERT_EQ(looks.size(), 4u);
  EXPECT_EQ(looks[0].frame, 1);
  EXPECT_EQ(looks[2].heads.size(), 1u);
  EXPECT_EQ(looks[3].frame, 10);
}

TEST_F(MotFile, TakesConfidencesOutsideOfNoughtToOneForNoScores) {
  const std::vector<MotBox> detections{{0, -1, {}, -1}, {0, -1, {}, 37}};
  const std::vector<Look> looks = looks_from_mot(detections);
  for (const Head& head : looks[0].heads) EXPECT_FLOAT_EQ(head.score, 1);
}

}  // namespace
}  // namespace dramatis
