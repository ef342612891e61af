#include "film/side_streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/failure.h"
#include "film/sound_encoder.h"

namespace dramatis {
namespace {

constexpr AVRational microseconds{1, 1000000};

bool is_sound(const AVStream& stream) { return stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO; }
bool is_subtitle(const AVStream& stream) {
  return stream.codecpar->codec_type == AVMEDIA_TYPE_SUBTITLE;
}

}  // namespace

// From one stream of the source to one of the new file.
struct SideStreams::Route {
  AVStream* from = nullptr;
  AVStream* to = nullptr;
  std::unique_ptr<SoundEncoder> encoder;
  std::int64_t last_dts = std::numeric_limits<std::int64_t>::min();

  // To the new file's time base, counted from its origin, decoding stamps ascending.
  void place(AVPacket& packet, AVRational time_base, std::int64_t origin_us) {
    av_packet_rescale_ts(&packet, time_base, to->time_base);
    const std::int64_t origin = av_rescale_q(origin_us, microseconds, to->time_base);
    // An Ogg Vorbis stream begins with a duration below 0, read as a very large one.
    if (packet.duration < 0 || packet.duration > std::numeric_limits<std::int32_t>::max())
      packet.duration = 0;
    if (packet.pts == AV_NOPTS_VALUE) packet.pts = packet.dts;
    if (packet.dts == AV_NOPTS_VALUE) packet.dts = packet.pts;
    if (packet.dts != AV_NOPTS_VALUE) {
      packet.dts = last_dts = std::max(packet.dts - origin, last_dts + 1);
      packet.pts = std::max(packet.pts - origin, packet.dts);
    }
    packet.stream_index = to->index;
    packet.pos = -1;
  }
};

SideStreams::SideStreams(const std::string& source, Muxer& muxer)
    : muxer_(muxer), packet_(new_packet()) {
  int error = 0;
  input_ = open_media(source, error);
  if (!input_)
    throw film_failure(source, "reading its sound",
                       "the film cannot be opened: " + error_words(error));
  routes_.resize(input_->nb_streams);
  for (AVStream* stream : streams_of(*input_))
    if (is_sound(*stream) || is_subtitle(*stream)) add_route(*stream);
}

SideStreams::~SideStreams() = default;

void SideStreams::add_route(AVStream& from) {
  auto route = std::make_unique<Route>();
  route->from = &from;
  const bool copied = muxer_.can_hold(from.codecpar->codec_id);
  if (!copied && is_sound(from))
    route->encoder = SoundEncoder::make(from, muxer_.wants_global_headers());
  if (!copied && !route->encoder) {
    notes_.push_back(fmt::format("{} in {} could not be kept: the new file cannot hold it.",
                                 is_sound(from) ? "Sound" : "Subtitles",
                                 avcodec_get_name(from.codecpar->codec_id)));
    return;
  }
  route->to = &muxer_.add_stream();
  if (copied)
    avcodec_parameters_copy(route->to->codecpar, from.codecpar);
  else
    avcodec_parameters_from_context(route->to->codecpar, &route->encoder->codec());
  route->to->codecpar->codec_tag = 0;  // the new container has its own
  route->to->time_base = copied ? from.time_base : route->encoder->time_base();
  route->to->disposition = from.disposition;
  av_dict_copy(&route->to->metadata, from.metadata, 0);
  routes_[static_cast<std::size_t>(from.index)] = std::move(route);
}

std::int64_t SideStreams::start_us(std::int64_t otherwise) const {
  std::int64_t start = std::numeric_limits<std::int64_t>::max();
  for (const auto& route : routes_)
    if (route && is_sound(*route->from) && route->from->start_time != AV_NOPTS_VALUE)
      start = std::min(start,
                       av_rescale_q(route->from->start_time, route->from->time_base, microseconds));
  return start == std::numeric_limits<std::int64_t>::max() ? otherwise : start;
}

std::int64_t SideStreams::moment_us(const AVPacket& packet) const {
  const std::int64_t stamp = packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts;
  if (stamp == AV_NOPTS_VALUE) return std::numeric_limits<std::int64_t>::min();
  return av_rescale_q(stamp, input_->streams[packet.stream_index]->time_base, microseconds) -
         origin_us_;
}

void SideStreams::write_until(std::int64_t moment) {
  while (packet_waits_ || av_read_frame(input_.get(), packet_.get()) >= 0) {
    Route* route = routes_[static_cast<std::size_t>(packet_->stream_index)].get();
    packet_waits_ = route && moment_us(*packet_) > moment;
    if (packet_waits_) return;
    if (route) pass_on(*route, *packet_);
    av_packet_unref(packet_.get());
  }
}

void SideStreams::write_rest() {
  write_until(std::numeric_limits<std::int64_t>::max());
  for (const auto& route : routes_) {
    if (!route || !route->encoder) continue;
    route->encoder->finish([&](AVPacket& packet) {
      route->place(packet, route->encoder->time_base(), origin_us_);
      muxer_.write_if_possible(packet);
    });
  }
}

void SideStreams::pass_on(Route& route, AVPacket& packet) {
  if (!route.encoder) {
    route.place(packet, route.from->time_base, origin_us_);
    return muxer_.write_if_possible(packet);
  }
  route.encoder->encode(packet, [&](AVPacket& encoded) {
    route.place(encoded, route.encoder->time_base(), origin_us_);
    muxer_.write_if_possible(encoded);
  });
}

}  // namespace dramatis
