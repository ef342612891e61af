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

}  // namespace

void write_whole_file(const std::string& path, std::string_view bytes) {
  namespace fs = std::filesystem;
  const fs::path goal(path);
  if (fs::is_directory(goal))
    throw Failure(FailureKind::other, path + ": cannot be written: it is a folder");
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
