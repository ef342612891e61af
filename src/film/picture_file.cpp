#include "film/picture_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "base/failure.h"
#include "film/ffmpeg.h"
#include "film/orientation.h"
#include "film/picture_conversion.h"
#include "film/unfinished_file.h"

namespace dramatis {
namespace {

using Bytes = std::vector<std::uint8_t>;

// FFmpeg reads a file through this, from memory.
struct ByteReader {
  const Bytes& bytes;
  std::size_t at = 0;

  static int read(void* self, std::uint8_t* to, int wanted) {
    auto& reader = *static_cast<ByteReader*>(self);
    const std::size_t size =
        std::min<std::size_t>(static_cast<std::size_t>(wanted), reader.bytes.size() - reader.at);
    if (size == 0) return AVERROR_EOF;
    std::memcpy(to, reader.bytes.data() + reader.at, size);
    reader.at += size;
    return static_cast<int>(size);
  }
};

struct IoDeleter {
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
using IoPtr = std::unique_ptr<AVIOContext, IoDeleter>;

IoPtr memory_io(ByteReader& reader) {
  constexpr int buffer_bytes = 1 << 16;
  auto* buffer = static_cast<unsigned char*>(av_malloc(buffer_bytes));
  IoPtr io(
      avio_alloc_context(buffer, buffer_bytes, 0, &reader, &ByteReader::read, nullptr, nullptr));
  if (!buffer || !io) throw std::bad_alloc();
  return io;
}

// "png_pipe", "jpeg_pipe", …: what FFmpeg calls a still picture told by its content.
bool is_still(const AVInputFormat& format) {
  return std::string_view(format.name).ends_with("_pipe");
}

bool is_picture_format(const AVInputFormat& format) {
  const std::string_view name = format.name;
  return is_still(format) || name == "gif" || name == "apng" || name == "ico";
}

InputPtr open_picture(AVIOContext& io) {
  AVFormatContext* raw = avformat_alloc_context();
  if (!raw) throw std::bad_alloc();
  raw->pb = &io;
  if (avformat_open_input(&raw, nullptr, nullptr, nullptr) < 0) return nullptr;
  InputPtr format(raw);
  const bool usable = is_picture_format(*format->iformat) && format->nb_streams > 0;
  return usable ? std::move(format) : nullptr;
}

// A still is one packet, the whole file; of the others the container tells the first one.
PacketPtr first_packet(AVFormatContext& format, const Bytes& bytes) {
  PacketPtr packet = new_packet();
  if (!is_still(*format.iformat)) {
    av_read_frame(&format, packet.get());
    return packet;
  }
  if (av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  std::memcpy(packet->data, bytes.data(), bytes.size());
  return packet;
}

FramePtr first_frame(AVFormatContext& format, const Bytes& bytes) {
  const AVCodecParameters& parameters = *format.streams[0]->codecpar;
  const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
  if (!decoder) return nullptr;
  CodecPtr codec(avcodec_alloc_context3(decoder));
  avcodec_parameters_to_context(codec.get(), &parameters);
  codec->thread_count = 1;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return nullptr;
  FramePtr frame = new_frame();
  const bool done = avcodec_send_packet(codec.get(), first_packet(format, bytes).get()) >= 0 &&
                    avcodec_send_packet(codec.get(), nullptr) >= 0 &&
                    avcodec_receive_frame(codec.get(), frame.get()) >= 0;
  return done ? std::move(frame) : nullptr;
}

std::optional<Picture> decoded(const Bytes& bytes) {
  silence_ffmpeg();
  ByteReader reader{bytes};
  const IoPtr io = memory_io(reader);
  const InputPtr format = open_picture(*io);
  const FramePtr frame = format ? first_frame(*format, bytes) : nullptr;
  if (!frame || !sws_isSupportedInput(static_cast<AVPixelFormat>(frame->format)))
    return std::nullopt;
  return oriented(converted(*frame, frame->width, frame->height),
                  orientation_of(*format->streams[0], *frame));
}

Bytes file_bytes(const std::string& path) {
  constexpr std::uintmax_t most_bytes = 1 << 30;
  constexpr const char* stage = "reading the picture";
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    throw film_failure(path, stage, "there is no such file");
  if (std::filesystem::is_directory(path)) throw film_failure(path, stage, "this is a folder");
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > most_bytes) throw film_failure(path, stage, "this is not a picture");
  std::ifstream file(path, std::ios::binary);
  Bytes bytes(size);
  if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
    throw film_failure(path, stage, "the file cannot be read");
  return bytes;
}

// One picture through one encoder.
Bytes encoded(AVCodecContext& codec, const AVCodec* encoder, AVFrame& frame) {
  codec.width = frame.width;
  codec.height = frame.height;
  codec.pix_fmt = static_cast<AVPixelFormat>(frame.format);
  codec.color_range = frame.color_range;
  codec.colorspace = frame.colorspace;
  codec.time_base = {1, 25};
  codec.thread_count = 1;
  PacketPtr packet = new_packet();
  const bool done =
      avcodec_open2(&codec, encoder, nullptr) >= 0 && avcodec_send_frame(&codec, &frame) >= 0 &&
      avcodec_send_frame(&codec, nullptr) >= 0 && avcodec_receive_packet(&codec, packet.get()) >= 0;
  if (!done) throw Failure(FailureKind::other, "A picture of this size cannot be stored.");
  return Bytes(packet->data, packet->data + packet->size);
}

FramePtr frame_for(const Picture& picture, AVPixelFormat format) {
  if (picture.empty() || picture.type() != CV_8UC3)
    throw std::invalid_argument("a picture in blue-green-red was expected");
  FramePtr frame = new_frame();
  frame->width = picture.cols;
  frame->height = picture.rows;
  frame->format = format;
  frame->color_range = AVCOL_RANGE_JPEG;
  frame->colorspace = AVCOL_SPC_BT470BG;  // what JPEG means by its colours
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  fill_from(picture, *frame);
  return frame;
}

// From the common scale of 1 to 100 to the encoder's step: its table times step/8 is then about as
// coarse as the example table of the JPEG standard at that quality.
int quantiser(int quality) {
  const double percent = quality < 50 ? 5000.0 / std::max(quality, 1) : 200.0 - 2.0 * quality;
  return static_cast<int>(std::clamp(std::lround(0.17 * percent), 1L, 31L));
}

}  // namespace

Picture read_picture(const std::string& path) {
  if (std::optional<Picture> picture = decoded(file_bytes(path))) return *picture;
  throw film_failure(path, "reading the picture", "this is not a picture");
}

Picture decode_picture(const Bytes& bytes) {
  if (std::optional<Picture> picture = decoded(bytes)) return *picture;
  throw Failure(FailureKind::film, "These bytes are not a picture.");
}

Bytes encode_jpeg(const Picture& picture, int quality) {
  const AVCodec* encoder = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  CodecPtr codec(avcodec_alloc_context3(encoder));
  if (!codec) throw std::bad_alloc();
  const FramePtr frame = frame_for(picture, AV_PIX_FMT_YUVJ420P);
  codec->flags |= AV_CODEC_FLAG_QSCALE;
  codec->global_quality = FF_QP2LAMBDA * quantiser(quality);
  frame->quality = codec->global_quality;
  return encoded(*codec, encoder, *frame);
}

void write_png(const std::string& path, const Picture& picture) {
  const AVCodec* encoder = avcodec_find_encoder(AV_CODEC_ID_PNG);
  CodecPtr codec(avcodec_alloc_context3(encoder));
  if (!codec) throw std::bad_alloc();
  const FramePtr frame = frame_for(picture, AV_PIX_FMT_RGB24);
  const Bytes bytes = encoded(*codec, encoder, *frame);
  UnfinishedFile file(path);
  std::ofstream out(file.path(), std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out)
    throw Failure(FailureKind::other, path + ": cannot be written: " + std::strerror(errno));
  file.move_to_goal();
}

}  // namespace dramatis
