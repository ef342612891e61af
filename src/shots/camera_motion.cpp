#include "shots/camera_motion.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

// The one shift that makes two pictures most alike is the camera's, as long as what moves by itself
// is smaller than what stands still: absolute differences let a large foreground object disagree
// where squares would follow it. Found from coarse to fine in whole pixels (16 x 9, 32 x 18, 64 x
// 36), then to a fraction by Gauss-Newton steps (Lucas and Kanade 1981) over the pixels that agree.
// Such a search always answers something, so the answer is tried: a shift that does not make the
// pictures much more alike is none. Some thirty microseconds, where phase correlation takes three
// hundred.

namespace dramatis {
namespace {

constexpr int fine_width = 64;
constexpr int fine_height = 36;
constexpr int levels = 3;
constexpr int coarse_reach = 3;       // cells of 1/16: up to a fifth of the picture
constexpr float needed_gain = 0.75f;  // the difference left, over the difference without the shift
constexpr float least_difference = 0.5f;  // grey levels; below it nothing moved
constexpr float least_shift = 0.05f;      // pixels of the fine picture

struct Step {
  int x = 0;
  int y = 0;
};

/// Mean absolute difference over the part that both show, `before` moved by whole pixels.
float difference_after(const cv::Mat& before, const cv::Mat& now, Step by) {
  const int width = now.cols - std::abs(by.x), height = now.rows - std::abs(by.y);
  int sum = 0;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* a = before.ptr(y + std::max(0, -by.y)) + std::max(0, -by.x);
    const std::uint8_t* b = now.ptr(y + std::max(0, by.y)) + std::max(0, by.x);
    for (int x = 0; x < width; ++x) sum += std::abs(a[x] - b[x]);
  }
  return static_cast<float>(sum) / static_cast<float>(width * height);
}

Step best_step(const cv::Mat& before, const cv::Mat& now, Step around, int reach) {
  Step best = around;
  float least = difference_after(before, now, around);
  for (int y = around.y - reach; y <= around.y + reach; ++y)
    for (int x = around.x - reach; x <= around.x + reach; ++x)
      if (const float difference = difference_after(before, now, {x, y}); difference < least) {
        least = difference;
        best = {x, y};
      }
  return best;
}

float between(const cv::Mat& picture, float x, float y) {
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const float right = x - static_cast<float>(left), down = y - static_cast<float>(top);
  const std::uint8_t* p = picture.ptr(top) + left;
  const std::uint8_t* q = picture.ptr(top + 1) + left;
  return (1 - down) * ((1 - right) * static_cast<float>(p[0]) + right * static_cast<float>(p[1])) +
         down * ((1 - right) * static_cast<float>(q[0]) + right * static_cast<float>(q[1]));
}

/// Sums over the pixels of `now` that `before`, moved by the shift, explains within `tolerance`.
struct Agreement {
  double xx = 0, xy = 0, yy = 0;  // of the gradient
  double x_rest = 0, y_rest = 0;  // of the gradient times what is left unexplained
  double all_rest = 0;            // absolute, over all pixels
  int pixels = 0;
};

Agreement agreement(const cv::Mat& before, const cv::Mat& now, Point shift, float tolerance) {
  Agreement sums;
  const int margin_x = static_cast<int>(std::abs(shift.x)) + 2,
            margin_y = static_cast<int>(std::abs(shift.y)) + 2;
  for (int y = margin_y; y < now.rows - margin_y; ++y)
    for (int x = margin_x; x < now.cols - margin_x; ++x) {
      const float rest =
          static_cast<float>(now.at<std::uint8_t>(y, x)) -
          between(before, static_cast<float>(x) - shift.x, static_cast<float>(y) - shift.y);
      sums.all_rest += std::abs(rest);
      ++sums.pixels;
      if (std::abs(rest) > tolerance) continue;
      const float gx =
          static_cast<float>(now.at<std::uint8_t>(y, x + 1) - now.at<std::uint8_t>(y, x - 1)) / 2;
      const float gy =
          static_cast<float>(now.at<std::uint8_t>(y + 1, x) - now.at<std::uint8_t>(y - 1, x)) / 2;
      sums.xx += gx * gx;
      sums.xy += gx * gy;
      sums.yy += gy * gy;
      sums.x_rest += gx * rest;
      sums.y_rest += gy * rest;
    }
  return sums;
}

/// One step towards the shift at which what is left has no slope; none where the picture is flat.
Point refined(Point shift, const Agreement& sums) {
  const double determinant = sums.xx * sums.yy - sums.xy * sums.xy;
  if (determinant < 1e-3 * (sums.xx + sums.yy) * (sums.xx + sums.yy) || determinant <= 0)
    return shift;
  const double x = (sums.yy * sums.x_rest - sums.xy * sums.y_rest) / determinant;
  const double y = (sums.xx * sums.y_rest - sums.xy * sums.x_rest) / determinant;
  return std::hypot(x, y) < 1.5
             ? Point{shift.x - static_cast<float>(x), shift.y - static_cast<float>(y)}
             : shift;
}

}  // namespace

cv::Mat motion_picture(const cv::Mat& grey) {
  cv::Mat small;
  cv::resize(grey, small, {fine_width, fine_height}, 0, 0, cv::INTER_AREA);
  return small;
}

Point shift_between(const cv::Mat& before, const cv::Mat& now) {
  if (before.empty() || before.size() != now.size()) return {};
  const float still = difference_after(before, now, {});
  if (still < least_difference) return {};
  std::array<cv::Mat, levels> from{before}, to{now};
  for (std::size_t level = 1; level < levels; ++level) {
    cv::resize(from[level - 1], from[level], {}, 0.5, 0.5, cv::INTER_AREA);
    cv::resize(to[level - 1], to[level], {}, 0.5, 0.5, cv::INTER_AREA);
  }
  Step step = best_step(from[levels - 1], to[levels - 1], {}, coarse_reach);
  for (std::size_t level = levels - 1; level-- > 0;)
    step = best_step(from[level], to[level], {2 * step.x, 2 * step.y}, 1);

  Point shift{static_cast<float>(step.x), static_cast<float>(step.y)};
  Agreement sums = agreement(before, now, shift, 24);
  for (int round = 0; round < 2; ++round) {
    shift = refined(shift, sums);
    sums = agreement(before, now, shift,
                     3 * static_cast<float>(sums.all_rest / std::max(sums.pixels, 1)) + 2);
  }
  const double left = sums.all_rest / std::max(sums.pixels, 1);
  if (sums.pixels == 0 || left > needed_gain * still || std::hypot(shift.x, shift.y) < least_shift)
    return {};
  return {shift.x / fine_width, shift.y / fine_height};
}

}  // namespace dramatis
