#pragma once

#include <span>

namespace dramatis {

/// How alike (cosine) two faces look when they are the same person, and when they are not: two bell
/// curves over the same axis.
struct Calibration {
  double different_mean = 0.12;
  double different_sd = 0.14;
  double same_mean = 0.70;
  double same_sd = 0.15;

  /// Natural logarithm of the odds that two tracks are the same person, as far as their faces tell,
  /// before anything is known of how many people there are. Never falls as `similarity` grows.
  double log_odds(double similarity) const;
  /// The least similarity with these log odds.
  double similarity_at(double log_odds) const;
};

/// A pair of tracks of this film.
struct SeenPair {
  float similarity = 0;
  bool different = false;  ///< known to be two people
};

/// Learned from the film's own pairs of tracks: the two curves that explain them best, where most
/// pairs may be either and some are known to be two people (expectation maximisation, Dempster,
/// Laird and Rubin 1977). What is usual for embeddings counts as one more witness, so that a film
/// with few pairs still works. `tracks`: how many tracks the pairs are of.
Calibration calibrated(std::span<const SeenPair> pairs, double tracks);

}  // namespace dramatis
