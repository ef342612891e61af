#pragma once

#include <cstdint>
#include <string>

#include "film/container_promise.h"
#include "film/film_input.h"

namespace dramatis {

/// The packets of one stream turned into frames in presentation order, as stored. Damage is stepped
/// over and counted; the file's end, wherever it comes, ends the frames.
class VideoDecoder {
 public:
  VideoDecoder(const std::string& path, int threads);

  /// Null at the end.
  FramePtr next();
  /// Goes to a key frame at or before the stamp where the container knows one; false where it
  /// cannot.
  bool seek(std::int64_t stamp);

  const AVFormatContext& format() const { return *input_.format; }
  const AVStream& stream() const { return *input_.video; }
  const AVCodec& codec() const { return *input_.decoder; }
  std::int64_t damaged_packets() const { return damaged_packets_; }
  /// Whether the stamps in the file run through from start to end. Spliced recordings start their
  /// clock anew in the middle, and then a stamp does not say which place is meant. Reads the file
  /// (without decoding) where the format allows such splices, else knows at once.
  bool clock_runs_through() const;
  bool cut_short() const { return promise_.broken(*input_.format); }

 private:
  bool read_packet();
  void feed_codec();

  std::string path_;
  FilmInput input_;
  CodecPtr codec_;
  PacketPtr packet_;
  ContainerPromise promise_;
  std::int64_t damaged_packets_ = 0;
};

}  // namespace dramatis
