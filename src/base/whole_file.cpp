#include "base/whole_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/failure.h"

namespace dramatis {
namespace {

[[noreturn]] void fail(const std::string& path, const std::filesystem::path& draft, int error) {
  std::error_code ignored;
  std::filesystem::remove(draft, ignored);
  throw Failure(FailureKind::other, path + ": cannot be written: " + std::strerror(error));
}

/// Into what stands there, for a device or a pipe: a file moved over it would take its place.
void write_through(const std::string& path, std::string_view bytes) {
  errno = 0;
  std::ofstream there(path, std::ios::binary);
  there.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  there.close();
  if (!there) fail(path, {}, errno != 0 ? errno : EIO);
}

}  // namespace

std::string behind_links(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  if (!fs::is_symlink(path, none)) return path;
  const fs::path behind = fs::canonical(path, none);
  return none ? path : behind.string();
}

void write_whole_file(const std::string& path, std::string_view bytes) {
  namespace fs = std::filesystem;
  const fs::path goal(behind_links(path));
  if (fs::is_directory(goal))
    throw Failure(FailureKind::other, path + ": cannot be written: it is a folder");
  if (fs::exists(goal) && !fs::is_regular_file(goal)) return write_through(path, bytes);
  const fs::path draft = goal.parent_path() / ("." + goal.filename().string() + "." +
                                               std::to_string(getpid()) + ".part");
  errno = 0;
  std::ofstream file(draft, std::ios::binary);
  if (!file) fail(path, draft, errno != 0 ? errno : EIO);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) fail(path, draft, errno != 0 ? errno : EIO);
  std::error_code error;
  fs::rename(draft, goal, error);
  if (error) fail(path, draft, error.value());
}

}  // namespace dramatis
