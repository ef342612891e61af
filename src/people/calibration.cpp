#include "people/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

// The problem. Where "the same person" ends depends on the embedding and on the film: small or
// blurred faces, or a set lit in one colour, bring all faces nearer together.
//
// The idea. The similarities of all pairs of tracks are a heap with two humps: the many pairs of
// two people, and the few of one. Pairs seen together in one frame are known to belong to the
// first. Two bell curves are fitted to the heap by expectation maximisation, with mild expectations
// of where they lie (from photographs and films with the default embedding: docs/people.md) that a
// few tracks overrule. Because the humps can be anywhere with an unknown embedding, it starts from
// two places, the expectations and the middle of the heap, and keeps what explains the pairs
// better.
//
// N tracks make N^2 / 2 pairs but are not that many witnesses: all pairs together count as N.

namespace dramatis {
namespace {

constexpr double kSpreadOfDifferentMean = 0.15;  ///< between films and embeddings
constexpr double kSpreadOfSameMean = 0.10;
constexpr double kWitnessesOfMean = 8;  ///< how many tracks overrule what is usual
constexpr double kWitnessesOfSd = 20;
constexpr double kSurePair = 0.5;  ///< what a pair that is known to be two people counts
constexpr double kUsualShareSame = 0.15;
constexpr double kWitnessesOfShare = 10;
constexpr double kLeastGap = 0.15;  ///< between the means

double log_density(double x, double mean, double sd) {
  const double z = (x - mean) / sd;
  return -0.5 * z * z - std::log(sd);
}

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

double log_sum(double a, double b) {
  const double top = std::max(a, b);
  return top + std::log(std::exp(a - top) + std::exp(b - top));
}

struct Fit {
  Calibration curves;
  double share_same = kUsualShareSame;
};

/// Weighted sums of one curve's pairs.
struct Hump {
  double weight = 0, sum = 0, squares = 0;
  void add(double x, double w) {
    weight += w;
    sum += w * x;
    squares += w * x * x;
  }
  double mean(double usual) const {
    return (kWitnessesOfMean * usual + sum) / (kWitnessesOfMean + weight);
  }
  double sd(double usual, double mean) const {
    const double around = squares - 2 * mean * sum + weight * mean * mean;
    return std::sqrt((kWitnessesOfSd * usual * usual + std::max(0.0, around)) /
                     (kWitnessesOfSd + weight));
  }
};

Fit improved(const Fit& fit, std::span<const SeenPair> pairs, double weight) {
  const Calibration usual, &now = fit.curves;
  const double prior = std::log(fit.share_same / (1 - fit.share_same));
  Hump same, different;
  for (const SeenPair& pair : pairs) {
    const double x = pair.similarity;
    double p = pair.different ? 0 : probability(now.log_odds(x) + prior);
    if (!pair.different && x >= now.same_mean) p = 1;
    if (x <= now.different_mean) p = 0;
    same.add(x, weight * p);
    different.add(x, pair.different ? std::max(weight, kSurePair) : weight * (1 - p));
  }
  Fit next;
  next.share_same = (kWitnessesOfShare * kUsualShareSame + same.weight) /
                    (kWitnessesOfShare + same.weight + different.weight);
  Calibration& c = next.curves;
  c.different_mean = different.mean(usual.different_mean);
  c.different_sd = different.sd(usual.different_sd, c.different_mean);
  c.same_mean = std::max(same.mean(usual.same_mean), c.different_mean + kLeastGap);
  c.same_sd = same.sd(usual.same_sd, c.same_mean);
  return next;
}

/// How well the curves explain the pairs and agree with what is usual (a log likelihood).
double agreement(const Fit& fit, std::span<const SeenPair> pairs, double weight) {
  const Calibration usual, &c = fit.curves;
  double sum = 0;
  for (const SeenPair& pair : pairs) {
    const double different = std::log(1 - fit.share_same) +
                             log_density(pair.similarity, c.different_mean, c.different_sd);
    const double same =
        std::log(fit.share_same) + log_density(pair.similarity, c.same_mean, c.same_sd);
    sum += weight * (pair.different ? different : log_sum(different, same));
  }
  return sum + log_density(c.different_mean, usual.different_mean, kSpreadOfDifferentMean) +
         log_density(c.same_mean, usual.same_mean, kSpreadOfSameMean);
}

Fit settled(Fit fit, std::span<const SeenPair> pairs, double weight) {
  for (int round = 0; round < 40; ++round) fit = improved(fit, pairs, weight);
  return fit;
}

/// As if nearly all pairs were two people.
Fit middle_of_the_heap(std::span<const SeenPair> pairs) {
  std::vector<float> values;
  for (const SeenPair& pair : pairs) values.push_back(pair.similarity);
  const auto quantile = [&](double q) {
    const auto nth =
        values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), nth, values.end());
    return static_cast<double>(*nth);
  };
  Fit fit;
  fit.curves.different_mean = quantile(0.5);
  fit.curves.different_sd = std::max(0.02, fit.curves.different_mean - quantile(0.16));
  fit.curves.same_mean = std::max(quantile(0.99), fit.curves.different_mean + kLeastGap);
  fit.curves.same_sd = fit.curves.different_sd;
  return fit;
}

}  // namespace

double Calibration::log_odds(double similarity) const {
  // Beyond the means the curves' tails cross again, which means nothing.
  const double x = std::clamp(similarity, different_mean, same_mean);
  return log_density(x, same_mean, same_sd) - log_density(x, different_mean, different_sd);
}

double Calibration::similarity_at(double wanted) const {
  double low = different_mean, high = same_mean;
  for (int step = 0; step < 50; ++step) {
    const double middle = (low + high) / 2;
    (log_odds(middle) >= wanted ? high : low) = middle;
  }
  return high;
}

Calibration calibrated(std::span<const SeenPair> pairs, double tracks) {
  if (pairs.empty()) return {};
  const double weight = tracks / static_cast<double>(pairs.size());
  const Fit usual = settled({}, pairs, weight);
  const Fit other = settled(middle_of_the_heap(pairs), pairs, weight);
  return agreement(other, pairs, weight) > agreement(usual, pairs, weight) ? other.curves
                                                                           : usual.curves;
}

}  // namespace dramatis
