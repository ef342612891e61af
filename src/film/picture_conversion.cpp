#include "film/picture_conversion.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <array>
#include <cmath>
#include <deque>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"

namespace dramatis {
namespace {

// Everything a scaler is made for. Making one takes longer than using it on a small picture.
struct Conversion {
  int from_width, from_height;
  AVPixelFormat from_format;
  int to_width, to_height;
  AVPixelFormat to_format;
  int colour_space;  // of the side that is not blue-green-red
  bool from_full_range, to_full_range;
  friend bool operator==(const Conversion&, const Conversion&) = default;
};

// The "J" formats are an older way to say: the same, in full range.
AVPixelFormat without_range(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ411P:
      return AV_PIX_FMT_YUV411P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    default:
      return format;
  }
}

bool full_range(const AVFrame& frame) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  return frame.color_range == AVCOL_RANGE_JPEG || without_range(format) != format;
}

int colour_space(const AVFrame& frame) {
  if (frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RGB)
    return frame.colorspace;
  return frame.width > 1024 || frame.height > 576 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

// SWS_AREA averages when shrinking (each new pixel is the mean of those it covers, so that a head
// of a few pixels is not stepped over), and interpolates linearly when enlarging.
ScalerPtr new_scaler(const Conversion& c) {
  ScalerPtr scaler(sws_alloc_context());
  if (!scaler) throw std::bad_alloc();
  const auto set = [&](const char* name, int value) {
    av_opt_set_int(scaler.get(), name, value, 0);
  };
  set("srcw", c.from_width), set("srch", c.from_height), set("src_format", c.from_format);
  set("dstw", c.to_width), set("dsth", c.to_height), set("dst_format", c.to_format);
  set("sws_flags", SWS_AREA);
  // Before sws_init_context(), which else picks short cuts that know no full range.
  set("src_range", c.from_full_range), set("dst_range", c.to_full_range);
  if (sws_init_context(scaler.get(), nullptr, nullptr) < 0) return nullptr;
  const int* matrix = sws_getCoefficients(c.colour_space);
  sws_setColorspaceDetails(scaler.get(), matrix, c.from_full_range, matrix, c.to_full_range, 0,
                           1 << 16, 1 << 16);
  return scaler;
}

// One of the few scalers this thread used last; null where FFmpeg has no such conversion.
SwsContext* scaler_for(const Conversion& wanted) {
  constexpr std::size_t kept = 8;
  thread_local std::deque<std::pair<Conversion, ScalerPtr>> scalers;
  for (const auto& [conversion, scaler] : scalers)
    if (conversion == wanted) return scaler.get();
  if (scalers.size() == kept) scalers.pop_front();
  scalers.emplace_back(wanted, new_scaler(wanted));
  return scalers.back().second.get();
}

// The vector code of the scaler likes rows that start on 64 bytes and may touch the rest of the
// row.
Picture padded_picture(int width, int height) {
  const int padded_width = (width + 63) / 64 * 64;
  return Picture(height, padded_width, CV_8UC3)(cv::Rect(0, 0, width, height));
}

Picture scaled_by(SwsContext* scaler, const AVFrame& frame, int width, int height) {
  Picture picture = padded_picture(width, height);
  std::array<std::uint8_t*, 4> rows{picture.data};
  const std::array<int, 4> strides{static_cast<int>(picture.step)};
  if (sws_scale(scaler, frame.data, frame.linesize, 0, frame.height, rows.data(), strides.data()) <=
      0)
    throw std::bad_alloc();
  return picture.isContinuous() ? picture : picture.clone();
}

// Films for bright screens (HDR10, Dolby Vision over it) code light up to 10000 nits by SMPTE ST
// 2084; shown as they are, faces come out flat and grey. Each code becomes its light, brought down
// to an ordinary screen by Reinhard et al. (2002) with white at 1000 nits and reference white at
// 203.
Picture for_ordinary_screens(const Picture& coded) {
  static const cv::Mat table = [] {
    cv::Mat codes(1, 256, CV_8UC1);
    for (int code = 0; code < 256; ++code) {
      const double e = std::pow(code / 255.0, 32.0 / 2523);
      const double nits =
          10000 *
          std::pow(std::max(e - 0.8359375, 0.0) / (18.8515625 - 18.6875 * e), 8192.0 / 1305);
      const double light = nits / 203, white = 1000.0 / 203;
      const double shown = std::min(1.0, light * (1 + light / (white * white)) / (1 + light));
      codes.at<std::uint8_t>(code) =
          static_cast<std::uint8_t>(std::lround(255 * std::pow(shown, 1 / 2.4)));
    }
    return codes;
  }();
  Picture picture;
  cv::LUT(coded, table, picture);
  return picture;
}

Conversion to_bgr(const AVFrame& frame, int width, int height) {
  return {.from_width = frame.width,
          .from_height = frame.height,
          .from_format = without_range(static_cast<AVPixelFormat>(frame.format)),
          .to_width = width,
          .to_height = height,
          .to_format = AV_PIX_FMT_BGR24,
          .colour_space = colour_space(frame),
          .from_full_range = full_range(frame),
          .to_full_range = true};
}

}  // namespace

Picture converted(const AVFrame& frame, int width, int height) {
  if (SwsContext* scaler = scaler_for(to_bgr(frame, width, height))) {
    const Picture picture = scaled_by(scaler, frame, width, height);
    return frame.color_trc == AVCOL_TRC_SMPTE2084 ? for_ordinary_screens(picture) : picture;
  }
  // Extreme proportions are more than one scaler can do: colours first, then size.
  SwsContext* colours = scaler_for(to_bgr(frame, frame.width, frame.height));
  if (!colours)
    throw Failure(FailureKind::film, "The film's pixel format cannot be converted to colours.");
  Picture picture;
  cv::resize(scaled_by(colours, frame, frame.width, frame.height), picture, {width, height}, 0, 0,
             cv::INTER_AREA);
  return picture;
}

void fill_from(const Picture& picture, AVFrame& frame) {
  const Conversion conversion{.from_width = picture.cols,
                              .from_height = picture.rows,
                              .from_format = AV_PIX_FMT_BGR24,
                              .to_width = frame.width,
                              .to_height = frame.height,
                              .to_format = without_range(static_cast<AVPixelFormat>(frame.format)),
                              .colour_space = colour_space(frame),
                              .from_full_range = true,
                              .to_full_range = full_range(frame)};
  SwsContext* scaler = scaler_for(conversion);
  if (!scaler) throw Failure(FailureKind::other, "A picture could not be converted for writing.");
  const std::array<const std::uint8_t*, 4> rows{picture.data};
  const std::array<int, 4> strides{static_cast<int>(picture.step)};
  sws_scale(scaler, rows.data(), strides.data(), 0, picture.rows, frame.data, frame.linesize);
}

}  // namespace dramatis
