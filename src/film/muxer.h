#pragma once

#include <string>

#include "film/ffmpeg.h"

namespace dramatis {

/// A media file being written: streams are added, then packets go in, roughly in the order of time.
/// The container follows from the goal's name. All errors name the goal: Failure{usage} when
/// no film can have its ending, Failure{other} else.
class Muxer {
 public:
  Muxer(const std::string& goal, const std::string& written_as);
  ~Muxer();
  Muxer(const Muxer&) = delete;
  Muxer& operator=(const Muxer&) = delete;

  AVStream& add_stream();
  bool can_hold(AVCodecID codec) const;
  bool wants_global_headers() const { return context_->oformat->flags & AVFMT_GLOBALHEADER; }

  /// After the last add_stream(). From here on the container has settled the streams' time bases.
  void write_header();
  /// Stamps in the time base of the packet's stream; takes the packet's contents.
  void write(AVPacket& packet);
  /// As write(), but a packet that the container refuses (a stamp out of order in a source that is
  /// damaged) is dropped; a full disk is a failure all the same.
  void write_if_possible(AVPacket& packet);
  void write_trailer();

 private:
  [[noreturn]] void fail(int error) const;

  std::string goal_;
  AVFormatContext* context_ = nullptr;
};

}  // namespace dramatis
