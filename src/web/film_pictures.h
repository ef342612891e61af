#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "film/film_reader.h"
#include "project/analysis_store.h"

namespace dramatis {

/// Any frame of the film, for people to look at: also of films that no browser can play. The film
/// is opened at the first question. Safe to use from several threads; they wait for each other.
class FilmPictures {
 public:
  explicit FilmPictures(const std::string& project_folder);

  /// Frame `number`, this wide at most, with the pixels made square. Nothing when the film is gone
  /// or has no such frame. The next frames after one asked for cost a step of the decoder, others a
  /// jump in the film.
  std::optional<Picture> frame(FrameNumber number, int max_width_px);
  /// The same frame as stored in the film, in whose pixels all boxes are.
  std::optional<Picture> whole_frame(FrameNumber number);

 private:
  std::optional<Frame> read(FrameNumber number);
  bool open();

  static constexpr std::size_t kFramesKept = 12;

  std::string folder_;
  std::mutex mutex_;
  std::optional<FilmReader> reader_;
  std::vector<std::int64_t> stamps_;
  FrameNumber next_ = 0;   ///< that the reader would return
  std::list<Frame> kept_;  ///< the last ones asked for, newest first
};

/// The largest size of the picture that is at most so wide, with the film's pixels made square.
cv::Size shown_size(const FilmInfo& film, int max_width_px);

}  // namespace dramatis
