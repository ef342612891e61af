#include "film/sound_encoder.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
}

#include <fmt/format.h>

#include <algorithm>

namespace dramatis {
namespace {

int supported_rate(const AVCodec& encoder, int wanted) {
  if (!encoder.supported_samplerates) return wanted;
  for (const int* rate = encoder.supported_samplerates; *rate; ++rate)
    if (*rate == wanted) return wanted;
  return 48000;
}

std::string layout_name(const AVCodecContext& codec) {
  char name[128] = {};
  av_channel_layout_describe(&codec.ch_layout, name, sizeof name);
  return name;
}

}  // namespace

std::unique_ptr<SoundEncoder> SoundEncoder::make(const AVStream& from, bool global_headers) {
  std::unique_ptr<SoundEncoder> encoder(new SoundEncoder);
  return encoder->open(from, global_headers) ? std::move(encoder) : nullptr;
}

bool SoundEncoder::open(const AVStream& from, bool global_headers) {
  const AVCodec* decoder = avcodec_find_decoder(from.codecpar->codec_id);
  const AVCodec* encoder = avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (!decoder || !encoder) return false;
  decoder_.reset(avcodec_alloc_context3(decoder));
  avcodec_parameters_to_context(decoder_.get(), from.codecpar);
  decoder_->pkt_timebase = from.time_base;
  if (avcodec_open2(decoder_.get(), decoder, nullptr) < 0) return false;
  if (decoder_->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
    av_channel_layout_default(&decoder_->ch_layout, decoder_->ch_layout.nb_channels);

  encoder_.reset(avcodec_alloc_context3(encoder));
  encoder_->sample_fmt = AV_SAMPLE_FMT_FLTP;
  encoder_->sample_rate = supported_rate(*encoder, decoder_->sample_rate);
  av_channel_layout_default(&encoder_->ch_layout,
                            std::clamp(decoder_->ch_layout.nb_channels, 1, 6));
  encoder_->bit_rate = 96000 * encoder_->ch_layout.nb_channels;
  encoder_->time_base = {1, encoder_->sample_rate};
  if (global_headers) encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  frame_ = new_frame();
  out_ = new_packet();
  return avcodec_open2(encoder_.get(), encoder, nullptr) >= 0 && build_filters(from.time_base);
}

// resample (filling gaps by the stamps) > the encoder's format > frames of the encoder's size
bool SoundEncoder::build_filters(AVRational time_base) {
  graph_.reset(avfilter_graph_alloc());
  const std::string input =
      fmt::format("time_base={}/{}:sample_rate={}:sample_fmt={}:channel_layout={}", time_base.num,
                  time_base.den, decoder_->sample_rate, static_cast<int>(decoder_->sample_fmt),
                  layout_name(*decoder_));
  const std::string output = fmt::format(
      "aresample=async=1,aformat=sample_fmts=fltp:sample_rates={}:channel_layouts={},asetnsamples="
      "n={}:p=0",
      encoder_->sample_rate, layout_name(*encoder_), encoder_->frame_size);
  const bool ends = avfilter_graph_create_filter(&source_, avfilter_get_by_name("abuffer"), "in",
                                                 input.c_str(), nullptr, graph_.get()) >= 0 &&
                    avfilter_graph_create_filter(&sink_, avfilter_get_by_name("abuffersink"), "out",
                                                 nullptr, nullptr, graph_.get()) >= 0;
  if (!ends) return false;
  AVFilterInOut* open_input = avfilter_inout_alloc();
  AVFilterInOut* open_output = avfilter_inout_alloc();
  *open_output = {.name = av_strdup("in"), .filter_ctx = source_, .pad_idx = 0, .next = nullptr};
  *open_input = {.name = av_strdup("out"), .filter_ctx = sink_, .pad_idx = 0, .next = nullptr};
  const int parsed =
      avfilter_graph_parse_ptr(graph_.get(), output.c_str(), &open_input, &open_output, nullptr);
  avfilter_inout_free(&open_input);
  avfilter_inout_free(&open_output);
  return parsed >= 0 && avfilter_graph_config(graph_.get(), nullptr) >= 0;
}

void SoundEncoder::encode(const AVPacket& packet, const Sink& sink) {
  if (avcodec_send_packet(decoder_.get(), &packet) >= 0) move_decoded(sink);
}

void SoundEncoder::finish(const Sink& sink) {
  avcodec_send_packet(decoder_.get(), nullptr);
  move_decoded(sink);
  if (av_buffersrc_add_frame(source_, nullptr) >= 0) move_filtered(sink);
  avcodec_send_frame(encoder_.get(), nullptr);
  move_encoded(sink);
}

void SoundEncoder::move_decoded(const Sink& sink) {
  while (avcodec_receive_frame(decoder_.get(), frame_.get()) >= 0) {
    frame_->pts = frame_->best_effort_timestamp;
    if (av_buffersrc_add_frame(source_, frame_.get()) >= 0) move_filtered(sink);
  }
}

void SoundEncoder::move_filtered(const Sink& sink) {
  while (av_buffersink_get_frame(sink_, frame_.get()) >= 0) {
    frame_->pts =
        av_rescale_q(frame_->pts, av_buffersink_get_time_base(sink_), encoder_->time_base);
    const bool taken = avcodec_send_frame(encoder_.get(), frame_.get()) >= 0;
    av_frame_unref(frame_.get());
    if (taken) move_encoded(sink);
  }
}

void SoundEncoder::move_encoded(const Sink& sink) {
  while (avcodec_receive_packet(encoder_.get(), out_.get()) >= 0) {
    sink(*out_);
    av_packet_unref(out_.get());
  }
}

}  // namespace dramatis
