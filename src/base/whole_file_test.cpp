#include "base/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace dramatis {
namespace {

namespace fs = std::filesystem;

class WholeFile : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_ = fs::temp_directory_path() / ("whole-file-" + std::to_string(getpid()));
};

TEST_F(WholeFile, ReplacesAFile) {
  const std::string path = in_folder("list.csv");
  write_whole_file(path, "before");
  write_whole_file(path, "now");
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "now");
}

// By a link, so that a failure replaces the link and not the machine's device.
TEST_F(WholeFile, NeverReplacesADevice) {
  const fs::path path = in_folder("device");
  fs::create_symlink("/dev/null", path);
  write_whole_file(path.string(), "anything");
  EXPECT_TRUE(fs::is_symlink(path));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(WholeFile, WritesIntoAPipe) {
  const std::string path = in_folder("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] {
    std::ifstream pipe(path);
    read.assign(std::istreambuf_iterator<char>(pipe), {});
  });
  write_whole_file(path, "through");
  reader.join();
  EXPECT_EQ(read, "through");
  EXPECT_TRUE(fs::is_fifo(path));
}

TEST_F(WholeFile, KeepsALinkAndWritesWhatItLeadsTo) {
  const std::string path = in_folder("list.csv"), link = in_folder("latest.csv");
  write_whole_file(path, "before");
  fs::create_symlink(path, link);
  write_whole_file(link, "now");
  EXPECT_TRUE(fs::is_symlink(link));
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "now");
}

}  // namespace
}  // namespace dramatis
