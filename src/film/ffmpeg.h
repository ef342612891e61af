#pragma once

// FFmpeg for the files of this folder, and for no header that others include: its things with
// owners, its errors as words, its fractions as ours.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <span>
#include <string>

#include "base/frame_time.h"

namespace dramatis {

struct FfmpegDeleter {
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
  void operator()(AVFilterGraph* p) const { avfilter_graph_free(&p); }
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};

using InputPtr = std::unique_ptr<AVFormatContext, FfmpegDeleter>;  ///< opened for reading
using CodecPtr = std::unique_ptr<AVCodecContext, FfmpegDeleter>;
using FramePtr = std::unique_ptr<AVFrame, FfmpegDeleter>;
using PacketPtr = std::unique_ptr<AVPacket, FfmpegDeleter>;
using FilterGraphPtr = std::unique_ptr<AVFilterGraph, FfmpegDeleter>;
using ScalerPtr = std::unique_ptr<SwsContext, FfmpegDeleter>;

/// Memory that cannot be had is std::bad_alloc, as everywhere in C++.
FramePtr new_frame();
PacketPtr new_packet();

/// Only our own sentences reach the user. Done once, by whatever opens something first.
void silence_ffmpeg();

/// "No space left on device".
std::string error_words(int ffmpeg_error);

/// `otherwise` where FFmpeg says "unknown" (0/0, 0/1, negative).
Rational rational_of(AVRational value, Rational otherwise);
AVRational av_rational_of(const Rational& value);

/// The streams of a file, to walk through.
inline std::span<AVStream* const> streams_of(const AVFormatContext& format) {
  return {format.streams, format.nb_streams};
}

}  // namespace dramatis
