#include "project/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

#include "base/failure.h"

namespace dramatis {

RunLock::RunLock(const std::string& project_folder) {
  // A lock on an open file, not its mere existence: nothing to clean up after a kill.
  const std::string path = project_folder + "/run.lock";
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0)
    throw Failure(FailureKind::other, project_folder + ": the folder cannot be written");
  if (flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  close(file_);
  throw Failure(
      FailureKind::other,
      project_folder + ": another run is working on this project; wait for it or stop it");
}

RunLock::~RunLock() {
  if (file_ >= 0) close(file_);
}

RunLock::RunLock(RunLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

}  // namespace dramatis
