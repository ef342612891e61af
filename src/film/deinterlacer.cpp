#include "film/deinterlacer.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include <fmt/format.h>

#include <new>

namespace dramatis {

bool Deinterlacer::accepts(const AVFrame& frame) const {
  return !active() || (frame.width == width_ && frame.height == height_ && frame.format == format_);
}

void Deinterlacer::push(FramePtr frame) {
  if (av_buffersrc_add_frame(source_, frame.get()) < 0) throw std::bad_alloc();
}

FramePtr Deinterlacer::pull() {
  if (!active()) return nullptr;
  FramePtr frame = new_frame();
  const int result = av_buffersink_get_frame(sink_, frame.get());
  if (result == AVERROR_EOF) forget();
  if (result < 0) return nullptr;
  frame->pts = av_rescale_q(frame->pts, av_buffersink_get_time_base(sink_), time_base_);
  return frame;
}

void Deinterlacer::finish() {
  if (active() && av_buffersrc_add_frame(source_, nullptr) < 0) forget();
}

void Deinterlacer::forget() { graph_.reset(); }

bool Deinterlacer::build(const AVFrame& first) {
  width_ = first.width, height_ = first.height, format_ = first.format;
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  graph_->nb_threads = threads_;
  const std::string input = fmt::format("video_size={}x{}:pix_fmt={}:time_base={}/{}", width_,
                                        height_, format_, time_base_.num, time_base_.den);
  AVFilterContext* filter = nullptr;
  const auto add = [&](AVFilterContext** made, const char* name, const char* options) {
    return avfilter_graph_create_filter(made, avfilter_get_by_name(name), name, options, nullptr,
                                        graph_.get());
  };
  const bool built =
      add(&source_, "buffer", input.c_str()) >= 0 &&
      add(&filter, "bwdif", "mode=send_frame:deint=interlaced") >= 0 &&
      add(&sink_, "buffersink", nullptr) >= 0 && avfilter_link(source_, 0, filter, 0) >= 0 &&
      avfilter_link(filter, 0, sink_, 0) >= 0 && avfilter_graph_config(graph_.get(), nullptr) >= 0;
  if (!built) graph_.reset();
  return built;
}

}  // namespace dramatis
