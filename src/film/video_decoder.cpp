#include "film/video_decoder.h"

namespace dramatis {
namespace {

// How often in a row reading or decoding may fail before this is taken for the end.
constexpr int patience = 256;

}  // namespace

VideoDecoder::VideoDecoder(const std::string& path, int threads)
    : path_(path),
      input_(open_film(path)),
      codec_(open_decoder(input_, threads, path)),
      packet_(new_packet()),
      promise_(*input_.format, *input_.video) {}

FramePtr VideoDecoder::next() {
  FramePtr frame = new_frame();
  for (int failures = 0; failures < patience;) {
    const int result = avcodec_receive_frame(codec_.get(), frame.get());
    if (result == AVERROR(EAGAIN)) {
      feed_codec();
    } else if (result >= 0) {
      const bool damaged = frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT);
      if (damaged) ++damaged_packets_;
      return frame;
    } else if (result == AVERROR_EOF) {
      return nullptr;
    } else {
      ++damaged_packets_;
      ++failures;
    }
  }
  return nullptr;
}

bool VideoDecoder::seek(std::int64_t stamp) {
  if (input_.format->iformat->flags & AVFMT_NOTIMESTAMPS) return false;
  if (av_seek_frame(input_.format.get(), input_.video->index, stamp, AVSEEK_FLAG_BACKWARD) < 0)
    return false;
  avcodec_flush_buffers(codec_.get());
  return true;
}

bool VideoDecoder::clock_runs_through() const {
  if (!(input_.format->iformat->flags & AVFMT_TS_DISCONT)) return true;
  const FilmInput again = open_film(path_);
  const std::int64_t second = av_rescale_q(1, {1, 1}, again.video->time_base);
  const PacketPtr packet = new_packet();
  std::int64_t last = AV_NOPTS_VALUE;
  while (av_read_frame(again.format.get(), packet.get()) >= 0) {
    const bool timed = packet->stream_index == again.video->index && packet->dts != AV_NOPTS_VALUE;
    const std::int64_t dts = packet->dts;
    av_packet_unref(packet.get());
    if (!timed) continue;
    if (last != AV_NOPTS_VALUE && (dts < last || dts > last + 10 * second)) return false;
    last = dts;
  }
  return true;
}

// The next packet of whatever stream; false at the end of the file.
bool VideoDecoder::read_packet() {
  for (int failures = 0; failures < patience; ++failures) {
    av_packet_unref(packet_.get());
    const int result = av_read_frame(input_.format.get(), packet_.get());
    if (result >= 0) return true;
    if (result == AVERROR_EOF) return false;
    if (result != AVERROR(EAGAIN)) ++damaged_packets_;
    if (result == AVERROR(EIO)) break;
  }
  promise_.saw_read_error();
  return false;
}

void VideoDecoder::feed_codec() {
  while (read_packet()) {
    promise_.saw(*input_.format, *packet_);
    if (packet_->stream_index != input_.video->index) continue;
    if (packet_->flags & AV_PKT_FLAG_CORRUPT) ++damaged_packets_;
    if (avcodec_send_packet(codec_.get(), packet_.get()) < 0) ++damaged_packets_;
    return;
  }
  avcodec_send_packet(codec_.get(), nullptr);
}

}  // namespace dramatis
