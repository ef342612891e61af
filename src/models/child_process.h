#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"

namespace dramatis {

struct ChildResult {
  bool succeeded = false;
  std::string output;  ///< the end of what it wrote, to stdout and stderr
};

/// Runs a program found in PATH with these arguments, no shell between, and waits for it. Nothing
/// when there is no such program. When the watcher's stop comes, ends it and throws
/// Failure{interrupted}.
std::optional<ChildResult> run_program(const std::vector<std::string>& command,
                                       const Watcher& watcher);

}  // namespace dramatis
