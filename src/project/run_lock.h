#pragma once

#include <string>

namespace dramatis {

/// Held while a run works on a project: no second run, in this or another program, until it is
/// gone. The system lets go of it when the program dies, however it dies. Edits need no such lock.
class RunLock {
 public:
  /// Throws Failure{other} when another run holds it, or the folder cannot be written.
  explicit RunLock(const std::string& project_folder);
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;

 private:
  int file_ = -1;
};

}  // namespace dramatis
