#pragma once

#include <string>

#include "film/ffmpeg.h"

namespace dramatis {

/// A file opened and looked into: the stream of pictures in it, and what decodes that.
struct FilmInput {
  InputPtr format;
  AVStream* video = nullptr;
  const AVCodec* decoder = nullptr;
};

/// The first stream of moving pictures (not cover art) whose codec is known. Throws Failure{film}
/// with one sentence for everything that is not a film.
FilmInput open_film(const std::string& path);

/// Opens any media file of this machine, whatever its name (no address of a network, no pattern, no
/// list of other files). Null with the error in `error` where it is none.
InputPtr open_media(const std::string& path, int& error);

/// Throws Failure{film} when the decoder refuses the stream. `threads` 0: as many as the machine
/// has.
CodecPtr open_decoder(const FilmInput& input, int threads, const std::string& path);

}  // namespace dramatis
