#include "film/film_input.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <thread>

#include "base/failure.h"

namespace dramatis {
namespace {

constexpr const char* stage = "opening the film";

void check_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    throw film_failure(path, stage, "there is no such file");
  if (std::filesystem::is_directory(status))
    throw film_failure(path, stage, "this is a folder, not a film");
  if (!std::filesystem::is_regular_file(status))
    throw film_failure(path, stage, "this is a pipe or a device, not a file");
  if (!std::ifstream(path)) throw film_failure(path, stage, "the file cannot be read");
  if (std::filesystem::file_size(path, error) == 0)
    throw film_failure(path, stage, "the file is empty");
}

// An MP4 whose recording was cut off has its pictures but not the index (moov) written at the end.
bool is_mp4_without_index(const std::string& path) {
  std::array<char, 12> start{};
  std::ifstream(path, std::ios::binary).read(start.data(), start.size());
  const std::string_view kind(start.data() + 4, 4);
  return kind == "ftyp" || kind == "mdat" || kind == "wide";
}

// Formats that show text as pictures are no films; FFmpeg takes any .txt or .nfo for one of these.
bool is_text_art(const AVStream& stream) {
  switch (stream.codecpar->codec_id) {
    case AV_CODEC_ID_ANSI:
    case AV_CODEC_ID_BINTEXT:
    case AV_CODEC_ID_XBIN:
    case AV_CODEC_ID_IDF:
      return true;
    default:
      return false;
  }
}

// Lists of other files: what they name is not for this program to fetch, nor part of the
// fingerprint.
bool is_list(const AVInputFormat& format) {
  const std::string_view name = format.name;
  return name == "concat" || name == "hls" || name == "dash" || name == "sdp" || name == "imf";
}

bool is_moving_picture(const AVStream& stream) {
  constexpr int stills = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;
  return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !(stream.disposition & stills) &&
         !is_text_art(stream);
}

Failure no_picture_failure(const AVFormatContext& format, const std::string& path) {
  const auto has = [&](auto test) { return std::ranges::any_of(streams_of(format), test); };
  if (has([](const AVStream* s) { return is_moving_picture(*s); }))
    return film_failure(path, stage, "its picture is in a codec that is unknown here");
  if (has([](const AVStream* s) { return s->codecpar->codec_type == AVMEDIA_TYPE_AUDIO; }))
    return film_failure(path, stage, "there is only sound in it, no picture");
  return film_failure(path, stage, "this is not a film");
}

void choose_video(FilmInput& input, const std::string& path) {
  for (AVStream* stream : streams_of(*input.format)) {
    if (!is_moving_picture(*stream)) continue;
    input.decoder = avcodec_find_decoder(stream->codecpar->codec_id);
    input.video = stream;
    if (input.decoder) return;
  }
  throw no_picture_failure(*input.format, path);
}

}  // namespace

InputPtr open_media(const std::string& path, int& error) {
  silence_ffmpeg();
  AVFormatContext* raw = nullptr;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "protocol_whitelist", "file", 0);
  av_dict_set(&options, "pattern_type", "none", 0);  // a photograph called %d.png is that one file
  error = avformat_open_input(&raw, ("file:" + path).c_str(), nullptr, &options);
  av_dict_free(&options);
  InputPtr format(raw);
  if (error >= 0) error = avformat_find_stream_info(format.get(), nullptr);
  return error >= 0 ? std::move(format) : nullptr;
}

FilmInput open_film(const std::string& path) {
  check_file(path);
  FilmInput input;
  int error = 0;
  input.format = open_media(path, error);
  if (!input.format && is_mp4_without_index(path))
    throw film_failure(
        path, stage, "the file was cut off before its index was written, so nothing can be played");
  if (!input.format) throw film_failure(path, stage, "this is not a film");
  if (is_list(*input.format->iformat))
    throw film_failure(path, stage, "this is a list of other files, not a film");
  choose_video(input, path);
  return input;
}

CodecPtr open_decoder(const FilmInput& input, int threads, const std::string& path) {
  CodecPtr codec(avcodec_alloc_context3(input.decoder));
  if (!codec) throw std::bad_alloc();
  avcodec_parameters_to_context(codec.get(), input.video->codecpar);
  codec->pkt_timebase = input.video->time_base;
  codec->thread_count =
      threads > 0 ? threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  codec->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  if (const int error = avcodec_open2(codec.get(), input.decoder, nullptr); error < 0)
    throw film_failure(path, stage, "its picture cannot be decoded: " + error_words(error));
  return codec;
}

}  // namespace dramatis
