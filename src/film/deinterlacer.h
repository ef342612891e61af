#pragma once

#include "film/ffmpeg.h"

namespace dramatis {

/// Turns interlaced frames into whole ones, one for one (bwdif: Weston's three-field filter with
/// motion detection), and lets others through. It looks one frame ahead, so pull() may have nothing
/// yet. Idle, and free, until the first interlaced frame.
class Deinterlacer {
 public:
  explicit Deinterlacer(AVRational time_base = {1, 25}, int threads = 0)
      : time_base_(time_base), threads_(threads) {}

  bool active() const { return graph_ != nullptr; }
  /// Whether the frame has to go this way. (One in a layout that no filter knows has not.)
  bool wants(const AVFrame& frame) { return active() || (frame.interlaced_frame && build(frame)); }

  /// After a change of size or format, drain with finish() first; accepts() tells.
  bool accepts(const AVFrame& frame) const;
  void push(FramePtr frame);
  /// The next whole frame in the order of push, its pts and duration kept; null: push more.
  FramePtr pull();
  /// No more frames: pull() gives what is left. The next push starts anew.
  void finish();
  void forget();

 private:
  bool build(const AVFrame& first);

  AVRational time_base_;
  int threads_;
  FilterGraphPtr graph_;
  AVFilterContext* source_ = nullptr;
  AVFilterContext* sink_ = nullptr;
  int width_ = 0, height_ = 0, format_ = -1;
};

}  // namespace dramatis
