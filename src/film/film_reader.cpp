#include "film/film_reader.h"

#include <algorithm>
#include <cmath>

#include "base/failure.h"
#include "film/fingerprint.h"
#include "film/frame_pixels.h"
#include "film/frame_source.h"

namespace dramatis {
namespace {

constexpr const char* stage = "decoding the film";

double container_duration_s(const AVFormatContext& format, const AVStream& stream) {
  if (stream.duration > 0) return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  return std::max(0.0, static_cast<double>(format.duration) / AV_TIME_BASE);
}

bool has_sound(const AVFormatContext& format) {
  return std::any_of(
      format.streams, format.streams + format.nb_streams,
      [](const AVStream* stream) { return stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO; });
}

FrameNumber expected_frames(const AVStream& stream, double duration_s) {
  if (stream.nb_frames > 0) return stream.nb_frames;
  return std::llround(duration_s * rational_of(stream.avg_frame_rate, {25}).to_double());
}

Rational pixel_aspect(const AVFormatContext& format, const AVStream& stream, const AVFrame& frame) {
  return rational_of(
      av_guess_sample_aspect_ratio(const_cast<AVFormatContext*>(&format),
                                   const_cast<AVStream*>(&stream), const_cast<AVFrame*>(&frame)),
      {1});
}

// Time and codec are the container's word; pictures are described by the first of them.
FilmInfo describe(const std::string& path, const FrameSource& source, const AVFrame& first) {
  const AVFormatContext& format = source.decoder().format();
  const AVStream& stream = source.decoder().stream();
  const Orientation orientation = orientation_of(stream, first);
  FilmInfo info;
  info.path = path;
  info.width = first.width;
  info.height = first.height;
  info.frame_rate = source.frame_rate();
  info.pixel_aspect = pixel_aspect(format, stream, first);
  info.time_base = rational_of(stream.time_base, {1, 25});
  info.rotation_degrees = 90 * orientation.quarter_turns;
  info.duration_s = container_duration_s(format, stream);
  info.expected_frames = expected_frames(stream, info.duration_s);
  info.codec = avcodec_get_name(stream.codecpar->codec_id);
  info.has_sound = has_sound(format);
  info.fingerprint = content_fingerprint(path);
  if (orientation.swaps_sides()) {
    std::swap(info.width, info.height);
    info.pixel_aspect = Rational(1) / info.pixel_aspect;
  }
  return info;
}

}  // namespace

struct FilmReader::Machine {
  Machine(const std::string& path, const FilmReaderOptions& wanted);

  FramePtr take_next();
  bool seek(FrameNumber number, std::int64_t stamp);
  bool jump_to(std::int64_t key_frame_before, FrameNumber number, std::int64_t stamp);
  bool walk_to(FrameNumber number, std::int64_t stamp);
  void read_first_frame(const std::string& path);

  FilmReaderOptions options;
  FrameSource source;
  FilmInfo info;
  FramePtr fetched;  ///< the next frame, where it was needed before it was asked for
  FrameNumber next_number = 0;
  std::int64_t end_stamp = 0;
  std::int64_t damaged_before = 0;         ///< by sources that a seek replaced
  std::optional<bool> clock_runs_through;  ///< once it was needed
  bool ended = false;
};

FilmReader::Machine::Machine(const std::string& path, const FilmReaderOptions& wanted)
    : options(wanted), source(path, wanted.threads) {
  read_first_frame(path);
  info = describe(path, source, *fetched);
  end_stamp = fetched->pts;
}

void FilmReader::Machine::read_first_frame(const std::string& path) {
  fetched = source.next();
  if (!fetched) throw film_failure(path, stage, "not one picture in it can be decoded");
  if (!sws_isSupportedInput(static_cast<AVPixelFormat>(fetched->format)))
    throw film_failure(path, stage, "its pictures have a layout that is unknown here");
}

FramePtr FilmReader::Machine::take_next() { return fetched ? std::move(fetched) : source.next(); }

// In a file whose clock runs through, a jump lands on a key frame and walks from there. It counts
// only if every stamp on the way is the container's own and at least one frame came before the one
// wanted (which may need it for deinterlacing, and shows that nothing was missed); else the next
// jump starts earlier, and the last resort is the film's start.
bool FilmReader::Machine::seek(FrameNumber number, std::int64_t stamp) {
  const auto second =
      std::max<std::int64_t>(1, av_rescale_q(1, {1, 1}, source.decoder().stream().time_base));
  if (!clock_runs_through) clock_runs_through = source.decoder().clock_runs_through();
  if (number > 0 && *clock_runs_through)
    for (const std::int64_t before : {std::int64_t{1}, 2 * second, 12 * second})
      if (jump_to(stamp - before, number, stamp)) return true;
  return walk_to(number, stamp);
}

bool FilmReader::Machine::jump_to(std::int64_t key_frame_before, FrameNumber number,
                                  std::int64_t stamp) {
  fetched.reset();
  ended = false;
  if (!source.seek(key_frame_before)) return false;
  FramePtr frame = source.next();
  if (!frame || frame->pts >= stamp) return false;
  while (frame && frame->pts < stamp) frame = source.next();
  if (!frame || frame->pts != stamp || !source.stamps_as_said()) return false;
  fetched = std::move(frame);
  next_number = number;
  return true;
}

bool FilmReader::Machine::walk_to(FrameNumber number, std::int64_t stamp) {
  damaged_before += source.decoder().damaged_packets();
  source = FrameSource(info.path, options.threads);
  ended = false;
  next_number = 0;
  fetched = source.next();
  while (fetched && fetched->pts < stamp) {
    fetched = source.next();
    ++next_number;
  }
  return fetched && fetched->pts == stamp && next_number == number;
}

FilmReader::FilmReader(const std::string& path, const FilmReaderOptions& options)
    : machine_(std::make_unique<Machine>(path, options)) {}
FilmReader::~FilmReader() = default;
FilmReader::FilmReader(FilmReader&&) noexcept = default;
FilmReader& FilmReader::operator=(FilmReader&&) noexcept = default;

const FilmInfo& FilmReader::info() const { return machine_->info; }

std::optional<Frame> FilmReader::next() {
  Machine& m = *machine_;
  FramePtr frame = m.take_next();
  if (!frame) {
    m.ended = true;
    return std::nullopt;
  }
  const std::int64_t stamp = frame->pts;
  m.end_stamp = stamp + std::max<std::int64_t>(1, frame->pkt_duration);
  const Orientation orientation = orientation_of(m.source.decoder().stream(), *frame);
  auto pixels = std::make_shared<const Frame::Pixels>(
      Frame::Pixels{Frame::Pixels::Decoded{std::move(frame), orientation}});
  return Frame(std::move(pixels), m.next_number++, stamp, m.info.width, m.info.height);
}

bool FilmReader::seek(FrameNumber number, std::int64_t stamp) {
  return machine_->seek(number, stamp);
}

std::int64_t FilmReader::end_stamp() const { return machine_->end_stamp; }

std::int64_t FilmReader::damaged_packets() const {
  return machine_->damaged_before + machine_->source.decoder().damaged_packets();
}

bool FilmReader::cut_short() const {
  return machine_->ended && machine_->source.decoder().cut_short();
}

}  // namespace dramatis
