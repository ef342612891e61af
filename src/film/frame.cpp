#include "film/frame.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "film/frame_pixels.h"
#include "film/picture_conversion.h"

namespace dramatis {
namespace {

Picture resized(const Picture& picture, int width, int height) {
  if (picture.cols == width && picture.rows == height) return picture.clone();
  const bool shrinks = width < picture.cols || height < picture.rows;
  Picture out;
  cv::resize(picture, out, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return out;
}

// Turned after shrinking: the fewer pixels, the cheaper.
Picture decoded_picture(const Frame::Pixels::Decoded& decoded, int width, int height) {
  if (decoded.orientation.swaps_sides()) std::swap(width, height);
  return oriented(converted(*decoded.frame, width, height), decoded.orientation);
}

/// The same pixels with only every `step`-th row: what follows a row in memory is `step` rows on.
FramePtr with_fewer_rows(const AVFrame& frame, int step) {
  FramePtr fewer(av_frame_clone(&frame));
  if (!fewer) throw std::bad_alloc();
  fewer->height /= step;
  for (int& stride : fewer->linesize) stride *= step;
  return fewer;
}

bool has_palette(const AVFrame& frame) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return format && (format->flags & AV_PIX_FMT_FLAG_PAL);
}

}  // namespace

Frame Frame::of_picture(const Picture& picture, FrameNumber number, std::int64_t stamp) {
  if (picture.empty() || picture.type() != CV_8UC3)
    throw std::invalid_argument("a frame is made of a picture in blue-green-red");
  return Frame(std::make_shared<const Pixels>(Pixels{picture}), number, stamp, picture.cols,
               picture.rows);
}

Picture Frame::picture(int width, int height) const {
  if (width < 1 || height < 1) throw std::invalid_argument("a picture without pixels");
  if (const auto* decoded = std::get_if<Pixels::Decoded>(&pixels_->source))
    return decoded_picture(*decoded, width, height);
  return resized(std::get<Picture>(pixels_->source), width, height);
}

Picture Frame::sketch(int width, int height) const {
  const auto* decoded = std::get_if<Pixels::Decoded>(&pixels_->source);
  if (!decoded || width < 1 || height < 1 || has_palette(*decoded->frame))
    return picture(width, height);
  const int rows_wanted = decoded->orientation.swaps_sides() ? width : height;
  const int step = 2 * decoded->frame->height / (3 * rows_wanted);  // three rows for two
  if (step <= 1) return picture(width, height);
  const Pixels::Decoded fewer{with_fewer_rows(*decoded->frame, step), decoded->orientation};
  return decoded_picture(fewer, width, height);
}

}  // namespace dramatis
