#include "shots/light_change.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

// Light that is switched on, a flash, a strobe: everything becomes brighter or everything darker,
// and what is too bright is cut off at white, which no linear measure forgives. But whatever lamp
// and camera do, they do it to a grey level, not to a place: the new picture is a function of the
// old one that never falls. The best such function is found over bins of grey levels by pooling
// neighbours that would make it fall (Ayer et al. 1955); what is left unexplained is unlikeness.
// Light that goes off is explained backwards. A cut is not explained either way. Some ten
// microseconds, and only where pictures differ.

namespace dramatis {
namespace {

constexpr int bin_shift = 3;  // bins of eight grey levels
constexpr std::size_t bins = 256 >> bin_shift;
constexpr double flat_variance = 4;    // grey levels squared
constexpr double least_variance = 25;  // of a picture that can explain another
constexpr int same_light = 3;          // grey levels
constexpr double most_against = 0.04;  // share of pixels that change the other way

/// Pixels of some neighbouring grey levels and what became of them.
struct Pool {
  double pixels = 0;
  double sum = 0;
  double mean() const { return sum / pixels; }
};

/// Whether nearly all that changed became brighter, or nearly all darker.
bool one_way(const cv::Mat& before, const cv::Mat& now) {
  double brighter = 0, darker = 0;
  for (int y = 0; y < before.rows; ++y) {
    const std::uint8_t *a = before.ptr(y), *b = now.ptr(y);
    int row_brighter = 0, row_darker = 0;
    for (int x = 0; x < before.cols; ++x) {
      row_brighter += b[x] > a[x] + same_light;
      row_darker += b[x] < a[x] - same_light;
    }
    brighter += row_brighter;
    darker += row_darker;
  }
  return std::min(brighter, darker) <= most_against * static_cast<double>(before.total());
}

struct Explanation {
  double variance = 0;  ///< of what is to be explained
  double left = 0;      ///< of it, unexplained
};

/// How well a function that never falls explains `b` by `a`.
Explanation explained_by_light(const cv::Mat& a_picture, const cv::Mat& b_picture) {
  std::array<Pool, bins> by_level{};
  double squares = 0, sum = 0;
  for (int y = 0; y < a_picture.rows; ++y) {
    const std::uint8_t *a = a_picture.ptr(y), *b = b_picture.ptr(y);
    for (int x = 0; x < a_picture.cols; ++x) {
      Pool& pool = by_level[a[x] >> bin_shift];
      pool.pixels += 1;
      pool.sum += b[x];
      squares += b[x] * b[x];
      sum += b[x];
    }
  }
  std::vector<Pool> rising;
  for (Pool pool : by_level) {
    if (pool.pixels == 0) continue;
    while (!rising.empty() && rising.back().mean() >= pool.mean()) {
      pool.pixels += rising.back().pixels;
      pool.sum += rising.back().sum;
      rising.pop_back();
    }
    rising.push_back(pool);
  }
  double explained = 0;
  for (const Pool& pool : rising) explained += pool.sum * pool.mean();
  const auto pixels = static_cast<double>(a_picture.total());
  return {(squares - sum * sum / pixels) / pixels, std::max(0.0, squares - explained) / pixels};
}

}  // namespace

float unlikeness_but_for_light(const cv::Mat& before, const cv::Mat& now) {
  if (!one_way(before, now)) return 1;
  const Explanation forwards = explained_by_light(before, now),
                    backwards = explained_by_light(now, before);
  if (std::min(forwards.variance, backwards.variance) < least_variance) return 1;
  const auto unlike = [](const Explanation& one) {
    return 1 - std::sqrt(std::max(0.0, 1 - one.left / (one.variance + flat_variance)));
  };
  return static_cast<float>(std::min(unlike(forwards), unlike(backwards)));
}

}  // namespace dramatis
