#pragma once

// An invented world for the tests of this folder: pictures that carry their own number, and films
// in codecs, containers and states that FilmWriter never makes. Only *_test.cpp files include it.

extern "C" {
#include <libavutil/display.h>
}

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "film/ffmpeg.h"
#include "film/film_reader.h"
#include "film/film_writer.h"
#include "film/picture_conversion.h"

namespace dramatis::test {

/// A folder of its own for one test, gone with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "dramatis-film-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  int files() const {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Ten bits in two rows of five blocks, dark or light: survives any codec, and any size of its
/// film.
inline Picture numbered_picture(int number, int width = 80, int height = 48) {
  Picture picture(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int bit = 5 * (2 * y / height) + 5 * x / width;
      picture.at<cv::Vec3b>(y, x) = cv::Vec3b::all(number >> bit & 1 ? 210 : 40);
    }
  return picture;
}

inline int number_in(const Picture& picture) {
  int number = 0;
  for (int bit = 0; bit < 10; ++bit) {
    const int x = (2 * (bit % 5) + 1) * picture.cols / 10,
              y = (2 * (bit / 5) + 1) * picture.rows / 4;
    number |= (picture.at<cv::Vec3b>(y, x)[1] > 125 ? 1 : 0) << bit;
  }
  return number;
}

/// How a made-up film is made. Sound is 8 kHz PCM, and starts at `sound_start_s`.
struct Recipe {
  std::string codec = "mpeg4";
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
  int width = 80, height = 48;
  int frames = 25;
  AVRational time_base{1, 25};
  std::int64_t first_stamp = 0;
  int b_frames = 0;
  int key_frame_every = 12;
  AVColorSpace colour_space = AVCOL_SPC_UNSPECIFIED;
  AVColorRange colour_range = AVCOL_RANGE_UNSPECIFIED;
  AVColorTransferCharacteristic transfer = AVCOL_TRC_UNSPECIFIED;
  AVRational pixel_aspect{1, 1};
  bool interlaced = false;
  std::vector<std::int32_t> display_matrix;
  std::optional<double> sound_start_s;
  double sound_s = 1;
  std::vector<std::string> subtitles;  ///< one a second
  std::function<Picture(int)> picture;
};

/// Writes a film without FilmWriter. Throws std::runtime_error where FFmpeg refuses.
class RecipeWriter {
 public:
  RecipeWriter(const std::string& path, const Recipe& recipe) : recipe_(recipe) {
    check(avformat_alloc_output_context2(&out_, nullptr, nullptr, path.c_str()), "container");
    open_video();
    if (recipe.sound_start_s) open_sound();
    if (!recipe.subtitles.empty()) open_subtitles();
    check(avio_open(&out_->pb, path.c_str(), AVIO_FLAG_WRITE), "file");
    check(avformat_write_header(out_, nullptr), "header");
  }
  ~RecipeWriter() {
    avio_closep(&out_->pb);
    avformat_free_context(out_);
  }

  void write() {
    write_sound();
    write_subtitles();
    for (int i = 0; i < recipe_.frames; ++i) send(frame(i).get());
    send(nullptr);
    check(av_write_trailer(out_), "trailer");
  }

 private:
  static void check(int result, const char* what) {
    if (result < 0) throw std::runtime_error(std::string(what) + ": " + error_words(result));
  }

  void open_video() {
    const AVCodec* encoder = avcodec_find_encoder_by_name(recipe_.codec.c_str());
    if (!encoder) throw std::runtime_error("no encoder " + recipe_.codec);
    video_ = avformat_new_stream(out_, nullptr);
    codec_.reset(avcodec_alloc_context3(encoder));
    codec_->width = recipe_.width, codec_->height = recipe_.height;
    codec_->pix_fmt = recipe_.format;
    codec_->time_base = recipe_.time_base;
    codec_->framerate = av_inv_q(recipe_.time_base);
    codec_->sample_aspect_ratio = video_->sample_aspect_ratio = recipe_.pixel_aspect;
    codec_->colorspace = recipe_.colour_space, codec_->color_range = recipe_.colour_range;
    codec_->color_trc = recipe_.transfer;
    codec_->gop_size = recipe_.key_frame_every, codec_->max_b_frames = recipe_.b_frames;
    codec_->bit_rate = 4000000;
    codec_->thread_count = 1;
    codec_->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
    if (recipe_.interlaced)
      codec_->flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
    if (out_->oformat->flags & AVFMT_GLOBALHEADER) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    check(avcodec_open2(codec_.get(), encoder, nullptr), "encoder");
    avcodec_parameters_from_context(video_->codecpar, codec_.get());
    video_->time_base = recipe_.time_base;
    video_->avg_frame_rate = codec_->framerate;
    if (recipe_.display_matrix.empty()) return;
    const std::size_t size = 9 * sizeof(std::int32_t);
    std::memcpy(av_stream_new_side_data(video_, AV_PKT_DATA_DISPLAYMATRIX, size),
                recipe_.display_matrix.data(), size);
  }

  void open_sound() {
    sound_ = avformat_new_stream(out_, nullptr);
    AVCodecParameters& parameters = *sound_->codecpar;
    parameters.codec_type = AVMEDIA_TYPE_AUDIO;
    parameters.codec_id = AV_CODEC_ID_PCM_S16LE;
    parameters.format = AV_SAMPLE_FMT_S16;
    parameters.sample_rate = 8000;
    parameters.bits_per_coded_sample = 16;
    parameters.block_align = 2;
    av_channel_layout_default(&parameters.ch_layout, 1);
    sound_->time_base = {1, 8000};
  }

  void open_subtitles() {
    subtitle_ = avformat_new_stream(out_, nullptr);
    subtitle_->codecpar->codec_type = AVMEDIA_TYPE_SUBTITLE;
    subtitle_->codecpar->codec_id = AV_CODEC_ID_SUBRIP;
    subtitle_->time_base = {1, 1000};
  }

  void write_sound() {
    if (!sound_) return;
    const auto start = static_cast<std::int64_t>(*recipe_.sound_start_s * 8000);
    for (int sample = 0; sample < recipe_.sound_s * 8000; sample += 400) {
      PacketPtr packet = new_packet();
      check(av_new_packet(packet.get(), 800), "packet");
      for (int i = 0; i < 800; ++i) packet->data[i] = static_cast<std::uint8_t>((sample + i) * 7);
      packet->pts = packet->dts = start + sample, packet->duration = 400;
      put(*packet, {1, 8000}, *sound_);
    }
  }

  void write_subtitles() {
    for (std::size_t i = 0; i < recipe_.subtitles.size(); ++i) {
      PacketPtr packet = new_packet();
      const std::string& text = recipe_.subtitles[i];
      check(av_new_packet(packet.get(), static_cast<int>(text.size())), "packet");
      std::memcpy(packet->data, text.data(), text.size());
      packet->pts = packet->dts = static_cast<std::int64_t>(1000 * i), packet->duration = 800;
      put(*packet, {1, 1000}, *subtitle_);
    }
  }

  FramePtr frame(int i) const {
    FramePtr frame = new_frame();
    frame->width = recipe_.width, frame->height = recipe_.height, frame->format = recipe_.format;
    frame->colorspace = recipe_.colour_space, frame->color_range = recipe_.colour_range;
    check(av_frame_get_buffer(frame.get(), 0), "frame");
    fill_from(
        recipe_.picture ? recipe_.picture(i) : numbered_picture(i, recipe_.width, recipe_.height),
        *frame);
    frame->interlaced_frame = frame->top_field_first = recipe_.interlaced;
    frame->pts = recipe_.first_stamp + i;
    return frame;
  }

  void send(const AVFrame* frame) {
    check(avcodec_send_frame(codec_.get(), frame), "encoding");
    PacketPtr packet = new_packet();
    while (avcodec_receive_packet(codec_.get(), packet.get()) >= 0) {
      packet->duration = 1;
      put(*packet, recipe_.time_base, *video_);
    }
  }

  void put(AVPacket& packet, AVRational time_base, const AVStream& stream) {
    av_packet_rescale_ts(&packet, time_base, stream.time_base);
    packet.stream_index = stream.index;
    check(av_interleaved_write_frame(out_, &packet), "packet");
  }

  Recipe recipe_;
  AVFormatContext* out_ = nullptr;
  CodecPtr codec_;
  AVStream* video_ = nullptr;
  AVStream* sound_ = nullptr;
  AVStream* subtitle_ = nullptr;
};

inline std::string make_film(const std::string& path, const Recipe& recipe = {}) {
  RecipeWriter(path, recipe).write();
  return path;
}

/// A film of FilmWriter's: numbered pictures at the stamps given, in milliseconds.
inline std::string write_film(const std::string& path, const std::vector<std::int64_t>& stamps_ms,
                              FilmWriterOptions options = {}) {
  if (options.width == 0) options.width = 80, options.height = 48;
  options.time_base = {1, 1000};
  FilmWriter writer(path, options);
  for (std::size_t i = 0; i < stamps_ms.size(); ++i)
    writer.write(numbered_picture(static_cast<int>(i), options.width, options.height),
                 stamps_ms[i]);
  writer.finish(stamps_ms.back() + 40);
  return path;
}

inline std::vector<std::int64_t> every_40_ms(int frames) {
  std::vector<std::int64_t> stamps;
  for (int i = 0; i < frames; ++i) stamps.push_back(40 * i);
  return stamps;
}

inline std::vector<Frame> all_frames(FilmReader& reader) {
  std::vector<Frame> frames;
  while (std::optional<Frame> frame = reader.next()) frames.push_back(*frame);
  return frames;
}

inline std::vector<int> numbers_in(const std::vector<Frame>& frames) {
  std::vector<int> numbers;
  for (const Frame& frame : frames) numbers.push_back(number_in(frame.picture()));
  return numbers;
}

inline std::vector<int> counted_to(int end) {
  std::vector<int> numbers;
  for (int i = 0; i < end; ++i) numbers.push_back(i);
  return numbers;
}

/// The sentence with which this film is refused; "" if it is taken.
inline std::string refusal(const std::string& path) {
  try {
    FilmReader reader(path);
    return "";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::film);
    EXPECT_EQ(std::string(failure.what()).find(path + ": "), 0u) << failure.what();
    return failure.what();
  }
}

/// The folder of real clips and photographs, which are no part of this project; empty without it.
inline std::filesystem::path real_material() {
  if (const char* folder = std::getenv("DRAMATIS_DATA")) return folder;
  for (auto at = std::filesystem::path(__FILE__).parent_path(); at != at.parent_path();
       at = at.parent_path())
    if (std::filesystem::exists(at / "shared/data/clips.csv")) return at / "shared/data";
  return {};
}

}  // namespace dramatis::test
