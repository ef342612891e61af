#pragma once

#include <string>

#include "film/deinterlacer.h"
#include "film/frame_clock.h"
#include "film/video_decoder.h"

namespace dramatis {

/// Decoder, clock and deinterlacer in a row: whole frames in presentation order. Of each, pts is
/// its final stamp and pkt_duration the time it is shown, in ticks of the stream.
class FrameSource {
 public:
  FrameSource(const std::string& path, int threads);

  /// Null at the end.
  FramePtr next();
  /// As VideoDecoder::seek; the frames that follow have stamps_as_said(), or wrong stamps.
  bool seek(std::int64_t stamp);

  /// False once a stamp had to be made up: after a seek, what follows may then be misplaced.
  bool stamps_as_said() const { return clock_.as_said(); }
  const VideoDecoder& decoder() const { return decoder_; }
  Rational frame_rate() const { return frame_rate_; }  ///< nominal

 private:
  FramePtr next_stamped();
  void start_anew();

  VideoDecoder decoder_;
  int threads_;
  Rational frame_rate_;
  FrameClock clock_;
  Deinterlacer deinterlacer_;
  FramePtr held_;  ///< does not fit into the deinterlacer, which is being drained
};

}  // namespace dramatis
