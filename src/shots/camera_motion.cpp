#include "shots/camera_motion.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

#include "shots/light_change.h"

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
constexpr float least_difference = 0.5f;        // grey levels; below it nothing moved
constexpr float least_shift = 0.05f;            // pixels of the fine picture
constexpr float most_structure_change = 0.35f;  // of pictures of one and the same thing
constexpr float surely_alike = 0.05f;           // structure change at which no more is asked
constexpr double blackest = 28;                 // grey level of a black bar, at most
constexpr int least_side = 8;                   // pixels of the fine picture
constexpr double flat_variance = 4;  // of a picture that shows nothing, grey levels squared

/// What black bars at the edges leave: bars are alike across every cut and never move.
cv::Rect without_black_bars(const cv::Mat& a, const cv::Mat& b) {
  cv::Mat brighter, rows, columns;
  cv::max(a, b, brighter);
  cv::reduce(brighter, rows, 1, cv::REDUCE_MAX);
  cv::reduce(brighter, columns, 0, cv::REDUCE_MAX);
  double brightest = 0;
  cv::minMaxLoc(rows, nullptr, &brightest);
  const double black = std::min(blackest, brightest / 5);  // a dark scene has darker bars
  cv::threshold(rows, rows, black, 255, cv::THRESH_BINARY);
  cv::threshold(columns, columns, black, 255, cv::THRESH_BINARY);
  const cv::Rect high = cv::boundingRect(rows), wide = cv::boundingRect(columns);
  return {wide.x, high.y, wide.width, high.height};
}

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

/// From coarse to fine, in pixels of the fine pictures.
Step whole_step(const cv::Mat& before, const cv::Mat& now) {
  std::array<cv::Mat, levels> from{before}, to{now};
  for (std::size_t level = 1; level < levels; ++level) {
    cv::resize(from[level - 1], from[level], {}, 0.5, 0.5, cv::INTER_AREA);
    cv::resize(to[level - 1], to[level], {}, 0.5, 0.5, cv::INTER_AREA);
  }
  Step step = best_step(from[levels - 1], to[levels - 1], {}, coarse_reach);
  for (std::size_t level = levels - 1; level-- > 0;)
    step = best_step(from[level], to[level], {2 * step.x, 2 * step.y}, 1);
  return step;
}

/// 1 - correlation of the parts that both show, `before` moved by whole pixels.
float unlikeness(const cv::Mat& before, const cv::Mat& now, Step by) {
  const int width = now.cols - std::abs(by.x), height = now.rows - std::abs(by.y);
  std::int64_t a_sum = 0, b_sum = 0, aa = 0, bb = 0, ab = 0;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* a = before.ptr(y + std::max(0, -by.y)) + std::max(0, -by.x);
    const std::uint8_t* b = now.ptr(y + std::max(0, by.y)) + std::max(0, by.x);
    int row_a = 0, row_b = 0, row_aa = 0, row_bb = 0, row_ab = 0;
    for (int x = 0; x < width; ++x) {
      row_a += a[x];
      row_b += b[x];
      row_aa += a[x] * a[x];
      row_bb += b[x] * b[x];
      row_ab += a[x] * b[x];
    }
    a_sum += row_a, b_sum += row_b, aa += row_aa, bb += row_bb, ab += row_ab;
  }
  const double n = static_cast<double>(width) * height;
  const double a_mean = static_cast<double>(a_sum) / n, b_mean = static_cast<double>(b_sum) / n;
  const double a_variance = static_cast<double>(aa) / n - a_mean * a_mean;
  const double b_variance = static_cast<double>(bb) / n - b_mean * b_mean;
  const double covariance = static_cast<double>(ab) / n - a_mean * b_mean;
  // The small variance that is added makes two flat pictures alike whatever their noise.
  return static_cast<float>(
      1 - (covariance + flat_variance) /
              std::sqrt((a_variance + flat_variance) * (b_variance + flat_variance)));
}

/// The least unlikeness of the two, with the motion found and without (a change of light misleads
/// the search), light taken out where they differ.
float structure_change(const cv::Mat& before, const cv::Mat& now, Step step) {
  float least = unlikeness(before, now, step);
  if (least < surely_alike) return least;
  least = std::min({least, unlikeness(before, now, {}), unlikeness_but_for_light(before, now)});
  if (step.x == 0 && step.y == 0) return least;
  const cv::Rect all(0, 0, now.cols, now.rows);
  const cv::Rect seen = all & (all + cv::Point(step.x, step.y));
  return std::min(least,
                  unlikeness_but_for_light(before(seen - cv::Point(step.x, step.y)), now(seen)));
}

}  // namespace

cv::Mat motion_picture(const cv::Mat& grey) {
  cv::Mat small;
  cv::resize(grey, small, {fine_width, fine_height}, 0, 0, cv::INTER_AREA);
  return small;
}

PictureMotion motion_between(const cv::Mat& whole_before, const cv::Mat& whole_now) {
  if (whole_before.empty() || whole_before.size() != whole_now.size()) return {};
  const cv::Rect inside = without_black_bars(whole_before, whole_now);
  if (inside.width < least_side || inside.height < least_side) return {};
  const cv::Mat before = whole_before(inside), now = whole_now(inside);
  const float still = difference_after(before, now, {});
  if (still < least_difference) return {{}, unlikeness(before, now, {})};
  const Step step = whole_step(before, now);
  PictureMotion motion{{}, structure_change(before, now, step)};

  Point shift{static_cast<float>(step.x), static_cast<float>(step.y)};
  Agreement sums = agreement(before, now, shift, 24);
  for (int round = 0; round < 2; ++round) {
    shift = refined(shift, sums);
    sums = agreement(before, now, shift,
                     3 * static_cast<float>(sums.all_rest / std::max(sums.pixels, 1)) + 2);
  }
  const double left = sums.all_rest / std::max(sums.pixels, 1);
  const bool alike = sums.pixels > 0 && left <= needed_gain * still &&
                     motion.structure_change < most_structure_change;
  if (alike && std::hypot(shift.x, shift.y) >= least_shift)
    motion.shift = {shift.x / fine_width, shift.y / fine_height};
  return motion;
}

}  // namespace dramatis
