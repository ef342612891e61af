#pragma once

#include <cstdint>
#include <optional>

namespace dramatis {

/// Gives every frame a stamp that strictly ascends, whatever its container says. Units: ticks of
/// the stream's time base.
///  - no stamp: the frame before plus its duration;
///  - repeated, or backward by less than a quarter of a second: one tick after the frame before;
///  - backward by more, or (where the format allows its clock to jump, as in spliced transport
///    streams) forward by more than ten seconds: the clock has started anew, and the film goes on
///    from where it was.
class FrameClock {
 public:
  struct Options {
    std::int64_t ticks_per_second = 1;
    std::int64_t nominal_duration = 1;  ///< of a frame, for frames that do not say
    bool may_jump = false;
  };
  FrameClock() = default;
  explicit FrameClock(const Options& options) : options_(options) {}

  std::int64_t stamp(std::optional<std::int64_t> said, std::int64_t duration);

  /// When the last frame stops being shown.
  std::int64_t end() const { return end_; }
  /// No stamp had to be changed so far: stamps read after a seek can be trusted.
  bool as_said() const { return as_said_; }

 private:
  std::int64_t after_last(std::int64_t said);

  Options options_;
  std::optional<std::int64_t> last_;
  std::int64_t end_ = 0;
  std::int64_t offset_ = 0;  ///< added to what the container says since its clock started anew
  bool as_said_ = true;
};

}  // namespace dramatis
