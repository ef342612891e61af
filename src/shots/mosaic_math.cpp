#include "shots/mosaic_math.h"

#include <cmath>
#include <cstdlib>
#include <numeric>

namespace dramatis {
namespace {

constexpr float flat_variance = 4;  // grey levels squared; noise below it shows nothing

struct Moments {
  float mean = 0;
  float variance = 0;
};

Moments moments(const Mosaic& mosaic) {
  int sum = 0, squares = 0;
  for (const int luma : mosaic.luma) {
    sum += luma;
    squares += luma * luma;
  }
  const float mean = static_cast<float>(sum) / Mosaic::cells;
  return {mean, std::max(0.0f, static_cast<float>(squares) / Mosaic::cells - mean * mean)};
}

}  // namespace

float mean_luma(const Mosaic& mosaic) { return moments(mosaic).mean; }
float contrast(const Mosaic& mosaic) { return std::sqrt(moments(mosaic).variance); }

float correlation(const Mosaic& a, const Mosaic& b) {
  int products = 0;
  for (std::size_t i = 0; i < Mosaic::cells; ++i) products += a.luma[i] * b.luma[i];
  const Moments ma = moments(a), mb = moments(b);
  const float covariance = static_cast<float>(products) / Mosaic::cells - ma.mean * mb.mean;
  return (covariance + flat_variance) /
         std::sqrt((ma.variance + flat_variance) * (mb.variance + flat_variance));
}

float mean_difference(const Mosaic& a, const Mosaic& b) {
  int sum = 0;
  for (std::size_t i = 0; i < Mosaic::cells; ++i) sum += std::abs(a.luma[i] - b.luma[i]);
  return static_cast<float>(sum) / Mosaic::cells;
}

float square_difference(const Mosaic& a, const Mosaic& b) {
  int sum = 0;
  for (std::size_t i = 0; i < Mosaic::cells; ++i)
    sum += (a.luma[i] - b.luma[i]) * (a.luma[i] - b.luma[i]);
  return static_cast<float>(sum) / Mosaic::cells;
}

PlaceBetween place_between(const Mosaic& from, const Mosaic& to, const Mosaic& between) {
  int along = 0, way = 0, gone = 0;
  for (std::size_t i = 0; i < Mosaic::cells; ++i) {
    const int whole = to.luma[i] - from.luma[i], part = between.luma[i] - from.luma[i];
    along += whole * part;
    way += whole * whole;
    gone += part * part;
  }
  if (way == 0) return {0, gone == 0 ? 0.0f : 1.0f};
  const float share = static_cast<float>(along) / static_cast<float>(way);
  return {share,
          std::max(0.0f, static_cast<float>(gone) / static_cast<float>(way) - share * share)};
}

}  // namespace dramatis
