#pragma once

#include <chrono>
#include <string>

#include "base/progress.h"

namespace dramatis {

/// Tells on stderr how far a stage is and how long it still takes: a bar that moves on a terminal,
/// a line now and then otherwise, nothing when quiet.
class ProgressBar {
 public:
  explicit ProgressBar(bool quiet);
  ~ProgressBar();

  void show(const Progress& progress);
  void note(const std::string& sentence);
  /// A watcher that reports here and is stopped by `stop`.
  Watcher watcher(std::stop_token stop);

 private:
  using Clock = std::chrono::steady_clock;
  void end_line();

  bool quiet_;
  bool terminal_;
  bool line_open_ = false;
  std::string stage_;
  Clock::time_point stage_began_{};
  Clock::time_point last_shown_{};
  std::int64_t first_done_ = 0;
};

/// "3 min 20 s", "12 s".
std::string duration_text(double seconds);

}  // namespace dramatis
