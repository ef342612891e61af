#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "base/failure.h"

namespace dramatis {

/// How far a stage is. `total` is an estimate until the stage ends, and 0 while unknown.
struct Progress {
  std::string stage;  ///< "looking at the film"
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::string unit;  ///< "frames"
};

/// What a long call reports to and is stopped by. Calls come from one thread at a time.
struct Watcher {
  std::function<void(const Progress&)> on_progress = [](const Progress&) {};
  std::function<void(const std::string&)> on_note = [](const std::string&) {};  ///< one sentence
  std::stop_token stop;

  /// Throws Failure{interrupted} once a stop was asked for (Ctrl-C). Call it where nothing is half
  /// done.
  void check() const {
    if (stop.stop_requested()) throw Failure(FailureKind::interrupted, "Stopped.");
  }
};

}  // namespace dramatis
