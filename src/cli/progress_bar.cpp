#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace dramatis {
namespace {

constexpr auto kBetweenFrames = std::chrono::milliseconds(100);
constexpr auto kBetweenLines = std::chrono::seconds(10);
constexpr int kBarWidth = 24;

std::string bar_of(double share) {
  const int full = std::clamp(static_cast<int>(share * kBarWidth), 0, kBarWidth);
  return std::string(static_cast<std::size_t>(full), '#') +
         std::string(static_cast<std::size_t>(kBarWidth - full), '.');
}

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

ProgressBar::ProgressBar(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() { end_line(); }

void ProgressBar::end_line() {
  if (line_open_) std::fputc('\n', stderr);
  line_open_ = false;
}

void ProgressBar::note(const std::string& sentence) {
  if (quiet_) return;
  end_line();
  fmt::print(stderr, "{}\n", sentence);
}

void ProgressBar::show(const Progress& progress) {
  if (quiet_) return;
  const Clock::time_point now = Clock::now();
  const bool new_stage = progress.stage != stage_;
  if (new_stage) {
    end_line();
    stage_ = progress.stage;
    stage_began_ = now;
    first_done_ = progress.done;
  }
  const bool complete = progress.total > 0 && progress.done >= progress.total;
  const Clock::duration pause =
      terminal_ ? Clock::duration(kBetweenFrames) : Clock::duration(kBetweenLines);
  if (!new_stage && !complete && now - last_shown_ < pause) return;
  last_shown_ = now;

  const double share =
      progress.total > 0
          ? std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(progress.total))
          : 0;
  const double elapsed_s = std::chrono::duration<double>(now - stage_began_).count();
  const auto done_here = static_cast<double>(progress.done - first_done_);
  std::string text = progress.stage;
  if (terminal_) text += fmt::format("  [{}]", bar_of(share));
  text += fmt::format("  {:3.0f} %  {} {}", share * 100, progress.done, progress.unit);
  if (done_here > 0 && elapsed_s > 1 && progress.total > progress.done)
    text += fmt::format(
        ", {} left",
        duration_text(elapsed_s / done_here * static_cast<double>(progress.total - progress.done)));
  if (terminal_) {
    fmt::print(stderr, "\r\033[K{}", text);
    std::fflush(stderr);
    line_open_ = true;
  } else {
    fmt::print(stderr, "{}\n", text);
  }
}

Watcher ProgressBar::watcher(std::stop_token stop) {
  return {.on_progress = [this](const Progress& progress) { show(progress); },
          .on_note = [this](const std::string& sentence) { note(sentence); },
          .stop = std::move(stop)};
}

}  // namespace dramatis
