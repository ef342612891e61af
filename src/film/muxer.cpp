#include "film/muxer.h"

#include <new>
#include <string_view>

#include "base/failure.h"

namespace dramatis {

Muxer::Muxer(const std::string& goal, const std::string& written_as) : goal_(goal) {
  silence_ffmpeg();
  const AVOutputFormat* container = av_guess_format(nullptr, goal.c_str(), nullptr);
  if (!container || avformat_query_codec(container, AV_CODEC_ID_H264, FF_COMPLIANCE_NORMAL) == 0)
    throw usage_failure(goal +
                        ": no container for films has this ending; .mp4, .mkv and .mov are some");
  const std::string url = "file:" + written_as;
  if (avformat_alloc_output_context2(&context_, container, nullptr, url.c_str()) < 0)
    throw std::bad_alloc();
  context_->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;  // TrueHD in MP4 counts as that
  if (const int error = avio_open(&context_->pb, url.c_str(), AVIO_FLAG_WRITE); error < 0) {
    avformat_free_context(context_);
    throw Failure(FailureKind::other, goal + ": cannot be written: " + error_words(error));
  }
}

Muxer::~Muxer() {
  avio_closep(&context_->pb);
  avformat_free_context(context_);
}

AVStream& Muxer::add_stream() {
  AVStream* stream = avformat_new_stream(context_, nullptr);
  if (!stream) throw std::bad_alloc();
  return *stream;
}

bool Muxer::can_hold(AVCodecID codec) const {
  // QuickTime's table of codecs is that of MP4, but its writer takes these in MP4 alone.
  const bool mp4_alone =
      codec == AV_CODEC_ID_OPUS || codec == AV_CODEC_ID_FLAC || codec == AV_CODEC_ID_TRUEHD;
  if (mp4_alone && std::string_view(context_->oformat->name) == "mov") return false;
  return avformat_query_codec(context_->oformat, codec, FF_COMPLIANCE_NORMAL) == 1;
}

void Muxer::write_header() {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movflags", "+faststart", 0);  // MP4 and MOV: the index in front
  const int error = avformat_write_header(context_, &options);
  av_dict_free(&options);
  if (error < 0) fail(error);
}

void Muxer::write(AVPacket& packet) {
  if (const int error = av_interleaved_write_frame(context_, &packet); error < 0) fail(error);
  if (context_->pb->error < 0) fail(context_->pb->error);
}

void Muxer::write_if_possible(AVPacket& packet) {
  av_interleaved_write_frame(context_, &packet);
  if (context_->pb->error < 0) fail(context_->pb->error);
}

void Muxer::write_trailer() {
  int error = av_write_trailer(context_);
  if (error >= 0) error = context_->pb->error;
  const int closing_error = avio_closep(&context_->pb);
  if (error >= 0) error = closing_error;
  if (error < 0) fail(error);
}

void Muxer::fail(int error) const {
  throw Failure(FailureKind::other, goal_ + ": cannot be written: " + error_words(error));
}

}  // namespace dramatis
