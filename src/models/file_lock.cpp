#include "models/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/failure.h"

namespace dramatis {

FileLock::FileLock(const std::string& path, const Watcher& watcher)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw model_failure(path, "the file cannot be written");
  bool said = false;
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (watcher.stop.stop_requested()) ::close(descriptor_);
    watcher.check();
    if (!said) watcher.on_note("Waiting for another dramatis that is at work here.");
    said = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

FileLock::~FileLock() { ::close(descriptor_); }

}  // namespace dramatis
