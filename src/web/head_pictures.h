#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "project/analysis_store.h"
#include "project/stored_track.h"
#include "web/film_pictures.h"

namespace dramatis {

using Jpeg = std::vector<std::uint8_t>;

/// What the heads of a track look like: the small pictures that were kept when the film was looked
/// at; where a track has none, its head is cut out of the film. Safe to use from several threads.
class HeadPictures {
 public:
  HeadPictures(const std::string& project_folder, FilmPictures& film);

  /// The head nearest to the best face.
  Jpeg face(const StoredTrack& track);
  /// Up to `heads` of them side by side, in the order of time, each a square of `side_px`.
  Jpeg strip(const StoredTrack& track, int heads, int side_px);
  /// The pictures taken so far, those last taken first: while there are no tracks yet.
  std::vector<Jpeg> latest(FrameNumber frames_done, std::size_t count);

 private:
  std::vector<HeadPicture> of(const StoredTrack& track);
  Picture from_film(const StoredTrack& track);

  std::mutex mutex_;
  AnalysisStore store_;
  FilmPictures& film_;
};

/// The frame that shows the track best: that of its best face, else its middle.
FrameNumber best_frame(const StoredTrack& track);
/// Where its head is in a frame of its range.
const Box& box_at(const StoredTrack& track, FrameNumber frame);

}  // namespace dramatis
