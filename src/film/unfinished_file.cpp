#include "film/unfinished_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "base/failure.h"
#include "base/whole_file.h"

namespace dramatis {
namespace {

// The process and a count keep two writers of one goal apart.
std::string hidden_name(const std::string& goal) {
  static std::atomic<int> count = 0;
  const std::filesystem::path path(goal);
  return path.parent_path() /
         fmt::format(".{}.{}-{}.part", path.filename().string(), ::getpid(), ++count);
}

}  // namespace

UnfinishedFile::UnfinishedFile(const std::string& goal)
    : goal_(behind_links(goal)), path_(hidden_name(goal_)) {
  if (std::filesystem::is_directory(goal))
    throw Failure(FailureKind::other, goal + ": cannot be written, this is a folder");
  // A film moved over a device or a pipe would take its place.
  if (std::filesystem::exists(goal) && !std::filesystem::is_regular_file(goal))
    throw Failure(FailureKind::other, goal + ": cannot be written, this is not a file");
}

UnfinishedFile::~UnfinishedFile() {
  std::error_code ignored;
  if (!moved_) std::filesystem::remove(path_, ignored);
}

void UnfinishedFile::move_to_goal() {
  std::error_code error;
  std::filesystem::rename(path_, goal_, error);
  if (error) throw Failure(FailureKind::other, goal_ + ": cannot be written: " + error.message());
  moved_ = true;
}

}  // namespace dramatis
