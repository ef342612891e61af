#pragma once

#include <span>

#include "base/frame_time.h"

namespace dramatis {

/// How well found cuts agree with true ones. A found cut is right when it can be paired with a true
/// one at most `tolerance` frames away, each used once; the pairing makes as many pairs as can be.
struct CutScores {
  int right = 0;
  int missed = 0;
  int false_cuts = 0;
  FrameNumber tolerance_frames = 0;

  double precision() const;  ///< 1 when nothing was found
  double recall() const;     ///< 1 when there was nothing to find
  double f() const;          ///< harmonic mean of both; 0 when both are 0
};

/// Both lists ascending: numbers of the first frames of new shots.
CutScores score_cuts(std::span<const FrameNumber> found, std::span<const FrameNumber> truth,
                     FrameNumber tolerance_frames);

CutScores operator+(const CutScores& a, const CutScores& b);

}  // namespace dramatis
