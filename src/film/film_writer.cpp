#include "film/film_writer.h"

#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <opencv2/core.hpp>
#include <optional>

#include "base/failure.h"
#include "film/muxer.h"
#include "film/picture_conversion.h"
#include "film/side_streams.h"
#include "film/unfinished_file.h"

namespace dramatis {
namespace {

constexpr AVRational microseconds{1, 1000000};

int even(int side) { return side + side % 2; }

// High definition is BT.709, standard definition BT.601; said in the file, so that no player
// guesses.
void set_colours(AVCodecContext& codec) {
  const bool high_definition = codec.width > 1024 || codec.height > 576;
  codec.color_range = AVCOL_RANGE_MPEG;
  codec.colorspace = high_definition ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  codec.color_primaries = high_definition ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M;
  codec.color_trc = high_definition ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M;
}

CodecPtr open_encoder(const AVCodec* encoder, const FilmWriterOptions& options,
                      bool global_headers) {
  if (!encoder) return nullptr;
  CodecPtr codec(avcodec_alloc_context3(encoder));
  if (!codec) throw std::bad_alloc();
  codec->width = even(options.width);
  codec->height = even(options.height);
  codec->pix_fmt = AV_PIX_FMT_YUV420P;
  codec->time_base = av_rational_of(options.time_base);
  codec->framerate = av_rational_of(options.frame_rate);
  codec->sample_aspect_ratio = av_rational_of(options.pixel_aspect);
  codec->gop_size = std::max(1, static_cast<int>(std::lround(4 * options.frame_rate.to_double())));
  codec->thread_count = 0;
  set_colours(*codec);
  if (global_headers) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  codec->flags |= AV_CODEC_FLAG_QSCALE;  // for encoders without a constant rate factor
  codec->global_quality = FF_QP2LAMBDA * std::max(1, options.quality / 5);
  AVDictionary* dictionary = nullptr;
  av_dict_set(&dictionary, "preset", "veryfast", 0);
  av_dict_set_int(&dictionary, "crf", options.quality, 0);
  const int error = avcodec_open2(codec.get(), encoder, &dictionary);
  av_dict_free(&dictionary);
  return error >= 0 ? std::move(codec) : nullptr;
}

CodecPtr open_best_encoder(const FilmWriterOptions& options, bool global_headers) {
  for (const AVCodec* encoder :
       {avcodec_find_encoder_by_name("libx264"), avcodec_find_encoder_by_name("libopenh264"),
        avcodec_find_encoder(AV_CODEC_ID_H264), avcodec_find_encoder(AV_CODEC_ID_MPEG4)})
    if (CodecPtr codec = open_encoder(encoder, options, global_headers)) return codec;
  throw Failure(FailureKind::other, "There is no encoder here that can write this film.");
}

FramePtr new_picture_frame(const AVCodecContext& codec) {
  FramePtr frame = new_frame();
  frame->width = codec.width;
  frame->height = codec.height;
  frame->format = codec.pix_fmt;
  frame->colorspace = codec.colorspace;
  frame->color_range = codec.color_range;
  frame->sample_aspect_ratio = codec.sample_aspect_ratio;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  return frame;
}

// 4:2:0 has colours for two by two pixels: an odd side repeats its last pixels once.
Picture evened(const Picture& picture, int width, int height) {
  if (picture.cols == width && picture.rows == height) return picture;
  Picture padded;
  cv::copyMakeBorder(picture, padded, 0, height - picture.rows, 0, width - picture.cols,
                     cv::BORDER_REPLICATE);
  return padded;
}

void check_options(const std::string& path, const FilmWriterOptions& options) {
  if (options.width < 1 || options.height < 1)
    throw Failure(FailureKind::other, path + ": a film without a size cannot be written");
  std::error_code ignored;
  if (!options.sound_from.empty() && std::filesystem::equivalent(path, options.sound_from, ignored))
    throw usage_failure(path + ": this would write over the film itself");
}

}  // namespace

// A picture waits in `pending` until the next one tells how long it is shown.
struct FilmWriter::Machine {
  Machine(const std::string& path, const FilmWriterOptions& wanted);

  void start(std::int64_t first_stamp);
  void send_pending(std::int64_t until_stamp);
  void move_packets();

  FilmWriterOptions options;
  UnfinishedFile file;
  Muxer muxer;
  CodecPtr codec;
  AVStream* stream = nullptr;
  std::optional<SideStreams> side_streams;
  FramePtr pending;
  PacketPtr packet;
  std::map<std::int64_t, std::int64_t> durations;  ///< by pts, of pictures inside the encoder
  std::int64_t origin = 0;                         ///< stamp at which the new file's time is 0
  std::optional<std::int64_t> last_stamp;
  std::vector<std::string> notes;
};

FilmWriter::Machine::Machine(const std::string& path, const FilmWriterOptions& wanted)
    : options((check_options(path, wanted), wanted)), file(path), muxer(path, file.path()) {
  codec = open_best_encoder(options, muxer.wants_global_headers());
  stream = &muxer.add_stream();
  avcodec_parameters_from_context(stream->codecpar, codec.get());
  stream->time_base = codec->time_base;
  stream->avg_frame_rate = codec->framerate;
  stream->sample_aspect_ratio = codec->sample_aspect_ratio;
  if (!options.sound_from.empty()) {
    side_streams.emplace(options.sound_from, muxer);
    notes = side_streams->notes();
  }
  muxer.write_header();
  pending = new_picture_frame(*codec);
  packet = new_packet();
}

// The new file starts at 0 with its first picture or sound, whichever comes first.
void FilmWriter::Machine::start(std::int64_t first_stamp) {
  origin = first_stamp;
  if (!side_streams) return;
  const std::int64_t picture_us = av_rescale_q(first_stamp, codec->time_base, microseconds);
  const std::int64_t sound_us = side_streams->start_us(picture_us);
  if (sound_us < picture_us) origin = av_rescale_q(sound_us, microseconds, codec->time_base);
  side_streams->set_origin_us(av_rescale_q(origin, codec->time_base, microseconds));
}

void FilmWriter::Machine::send_pending(std::int64_t until_stamp) {
  durations[pending->pts] = until_stamp - origin - pending->pts;
  if (avcodec_send_frame(codec.get(), pending.get()) < 0)
    throw Failure(FailureKind::other, file.path() + ": a picture could not be encoded");
  move_packets();
}

void FilmWriter::Machine::move_packets() {
  while (avcodec_receive_packet(codec.get(), packet.get()) >= 0) {
    const auto duration = durations.find(packet->pts);
    if (duration != durations.end()) {
      packet->duration = duration->second;
      durations.erase(duration);
    }
    if (side_streams)
      side_streams->write_until(av_rescale_q(packet->dts, codec->time_base, microseconds));
    av_packet_rescale_ts(packet.get(), codec->time_base, stream->time_base);
    packet->stream_index = stream->index;
    muxer.write(*packet);
  }
}

FilmWriter::FilmWriter(const std::string& path, const FilmWriterOptions& options)
    : machine_(std::make_unique<Machine>(path, options)) {}
FilmWriter::~FilmWriter() = default;

void FilmWriter::write(const Picture& picture, std::int64_t stamp) {
  Machine& m = *machine_;
  if (picture.cols != m.options.width || picture.rows != m.options.height ||
      picture.type() != CV_8UC3)
    throw std::invalid_argument("a picture of another size than the film's");
  if (m.last_stamp && stamp <= *m.last_stamp)
    throw std::invalid_argument("time stamps that do not ascend");
  if (m.last_stamp)
    m.send_pending(stamp);
  else
    m.start(stamp);
  if (av_frame_make_writable(m.pending.get()) < 0) throw std::bad_alloc();
  fill_from(evened(picture, m.codec->width, m.codec->height), *m.pending);
  m.pending->pts = stamp - m.origin;
  m.last_stamp = stamp;
}

void FilmWriter::finish(std::int64_t end_stamp) {
  Machine& m = *machine_;
  if (m.last_stamp) m.send_pending(std::max(end_stamp, *m.last_stamp + 1));
  avcodec_send_frame(m.codec.get(), nullptr);
  m.move_packets();
  if (m.side_streams) m.side_streams->write_rest();
  m.muxer.write_trailer();
  m.file.move_to_goal();
}

const std::vector<std::string>& FilmWriter::notes() const { return machine_->notes; }

}  // namespace dramatis
