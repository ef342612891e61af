// Real clips and photographs, which are no part of this project: their folder is named by
// DRAMATIS_DATA or found as shared/data above the source tree; without it these tests are skipped.

#include <gmock/gmock.h>

#include <map>
#include <sstream>

#include "film/film_for_tests.h"
#include "film/picture_file.h"

namespace dramatis {
namespace {

using namespace dramatis::test;

class RealMaterial : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = real_material();
    if (folder_.empty()) GTEST_SKIP() << "the folder of real clips is not here (DRAMATIS_DATA)";
  }

  /// file, width, height, fps, frames: the first columns of clips.csv.
  std::vector<std::vector<std::string>> clips() const {
    std::vector<std::vector<std::string>> rows;
    std::ifstream csv(folder_ / "clips.csv");
    std::string line, cell;
    std::getline(csv, line);
    while (std::getline(csv, line)) {
      std::istringstream cells(line);
      rows.emplace_back();
      while (rows.back().size() < 5 && std::getline(cells, cell, ',')) rows.back().push_back(cell);
      if (std::stoi(rows.back()[4]) > 700) rows.pop_back();  // of every kind there is a short one
    }
    return rows;
  }

  std::filesystem::path folder_;
};

TEST_F(RealMaterial, EveryClipHasTheFramesItsTableSays) {
  for (const auto& row : clips()) {
    FilmReader reader((folder_ / row[0]).string(), {.threads = 2});
    std::int64_t frames = 0, last_stamp = -1;
    while (std::optional<Frame> frame = reader.next()) {
      ++frames;
      EXPECT_GT(frame->stamp(), last_stamp);
      last_stamp = frame->stamp();
    }
    EXPECT_EQ(frames, std::stoi(row[4])) << row[0];
    EXPECT_EQ(reader.damaged_packets(), 0) << row[0];
    EXPECT_FALSE(reader.cut_short()) << row[0];
    const bool rotated = row[0].find("rotated") != std::string::npos;
    EXPECT_EQ(reader.info().width, std::stoi(row[rotated ? 2 : 1])) << row[0];
    EXPECT_EQ(reader.info().height, std::stoi(row[rotated ? 1 : 2])) << row[0];
  }
}

TEST_F(RealMaterial, TheRotatedClipStandsUpright) {
  FilmReader reader((folder_ / "clips/goldeneye_rotated.mp4").string());
  EXPECT_EQ(reader.info().width, 544);
  EXPECT_EQ(reader.info().height, 1280);
  EXPECT_EQ(reader.info().rotation_degrees, 90);
}

TEST_F(RealMaterial, TheClipWithDroppedFramesKeepsItsGaps) {
  FilmReader reader((folder_ / "clips/goldeneye_vfr.mp4").string());
  std::map<std::int64_t, int> gaps;
  std::optional<Frame> before = reader.next();
  while (std::optional<Frame> frame = reader.next()) {
    ++gaps[frame->stamp() - before->stamp()];
    before = frame;
  }
  EXPECT_EQ(gaps.size(), 2u);  // one frame, and two where the third was dropped
  EXPECT_NEAR(gaps[1001], 80, 2);
  EXPECT_NEAR(gaps[2002], 80, 2);
}

TEST_F(RealMaterial, EveryPhotographCanBeRead) {
  int pictures = 0;
  for (const char* part : {"photos", "groups"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / part)) {
      if (!entry.is_regular_file()) continue;
      const Picture picture = read_picture(entry.path().string());
      EXPECT_EQ(picture.type(), CV_8UC3) << entry.path();
      EXPECT_GT(picture.total(), 1000u) << entry.path();
      ++pictures;
    }
  EXPECT_GE(pictures, 130);
}

}  // namespace
}  // namespace dramatis
