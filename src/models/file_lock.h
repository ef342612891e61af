#pragma once

#include <string>

#include "base/progress.h"

namespace dramatis {

/// While it lives, no other program that asks for the same lock goes on. The file stays, empty. The
/// system releases the lock of a program that dies.
class FileLock {
 public:
  /// Waits for its turn, and says so. Throws Failure{model} when the file cannot be made, and
  /// Failure{interrupted} when the watcher stops the waiting.
  FileLock(const std::string& path, const Watcher& watcher);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace dramatis
