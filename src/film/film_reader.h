#pragma once

// The only door through which pictures come in. FFmpeg's types stay behind it.

#include <memory>
#include <optional>
#include <string>

#include "base/frame_time.h"
#include "film/frame.h"

namespace dramatis {

/// What is known of a film before it is decoded.
struct FilmInfo {
  std::string path;
  int width = 0;  ///< pixels of the picture as displayed: rotation applied
  int height = 0;
  Rational frame_rate{25, 1};   ///< nominal; the truth for a variable rate is in the Timeline
  Rational pixel_aspect{1, 1};  ///< width of a pixel over its height, as displayed
  Rational time_base{1, 25};    ///< unit of Frame::stamp()
  int rotation_degrees = 0;     ///< clockwise turn that was applied for display: 0, 90, 180, 270
  double duration_s = 0;        ///< as the container says; 0 when it does not
  FrameNumber expected_frames = 0;  ///< estimate for progress only
  std::string codec;                ///< "h264"
  bool has_sound = false;
  /// Names the film's content, not its path: size and samples of its bytes, hashed.
  std::string fingerprint;
};

struct FilmReaderOptions {
  int threads = 0;  ///< of the decoder; 0: as many as the machine has
};

/// Decodes the first real video stream (not cover art) in presentation order, numbering frames
/// from 0; stamps strictly ascend (a repeated or backward stamp is moved on by one tick, a clock
/// that starts anew in the middle goes on from where it was). Frames of another size than the first
/// are scaled to the first one's. Interlaced material is deinterlaced, one frame a frame. Damaged
/// packets are skipped and counted; a file that ends too early ends the film there. Not for several
/// threads at once.
class FilmReader {
 public:
  /// Throws Failure{film}, one sentence, for what cannot be used: no such file, a folder, empty,
  /// not a film, no picture in it (sound only), a codec that is unknown, not one frame decodable.
  explicit FilmReader(const std::string& path, const FilmReaderOptions& options = {});
  ~FilmReader();
  FilmReader(FilmReader&&) noexcept;
  FilmReader& operator=(FilmReader&&) noexcept;

  const FilmInfo& info() const;

  /// The next frame, or nothing at the end.
  std::optional<Frame> next();

  /// Goes to a frame whose stamp is known from an earlier pass over the same film; the next call of
  /// next() returns exactly it, numbered `number`. Falls back to decoding from the start where the
  /// container cannot seek exactly; false if there is no such frame.
  bool seek(FrameNumber number, std::int64_t stamp);

  /// When the last frame returned stops being shown, in time-base units.
  std::int64_t end_stamp() const;
  /// Packets that could not be decoded so far, wholly or in part.
  std::int64_t damaged_packets() const;
  /// Set after the end when the file stopped before what its container promised.
  bool cut_short() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
