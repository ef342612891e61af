#pragma once

// How good are tracks? The measures of the field, against a truth, box by box and identity by
// identity. All are equal to those of TrackEval (Luiten 2020) on the same boxes; see bench/tracks/.

#include <span>

#include "tracks/mot_file.h"

namespace dramatis {

/// Shares from 0 to 1, except mota, which has no lower bound, and the counts.
struct TrackScores {
  // Higher Order Tracking Accuracy (Luiten et al. 2021), mean over 19 overlap thresholds.
  double hota = 0;
  double det_a = 0;  ///< are heads found
  double ass_a = 0;  ///< do they keep their identity
  double loc_a = 0;  ///< do the boxes fit

  // At an overlap of one half. CLEAR MOT (Bernardin and Stiefelhagen 2008):
  double mota = 0;
  long found = 0;
  long missed = 0;
  long false_boxes = 0;
  long identity_switches = 0;
  // Identity measures (Ristani et al. 2016):
  double idf1 = 0;
  double id_precision = 0;
  double id_recall = 0;
};

/// Truth boxes of confidence 0 are left out. An id appears at most once in a frame. To score
/// several films together, give them frames and ids of their own.
TrackScores score_tracks(std::span<const MotBox> truth, std::span<const MotBox> tracked);

}  // namespace dramatis
