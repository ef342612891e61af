#pragma once

#include <vector>

#include "base/progress.h"
#include "project/analysis_store.h"
#include "tracks/tracker.h"

namespace dramatis {

/// Follows heads through the shots of a film, and remembers the tracks of the shots it was given
/// last: a shot of the same frames is not followed again. The tracks of a shot depend on what was
/// seen in its own frames alone, so remembering changes what it costs and never what comes out.
/// While a film is still being looked at, only its last shot and the new ones are work.
/// Memory: the tracks of the whole film with their embeddings, some 50 MB for two hours.
class HeadFollower {
 public:
  /// `min_face_quality`: below it a track has no best face.
  HeadFollower(const TrackingOptions& options, float min_face_quality);

  /// The tracks of all these shots, which the store has seen to their ends; ids ascend from 1 in
  /// the order of the shots. Valid until the next call.
  const std::vector<StoredTrack>& follow(const AnalysisStore& store, const std::vector<Shot>& shots,
                                         const Watcher& watcher);

 private:
  std::vector<StoredTrack> follow_shot(const AnalysisStore& store, const Shot& shot,
                                       const FilmInfo& film,
                                       const std::vector<FrameFeatures>& features) const;
  std::vector<StoredTrack> tracks_of_known(std::size_t shot) const;
  void remember(const std::vector<Shot>& shots, std::vector<std::vector<StoredTrack>> followed);

  TrackingOptions options_;
  float min_face_quality_;
  std::vector<Shot> shots_;
  std::vector<StoredTrack> tracks_;
};

}  // namespace dramatis
