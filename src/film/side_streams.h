#pragma once

#include <memory>
#include <string>
#include <vector>

#include "film/film_input.h"
#include "film/muxer.h"

namespace dramatis {

class SoundEncoder;

/// The sound and the subtitles of a film on their way into another file: packet by packet as they
/// are, or, where the new container cannot hold a sound codec, encoded anew as AAC.
/// Throws Failure{film} when the source cannot be opened.
class SideStreams {
 public:
  SideStreams(const std::string& source, Muxer& muxer);
  ~SideStreams();

  /// Where the earliest sound starts, in microseconds of the source's clock; `otherwise` if there
  /// is none.
  std::int64_t start_us(std::int64_t otherwise) const;
  /// Where the source's clock stands when the new file's is at 0. Before the first write.
  void set_origin_us(std::int64_t origin_us) { origin_us_ = origin_us; }

  /// Writes what belongs before this moment of the new file.
  void write_until(std::int64_t moment_us);
  void write_rest();

  /// A sentence for each stream that could not be kept.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  struct Route;
  void add_route(AVStream& from);
  void pass_on(Route& route, AVPacket& packet);
  std::int64_t moment_us(const AVPacket& packet) const;

  Muxer& muxer_;
  InputPtr input_;
  std::vector<std::unique_ptr<Route>> routes_;  ///< by stream of the source; null: not kept
  std::vector<std::string> notes_;
  PacketPtr packet_;
  bool packet_waits_ = false;  ///< read, but belongs after the last moment asked for
  std::int64_t origin_us_ = 0;
};

}  // namespace dramatis
