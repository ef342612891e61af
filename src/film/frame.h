#pragma once

#include <cstdint>
#include <memory>

#include "base/frame_time.h"
#include "base/geometry.h"
#include "base/picture.h"

namespace dramatis {

/// One frame of a film as it is displayed (rotation applied). Cheap to copy: copies share the
/// decoded picture, which stays in the decoder's own layout until a size is asked for. Safe to use
/// from several threads at once.
class Frame {
 public:
  /// A frame made of a picture, for tests and for photographs.
  static Frame of_picture(const Picture& picture, FrameNumber number = 0, std::int64_t stamp = 0);

  FrameNumber number() const { return number_; }
  std::int64_t stamp() const { return stamp_; }  ///< in the film's time base
  int width() const { return width_; }           ///< pixels, as displayed
  int height() const { return height_; }

  /// The whole frame at this size, each side at least 1. Shrinking averages, so that small heads
  /// survive. Straight from the decoder's layout: asking for a small picture of a large frame is
  /// much cheaper than converting the large one.
  Picture picture(int width, int height) const;
  Picture picture() const { return picture(width_, height_); }

  /// As picture(), but of a frame much higher than `height` only as many rows are read as give
  /// three for two of the sketch: reading them is what costs. For measuring; details as thin as a
  /// row may be missed.
  Picture sketch(int width, int height) const;

  struct Pixels;  // FFmpeg's frame, or a Picture: for the files of this folder

 private:
  friend class FilmReader;
  Frame(std::shared_ptr<const Pixels> pixels, FrameNumber number, std::int64_t stamp, int width,
        int height)
      : pixels_(std::move(pixels)),
        number_(number),
        stamp_(stamp),
        width_(width),
        height_(height) {}

  std::shared_ptr<const Pixels> pixels_;
  FrameNumber number_ = 0;
  std::int64_t stamp_ = 0;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace dramatis
