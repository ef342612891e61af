#include "shots/shot_scores.h"

#include <cstdlib>

namespace dramatis {
namespace {

double share(int part, int rest) {
  return part + rest > 0 ? static_cast<double>(part) / (part + rest) : 1.0;
}

}  // namespace

double CutScores::precision() const { return share(right, false_cuts); }
double CutScores::recall() const { return share(right, missed); }
double CutScores::f() const {
  const double both = precision() + recall();
  return both > 0 ? 2 * precision() * recall() / both : 0;
}

// Going through both lists in order and pairing the two earliest that are close enough loses
// nothing: intervals of one length around points in order never gain from crossing pairs.
CutScores score_cuts(std::span<const FrameNumber> found, std::span<const FrameNumber> truth,
                     FrameNumber tolerance_frames) {
  CutScores scores;
  scores.tolerance_frames = tolerance_frames;
  std::size_t f = 0, t = 0;
  while (f < found.size() && t < truth.size()) {
    if (std::abs(found[f] - truth[t]) <= tolerance_frames) {
      ++scores.right, ++f, ++t;
    } else if (found[f] < truth[t]) {
      ++f;
    } else {
      ++t;
    }
  }
  scores.false_cuts = static_cast<int>(found.size()) - scores.right;
  scores.missed = static_cast<int>(truth.size()) - scores.right;
  return scores;
}

CutScores operator+(const CutScores& a, const CutScores& b) {
  return {a.right + b.right, a.missed + b.missed, a.false_cuts + b.false_cuts, a.tolerance_frames};
}

}  // namespace dramatis
