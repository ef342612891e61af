#pragma once

#include <functional>

#include "film/ffmpeg.h"

namespace dramatis {

/// Sound packets of any codec in, AAC packets out, at the same times. Gaps become silence.
class SoundEncoder {
 public:
  using Sink = std::function<void(AVPacket&)>;  ///< stamps in time_base()

  /// Null where the sound cannot be decoded.
  static std::unique_ptr<SoundEncoder> make(const AVStream& from, bool global_headers);

  const AVCodecContext& codec() const { return *encoder_; }
  AVRational time_base() const { return encoder_->time_base; }

  void encode(const AVPacket& packet, const Sink& sink);
  void finish(const Sink& sink);

 private:
  SoundEncoder() = default;
  bool open(const AVStream& from, bool global_headers);
  bool build_filters(AVRational time_base);
  void move_decoded(const Sink& sink);
  void move_filtered(const Sink& sink);
  void move_encoded(const Sink& sink);

  CodecPtr decoder_;
  CodecPtr encoder_;
  FilterGraphPtr graph_;
  AVFilterContext* source_ = nullptr;
  AVFilterContext* sink_ = nullptr;
  FramePtr frame_;
  PacketPtr out_;
};

}  // namespace dramatis
