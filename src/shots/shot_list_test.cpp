#include "shots/shot_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/failure.h"

namespace dramatis {
namespace {

class ShotList : public testing::Test {
 protected:
  ShotList() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = (std::filesystem::temp_directory_path() /
             (std::string("dramatis_shots_") + test->name() + ".csv"))
                .string();
  }
  ~ShotList() override { std::filesystem::remove(path_); }
  std::vector<FrameRange> read(const std::string& text) const {
    std::ofstream(path_) << text;
    return read_shot_ranges(path_);
  }
  std::string path_;
};

TEST_F(ShotList, IsWhatTheShotsCommandWrites) {
  const std::vector<FrameRange> shots{{0, 24}, {24, 61}};
  EXPECT_EQ(read("shot,start_frame,end_frame,start_s,end_s\n1,0,24,0,1\n2,24,61,1,2.5\n"), shots);
  EXPECT_EQ(read("end_frame,start_frame\r\n24,0\r\n61,24\r\n\r\n"), shots);
  EXPECT_TRUE(read("shot,start_frame,end_frame\n").empty());
}

TEST_F(ShotList, SaysWhereItIsNone) {
  const std::string heading = "shot,start_frame,end_frame\n1,0,24\n";
  for (const std::string bad : {"2,24", "2,x,30", "2,-3,30", "2,30,30", "2,20,30", "2,24,30.5"}) {
    try {
      read(heading + bad + "\n");
      ADD_FAILURE() << bad;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::usage);
      EXPECT_THAT(failure.what(), testing::HasSubstr("line 3")) << bad;
      EXPECT_THAT(failure.what(), testing::HasSubstr(path_)) << bad;
    }
  }
  EXPECT_THROW(read(""), Failure);
  EXPECT_THROW(read("1,0,24\n"), Failure);
  EXPECT_THROW(read_shot_ranges("/nowhere/shots.csv"), Failure);
}

}  // namespace
}  // namespace dramatis
