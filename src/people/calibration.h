#pragma once

#include <span>

namespace dramatis {

/// How alike (cosine) two tracks look when they are the same person, and when they are not: two
/// bell curves over the same axis.
struct Calibration {
  double different_mean = 0.05;
  double different_sd = 0.14;
  double same_mean = 0.70;
  double same_sd = 0.14;

  /// Natural logarithm of the odds that two tracks are the same person, as far as their faces tell,
  /// before anything is known of how many people there are. Never falls as `similarity` grows.
  double log_odds(double similarity) const;
  /// Where the odds are even.
  double even() const;
};

/// A pair of tracks of this film.
struct SeenPair {
  float similarity = 0;    ///< cosine of their templates
  bool different = false;  ///< known to be two people
};

/// Learned from the film's own pairs of tracks, of which most are unlabelled: the two curves that
/// explain them best (expectation maximisation, Dempster et al. 1977). What is usual for embeddings
/// counts as much as `prior_tracks` tracks, so that a film with few pairs still works.
/// `tracks`: how many tracks the pairs are of.
Calibration calibrated(std::span<const SeenPair> pairs, double tracks, double prior_tracks = 40);

}  // namespace dramatis
