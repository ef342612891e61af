#pragma once

// A cast held against a truth: which labelled head is which track's, then how well the people
// agree.

#include <optional>
#include <span>
#include <vector>

#include "eval/people_scores.h"
#include "eval/truth.h"
#include "project/snapshot.h"
#include "shots/shot_scores.h"
#include "tracks/track_scores.h"

namespace dramatis {

/// A track as it is scored.
struct CastTrack {
  int id = 0;
  std::optional<int> person;  ///< nobody: a picture, ignored, or of no person
  FrameNumber start = 0;
  std::vector<Box> boxes;  ///< one for each frame from `start`
};

/// As the project is shown: with the user's decisions.
std::vector<CastTrack> cast_tracks_of(const Snapshot& snapshot);

/// A labelled head and the track that has it.
struct HeadMatch {
  std::size_t label = 0;             ///< a place among the labelled heads
  std::optional<std::size_t> track;  ///< a place among the tracks; nothing: the head was missed
};

/// One-to-one in each frame: as many pairs as there can be whose boxes overlap by at least
/// `least_overlap` (area shared over area covered), and of these the pairing with the greatest sum
/// of overlaps (Hungarian method). In the order of the labels.
std::vector<HeadMatch> match_heads(std::span<const LabelledHead> labels,
                                   std::span<const CastTrack> tracks, float least_overlap = 0.4f);

struct PeopleEvaluation {
  // Only for a truth of heads:
  int heads = 0;        ///< labelled
  int heads_found = 0;  ///< that a track has
  /// Scores of those things that were found; nothing when none was. A track without a person is a
  /// cluster of its own.
  std::optional<PeopleScores> by_frames;  ///< items: labelled heads, or the frames of tracks
  std::optional<PeopleScores> by_tracks;  ///< items: tracks; each is whose most of its heads are
  /// By frames, every missed head being a cluster of its own. Nothing without labels.
  std::optional<PrecisionRecall> bcubed_with_missed;
  int people = 0;  ///< of the truth
  int cast = 0;    ///< persons that have one of the tracks
  int clicks = 0;  ///< to a correct cast, as of PeopleScores::clicks, by tracks

  double head_recall() const;  ///< 1 without labelled heads
};

/// Throws Failure{usage}, naming file and line, when the truth speaks of a track that there is not.
PeopleEvaluation evaluate_people(const PeopleTruth& truth, std::span<const CastTrack> tracks);

/// HOTA and its relatives, of the boxes that `export --format mot` writes.
TrackScores evaluate_tracks(std::span<const MotBox> truth, std::span<const CastTrack> tracks);

/// As the project has them.
ShotBoundaries shot_boundaries_of(std::span<const Shot> shots);

struct ShotEvaluation {
  CutScores cuts;  ///< hard cuts alone
  CutScores all;   ///< wherever a shot begins, be it a cut, a fade, a dissolve or a wipe
};
ShotEvaluation evaluate_shots(const ShotBoundaries& truth, const ShotBoundaries& found,
                              FrameNumber tolerance_frames);

}  // namespace dramatis
