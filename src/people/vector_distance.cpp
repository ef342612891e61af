#include "people/vector_distance.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

// This file is compiled without fused multiply-add (see CMakeLists.txt), and its sums have a fixed
// order, so that the same vectors are at the same distance on every machine.

namespace dramatis {
namespace {

constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlock = 128;

template <typename Term>
double ordered_sum(const double* a, const double* b, std::size_t count, const Term& term) {
  if (count < kLanes) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += term(a[i], b[i]);
    return sum;
  }
  if (count > kBlock) {
    const std::size_t half = count / 2 - (count / 2) % kLanes;
    return ordered_sum(a, b, half, term) + ordered_sum(a + half, b + half, count - half, term);
  }
  double lane[kLanes];
  for (std::size_t k = 0; k < kLanes; ++k) lane[k] = term(a[k], b[k]);
  std::size_t i = kLanes;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) lane[k] += term(a[i + k], b[i + k]);
  }
  double sum =
      ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
  for (; i < count; ++i) sum += term(a[i], b[i]);
  return sum;
}

}  // namespace

double dot(std::span<const double> a, std::span<const double> b) {
  return ordered_sum(a.data(), b.data(), a.size(), [](double x, double y) { return x * y; });
}

double vector_distance(Metric metric, std::span<const double> a, std::span<const double> b) {
  switch (metric) {
    case Metric::l2:
      return std::sqrt(ordered_sum(a.data(), b.data(), a.size(),
                                   [](double x, double y) { return (x - y) * (x - y); }));
    case Metric::l1:
      return ordered_sum(a.data(), b.data(), a.size(),
                         [](double x, double y) { return std::abs(x - y); });
    case Metric::cosine: {
      // A unit vector's product with itself is 1 only up to the last bits.
      constexpr double nearly_equal = 1e-12;
      const double d = std::max(0.0, 1.0 - dot(a, b));
      return d < nearly_equal && std::ranges::equal(a, b) ? 0.0 : d;
    }
  }
  return 0;
}

void make_unit(std::span<double> vector) {
  const double length = std::sqrt(dot(vector, vector));
  if (length > 0) {
    for (double& value : vector) value /= length;
  }
}

}  // namespace dramatis
