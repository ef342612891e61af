#include "film/container_promise.h"

#include <algorithm>
#include <string_view>

namespace dramatis {
namespace {

bool has_byte_index(const AVFormatContext& format) {
  return std::string_view(format.iformat->name).find("mp4") != std::string_view::npos;
}

// MP4 lists where every sample lies; one that lies behind the end of the file was cut off.
bool index_leads_beyond_the_file(const AVFormatContext& format) {
  const std::int64_t file_size = avio_size(format.pb);
  for (AVStream* stream : streams_of(format)) {
    const int entries = avformat_index_get_entries_count(stream);
    if (entries == 0) continue;
    const AVIndexEntry* last = avformat_index_get_entry(stream, entries - 1);
    if (last->pos + last->size > file_size) return true;
  }
  return false;
}

}  // namespace

ContainerPromise::ContainerPromise(const AVFormatContext& format, const AVStream& video)
    : video_index_(video.index) {
  const bool estimated = format.duration_estimation_method != AVFMT_DURATION_FROM_STREAM;
  if (estimated || has_byte_index(format)) return;
  video_only_ = video.nb_frames > 0;  // AVI: its duration already follows the file's size
  if (video_only_)
    promised_end_s_ =
        static_cast<double>(video.nb_frames) / rational_of(video.avg_frame_rate, {25}).to_double();
  else if (format.duration > 0)
    promised_end_s_ = static_cast<double>(format.duration) / AV_TIME_BASE;
}

void ContainerPromise::saw(const AVFormatContext& format, const AVPacket& packet) {
  const std::int64_t stamp = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (stamp == AV_NOPTS_VALUE || (video_only_ && packet.stream_index != video_index_)) return;
  const double tick_s = av_q2d(format.streams[packet.stream_index]->time_base);
  start_s_ = std::min(start_s_, static_cast<double>(stamp) * tick_s);
  reached_s_ = std::max(reached_s_, static_cast<double>(stamp + packet.duration) * tick_s);
}

bool ContainerPromise::broken(const AVFormatContext& format) const {
  constexpr double tolerance_s = 1;  // durations are rounded, and padded by some programs
  if (read_error_) return true;
  if (has_byte_index(format)) return index_leads_beyond_the_file(format);
  return promised_end_s_ > reached_s_ - start_s_ + tolerance_s;
}

}  // namespace dramatis
