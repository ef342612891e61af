#include "film/ffmpeg.h"

#include <climits>
#include <new>

namespace dramatis {

FramePtr new_frame() {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

PacketPtr new_packet() {
  PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

void silence_ffmpeg() {
  static const bool silenced = (av_log_set_level(AV_LOG_QUIET), true);
  (void)silenced;
}

std::string error_words(int ffmpeg_error) {
  char words[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(ffmpeg_error, words, sizeof words);
  return words;
}

Rational rational_of(AVRational value, Rational otherwise) {
  return value.num > 0 && value.den > 0 ? Rational(value.num, value.den) : otherwise;
}

AVRational av_rational_of(const Rational& value) {
  AVRational out{};
  av_reduce(&out.num, &out.den, value.numerator(), value.denominator(), INT_MAX);
  return out;
}

}  // namespace dramatis
