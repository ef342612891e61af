#include "film/unfinished_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/failure.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;

class UnfinishedFileTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_ = fs::temp_directory_path() / ("unfinished-file-" + std::to_string(getpid()));
};

TEST_F(UnfinishedFileTest, NeverTakesThePlaceOfAPipe) {
  const fs::path pipe = folder_ / "film.mp4";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THROW(UnfinishedFile{pipe.string()}, Failure);
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST_F(UnfinishedFileTest, IsMovedBehindALink) {
  const fs::path film = folder_ / "film.mp4", link = folder_ / "latest.mp4";
  std::ofstream(film) << "before";
  fs::create_symlink(film, link);
  UnfinishedFile file(link.string());
  std::ofstream(file.path()) << "now and longer";
  file.move_to_goal();
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(fs::file_size(film), std::string("now and longer").size());
}

}  // namespace
}  // namespace dramatis
