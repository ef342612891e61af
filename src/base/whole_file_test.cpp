#include "base/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
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

// A device of the test's own: a failure must not take the place of the machine's. Links are
// followed, so a link to /dev/null would not protect it.
TEST_F(WholeFile, NeverReplacesADevice) {
  const std::string path = in_folder("null");
  if (mknod(path.c_str(), S_IFCHR | 0600, makedev(1, 3)) != 0 || !std::ofstream(path))
    GTEST_SKIP() << "no device can be made here";
  write_whole_file(path, "anything");
  EXPECT_TRUE(fs::is_character_file(path));
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
