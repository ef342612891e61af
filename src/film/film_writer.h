#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/frame_time.h"
#include "base/picture.h"

namespace dramatis {

struct FilmWriterOptions {
  int width = 0;
  int height = 0;
  Rational time_base{1, 25};
  Rational frame_rate{25, 1};
  Rational pixel_aspect{1, 1};
  /// Its sound and subtitles are copied as they are, where the container can hold them (else the
  /// sound is encoded anew), in step with the pictures' stamps; empty for a silent film.
  std::string sound_from;
  int quality = 20;  ///< constant rate factor of H.264: lower is better and larger
};

/// Writes an H.264 film; the container follows from the name (.mp4, .mkv, .mov). Written beside the
/// goal under another name and moved there by finish(), so a stopped run leaves nothing
/// half-written. Sizes are even: an odd side repeats its last pixels once. Stamps are kept exactly
/// relative to each other (Matroska keeps milliseconds); the file's time 0 is its first picture or
/// sound.
class FilmWriter {
 public:
  /// Throws Failure{other} when the file cannot be written, Failure{usage} when it is `sound_from`.
  FilmWriter(const std::string& path, const FilmWriterOptions& options);
  ~FilmWriter();  ///< without finish(): removes what was written

  /// Pictures of the given size with strictly ascending stamps. Throws Failure{other} (disk full).
  void write(const Picture& picture, std::int64_t stamp);
  void finish(std::int64_t end_stamp);

  /// A sentence for each stream of `sound_from` that could not be kept.
  const std::vector<std::string>& notes() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
