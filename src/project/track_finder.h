#pragma once

#include <span>
#include <vector>

#include "project/anchor.h"
#include "project/stored_track.h"

namespace dramatis {

/// What to remember of a track: heads spread evenly over it, found ones rather than filled-in ones,
/// and the head of its best face.
TrackAnchor anchor_of(const StoredTrack& track, const Timeline& timeline);

/// The part of an anchor's heads that one track covers.
struct AnchorMatch {
  std::size_t track = 0;  ///< place in the list of tracks
  float share = 0;        ///< 0 to 1, of the anchor's heads
};

/// Finds the tracks of today that an anchor speaks of: at each of its frames the track whose box
/// overlaps best, if any comes near. Another tracker, other thresholds, or ids given anew make no
/// difference, as long as the heads are followed at all.
/// Cost: a few tracks are on the screen at a time, so a look-up does not depend on the film's
/// length.
class TrackFinder {
 public:
  /// The tracks must outlive the finder.
  explicit TrackFinder(std::span<const StoredTrack> tracks);

  /// Largest share first; empty when none of the heads is tracked today.
  std::vector<AnchorMatch> find(const TrackAnchor& anchor) const;

 private:
  /// Which tracks are on the screen in the frames [i * kFrames, (i + 1) * kFrames).
  static constexpr FrameNumber kFrames = 64;
  const std::vector<std::size_t>* around(FrameNumber frame) const;

  std::span<const StoredTrack> tracks_;
  std::vector<std::vector<std::size_t>> by_time_;
};

}  // namespace dramatis
