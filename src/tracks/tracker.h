#pragma once

#include <span>
#include <vector>

#include "base/frame_time.h"
#include "heads/head.h"
#include "tracks/motion.h"
#include "tracks/track.h"

namespace dramatis {

/// Everything known of one shot. No track crosses its ends.
struct ShotLooks {
  FrameRange range;
  /// Frames to take no best face from: see Shot::clean_start.
  FrameRange clean_range;
  double frames_per_second = 25;
  int picture_width = 0;
  int picture_height = 0;
  std::span<const Look> looks;  ///< ascending frames inside the range; not every frame has one
  /// Global picture motion from each frame of the range to the next, in pixels; empty: none known.
  std::span<const Point> camera_motion;
  /// How much moves besides the camera: the structure change (shots/frame_features.h) that nine in
  /// ten of its frames stay below. Below TrackingOptions::least_stir the shot is a photograph.
  double stir = 1;
};

struct TrackingOptions {
  // Which heads count.
  double sure_score = 0.3;  ///< detection score from which a head may begin a track, 0 to 1
  double low_score = 0.2;   ///< heads between this and sure_score may only continue one

  // Following a head from look to look.
  MotionNoise motion;
  bool learn_motion = true;  ///< fit the motion noise to each shot before tracking it
  /// Squared Mahalanobis distance, chi-squared with 4 degrees of freedom. DeepSORT's 9.49 (95 %)
  /// loses one right pair in twenty, more where a covered head's box jumps; wrong pairs are kept
  /// apart by their odds, not by the gate.
  double gate = 25;
  bool matching_cascade = true;  ///< tracks seen last are served first
  double min_overlap = 0.3;      ///< of boxes, in the round after the cascade, 0 to 1
  bool second_round = true;      ///< low-score heads continue tracks
  bool hold_camera = true;       ///< take the camera's motion out
  double patience_s = 1.0;       ///< a head unseen for longer ends its fragment

  // What heads look like.
  bool use_appearance = true;
  int gallery_size = 30;  ///< faces remembered of each track
  /// L2 distance of unit embeddings that speaks neither for one person nor for two.
  double face_boundary_l2 = 1.05;
  double colour_boundary = 0.25;  ///< likewise of colours (heads/colours.h), 0 to 1

  // The backward pass.
  int backward_passes = 2;  ///< how often heads are given out anew, with past and future known
  bool join_fragments = true;
  double max_gap_s = 2.0;          ///< longest gap that is bridged
  bool settle_crossings = true;    ///< look again at heads that met: who continues as whom
  double crossing_log_odds = 0.5;  ///< below this surety a meeting ends both tracks
  bool split_by_faces = true;      ///< split a finished track whose faces are two people
  /// Find portraits, posters, masks and statues, but only where something else moves and somebody
  /// lives (pictures.h): where a film shows photographs, their faces are its people.
  bool mark_pictures = true;
  double least_stir = 0.002;

  // Which tracks are kept. In a shot shorter than this, a track may be as short as the shot.
  FrameNumber min_track_frames = 5;  ///< the paper's f_min
  int min_seen_looks = 2;            ///< looks that found the head
  double min_seen_share = 0.3;       ///< of the looks that could have found it, 0 to 1
  double min_surety = 6;             ///< log odds that it is no chance alignment of false heads
  double min_head_height_px = 10;    ///< median
  double min_mean_score = 0.4;       ///< 0 to 1
  int telling_looks = 8;  ///< a head found in so many looks needs no score above low_score
};

/// Throws std::invalid_argument that names the first option outside of its bounds.
void validate(const TrackingOptions& options);

/// Follows the heads of a shot: one Track for each, covering every frame from its first to its
/// last. A pure function: same looks and options, same tracks. Tracks are ordered by first frame,
/// then by place from left to right. Throws std::invalid_argument when the looks do not ascend or
/// lie outside of the shot. Detections without faces, embeddings or colours are tracked by motion
/// alone. Followed heads (heads/following.h) carry tracks on, begin none, and are no evidence that
/// there is a head.
///
/// Method: DeepSORT (Wojke et al. 2017) with the low-score round of ByteTrack (Zhang et al. 2022),
/// then, since a film is not live, a second pass that joins, settles, splits and smooths. See
/// docs/tracks.md.
std::vector<Track> track_shot(const ShotLooks& shot, const TrackingOptions& options);

}  // namespace dramatis
