#include "film/frame_source.h"

#include <algorithm>

namespace dramatis {
namespace {

std::int64_t ticks(Rational seconds, AVRational time_base) {
  return std::max<std::int64_t>(1, av_rescale_q(1, av_rational_of(seconds), time_base));
}

FrameClock::Options clock_options(const VideoDecoder& decoder, Rational frame_rate) {
  const AVRational time_base = decoder.stream().time_base;
  return {.ticks_per_second = ticks({1}, time_base),
          .nominal_duration = ticks(Rational(1) / frame_rate, time_base),
          .may_jump = (decoder.format().iformat->flags & AVFMT_TS_DISCONT) != 0};
}

Rational nominal_rate(const VideoDecoder& decoder) {
  // FFmpeg's function only reads, but its signature predates const.
  return rational_of(av_guess_frame_rate(const_cast<AVFormatContext*>(&decoder.format()),
                                         const_cast<AVStream*>(&decoder.stream()), nullptr),
                     {25});
}

}  // namespace

FrameSource::FrameSource(const std::string& path, int threads)
    : decoder_(path, threads), threads_(threads), frame_rate_(nominal_rate(decoder_)) {
  start_anew();
}

void FrameSource::start_anew() {
  clock_ = FrameClock(clock_options(decoder_, frame_rate_));
  deinterlacer_ = Deinterlacer(decoder_.stream().time_base, threads_);
  held_.reset();
}

bool FrameSource::seek(std::int64_t stamp) {
  start_anew();
  return decoder_.seek(stamp);
}

FramePtr FrameSource::next_stamped() {
  FramePtr frame = decoder_.next();
  if (!frame) return nullptr;
  std::optional<std::int64_t> said;
  if (frame->best_effort_timestamp != AV_NOPTS_VALUE) said = frame->best_effort_timestamp;
  frame->pts = clock_.stamp(said, frame->pkt_duration);
  frame->pkt_duration = clock_.end() - frame->pts;
  return frame;
}

FramePtr FrameSource::next() {
  while (true) {
    if (FramePtr whole = deinterlacer_.pull()) return whole;
    FramePtr frame = held_ ? std::move(held_) : next_stamped();
    if (!frame && !deinterlacer_.active()) return nullptr;
    if (frame && !deinterlacer_.wants(*frame)) return frame;
    if (frame && deinterlacer_.accepts(*frame)) {
      deinterlacer_.push(std::move(frame));
    } else {
      held_ = std::move(frame);
      deinterlacer_.finish();
    }
  }
}

}  // namespace dramatis
