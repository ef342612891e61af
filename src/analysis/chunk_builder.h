#pragma once

#include <deque>
#include <optional>

#include "analysis/eyes.h"
#include "project/film_chunk.h"

namespace dramatis {

/// Of the film's pictures, displayed.
struct FilmShape {
  int width = 0;
  int height = 0;
  double frames_per_second = 25;
};

/// Puts together the chunks of a film from stamps, features and looks, which arrive at different
/// times, each in frame order. Once all of a chunk is there, heads that the detectors lost are
/// followed through its pictures, which are kept no longer than that.
class ChunkBuilder {
 public:
  ChunkBuilder(FrameNumber first_frame, FrameNumber chunk_frames, const FilmShape& film);

  void add_frame(FrameNumber frame, std::int64_t stamp);
  void expect_look(FrameNumber frame);  ///< one will come for this frame
  void add_features(const FrameFeatures& features);
  void add_look(Seen seen);
  void end_film() { film_ended_ = true; }

  /// The oldest chunk, once nothing of it is missing; each is given once.
  std::optional<FilmChunk> take_ready();

 private:
  struct Draft {
    FilmChunk chunk;
    std::vector<GreyLevels> greys;  ///< one for each of the chunk's looks
    int looks_to_come = 0;
  };
  Draft& draft_of(FrameNumber frame);
  bool whole(const Draft& draft) const;

  FrameNumber chunk_frames_;
  FilmShape film_;
  FrameNumber next_feature_frame_;
  bool film_ended_ = false;
  std::deque<Draft> drafts_;
};

/// Of many pictures of the same heads in a chunk, those worth keeping: for each head that can be
/// followed by overlap from look to look, the `keep` best faces (or its middle, without a face) of
/// every few seconds. A sudden change of the picture ends what is followed: what stands in the same
/// place after a cut is somebody else. The chunk has one picture for each head of each look.
std::vector<HeadPicture> worth_keeping(const FilmChunk& chunk, int keep);

}  // namespace dramatis
