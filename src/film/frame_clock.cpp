#include "film/frame_clock.h"

#include <algorithm>

namespace dramatis {

std::int64_t FrameClock::stamp(std::optional<std::int64_t> said, std::int64_t duration) {
  if (duration <= 0) duration = options_.nominal_duration;
  std::int64_t stamp = said.value_or(end_ - offset_) + offset_;
  if (last_) stamp = after_last(stamp);
  as_said_ = as_said_ && said == stamp;
  last_ = stamp;
  end_ = stamp + duration;
  return stamp;
}

std::int64_t FrameClock::after_last(std::int64_t said) {
  const bool jumped_back =
      said <= *last_ - std::max<std::int64_t>(options_.ticks_per_second / 4, 1);
  const bool jumped_ahead = options_.may_jump && said > end_ + 10 * options_.ticks_per_second;
  if (jumped_back || jumped_ahead) {
    offset_ += end_ - said;
    return end_;
  }
  return said > *last_ ? said : *last_ + 1;
}

}  // namespace dramatis
