#pragma once

#include <random>

namespace dramatis {

/// Chance that is the same on every run.
class Chance {
 public:
  explicit Chance(unsigned seed) : generator_(seed) {}

  double between(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator_);
  }
  double normal(double deviation = 1) {
    return deviation > 0 ? std::normal_distribution<double>(0, deviation)(generator_) : 0.0;
  }
  bool happens(double probability) { return between(0, 1) < probability; }
  int count(double mean) { return mean > 0 ? std::poisson_distribution<int>(mean)(generator_) : 0; }
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(generator_); }

 private:
  std::mt19937 generator_;
};

}  // namespace dramatis
