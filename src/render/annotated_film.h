#pragma once

// The film once more, with a box and a name on every head.

#include <functional>
#include <string>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"
#include "base/progress.h"

namespace dramatis {

/// A head in a frame and what to write at it.
struct HeadLabel {
  Box box;
  std::string text;  ///< "Rose", "person 3", in any script; empty: no tag
  int person = -1;   ///< gives the colour; -1: nobody, grey
  bool seen = true;  ///< false: filled in between looks, drawn dashed and fainter
};

struct AnnotatedFilm {
  std::string film_path;
  std::string output_path;  ///< .mp4, .mkv or .mov
  /// Of the film when it was analysed; another film at `film_path` is refused.
  Timeline timeline;
  /// Called once for each frame, in order.
  std::function<std::vector<HeadLabel>(FrameNumber)> labels_of;
  int quality = 20;  ///< as FilmWriterOptions::quality
};

/// Writes the film with its sound, its times and its pixel aspect as they are. Each person keeps
/// one colour; line and letters follow the height of picture and head; tags stay inside the picture
/// and off each other (where a picture is too crowded for that, a box stays without tag). Nothing
/// is left behind when it is stopped or fails. Returns the number of frames written. Throws
/// Failure{film} (unreadable, or not the film of the timeline), Failure{other} (not writable).
FrameNumber write_annotated_film(const AnnotatedFilm& film, const Watcher& watcher = {});

}  // namespace dramatis
