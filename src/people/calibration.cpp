#include "people/calibration.h"

#include <algorithm>
#include <cmath>

namespace dramatis {
namespace {

double log_density(double x, double mean, double sd) {
  const double z = (x - mean) / sd;
  return -0.5 * z * z - std::log(sd);
}

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

/// Sums from which a bell curve is drawn, the prior counted in.
struct Curve {
  double weight, mean, variance;  // of the prior
  double sum = 0, squares = 0, seen = 0;
  void add(double x, double w) {
    seen += w;
    sum += w * x;
    squares += w * x * x;
  }
  void draw(double scale, double& mean_out, double& sd_out) const {
    const double n = weight + scale * seen;
    const double m = (weight * mean + scale * sum) / n;
    const double second = (weight * (variance + mean * mean) + scale * squares) / n;
    mean_out = m;
    sd_out = std::sqrt(std::max(1e-4, second - m * m));
  }
};

}  // namespace

double Calibration::log_odds(double similarity) const {
  const double x = std::clamp(similarity, different_mean, same_mean);
  return log_density(x, same_mean, same_sd) - log_density(x, different_mean, different_sd);
}

double Calibration::even() const {
  double low = different_mean, high = same_mean;
  for (int step = 0; step < 50; ++step) {
    const double middle = (low + high) / 2;
    (log_odds(middle) > 0 ? high : low) = middle;
  }
  return high;
}

Calibration calibrated(std::span<const SeenPair> pairs, double tracks, double prior_tracks) {
  const Calibration usual;
  Calibration now = usual;
  if (pairs.empty()) return now;
  // N tracks make N^2 / 2 pairs but are not that many witnesses.
  const double scale = tracks / static_cast<double>(pairs.size());
  double share_same = 0.1;
  for (int round = 0; round < 30; ++round) {
    Curve same{prior_tracks, usual.same_mean, usual.same_sd * usual.same_sd};
    Curve different{prior_tracks, usual.different_mean, usual.different_sd * usual.different_sd};
    const double prior_odds = std::log(share_same / (1 - share_same));
    for (const SeenPair& pair : pairs) {
      double p = pair.different ? 0 : probability(now.log_odds(pair.similarity) + prior_odds);
      if (!pair.different && pair.similarity >= now.same_mean) p = 1;
      if (pair.similarity <= now.different_mean) p = 0;
      same.add(pair.similarity, p);
      different.add(pair.similarity, 1 - p);
    }
    share_same = (0.1 * prior_tracks + scale * same.seen) / (prior_tracks + tracks);
    share_same = std::clamp(share_same, 0.01, 0.9);
    same.draw(scale, now.same_mean, now.same_sd);
    different.draw(scale, now.different_mean, now.different_sd);
    if (now.same_mean < now.different_mean + 0.1) now.same_mean = now.different_mean + 0.1;
  }
  return now;
}

}  // namespace dramatis
