#include "shots/camera_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <span>
#include <utility>

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

/// The first of `lines` that is brighter than `black`, and how many there are from it to the last.
std::pair<int, int> brighter_than(std::span<const std::uint8_t> lines, double black) {
  const auto bright = [&](std::uint8_t line) { return line > black; };
  const auto first = std::find_if(lines.begin(), lines.end(), bright);
  const auto last = std::find_if(lines.rbegin(), std::make_reverse_iterator(first), bright).base();
  return {static_cast<int>(first - lines.begin()), static_cast<int>(last - first)};
}

/// What black bars at the edges leave: bars are alike across every cut and never move.
cv::Rect without_black_bars(const cv::Mat& a, const cv::Mat& b) {
  std::array<std::uint8_t, fine_height> rows{};
  std::array<std::uint8_t, fine_width> columns{};
  for (std::size_t y = 0; y < fine_height; ++y) {
    const std::uint8_t *p = a.ptr(static_cast<int>(y)), *q = b.ptr(static_cast<int>(y));
    std::array<std::uint8_t, fine_width> brighter{};
    for (std::size_t x = 0; x < fine_width; ++x) brighter[x] = std::max(p[x], q[x]);
    for (std::size_t x = 0; x < fine_width; ++x) columns[x] = std::max(columns[x], brighter[x]);
    for (std::size_t x = 0; x < fine_width; ++x) rows[y] = std::max(rows[y], brighter[x]);
  }
  const double brightest = *std::max_element(rows.begin(), rows.end());
  const double black = std::min(blackest, brightest / 5);  // a dark scene has darker bars
  const auto [top, height] = brighter_than(rows, black);
  const auto [left, width] = brighter_than(columns, black);
  return {left, top, width, height};
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

/// Sums over the pixels of `now` that `before`, moved by the shift, explains within `tolerance`.
struct Agreement {
  double xx = 0, xy = 0, yy = 0;  // of the gradient
  double x_rest = 0, y_rest = 0;  // of the gradient times what is left unexplained
  double all_rest = 0;            // absolute, over all pixels
  int pixels = 0;
};

using Row = std::array<float, fine_width>;

/// In four strands, which a processor adds side by side.
double sum_of_products(const Row& a, const Row& b) {
  std::array<float, 4> sums{};
  for (std::size_t x = 0; x < fine_width; x += sums.size())
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += a[x + i] * b[x + i];
  return static_cast<double>(sums[0] + sums[1]) + static_cast<double>(sums[2] + sums[3]);
}

/// Of pictures in floats. A shift moves every pixel alike: each is a mix of the same four
/// neighbours in the same shares.
Agreement agreement(const cv::Mat& before, const cv::Mat& now, Point shift, float tolerance) {
  Agreement sums;
  const int margin_x = static_cast<int>(std::abs(shift.x)) + 2,
            margin_y = static_cast<int>(std::abs(shift.y)) + 2;
  const float left = std::floor(-shift.x), top = std::floor(-shift.y);
  const float right_share = -shift.x - left, lower_share = -shift.y - top;
  const int width = now.cols - 2 * margin_x;
  if (width <= 0) return sums;
  Row ones, rest{}, far{}, gx{}, gy{};
  ones.fill(1);
  for (int y = margin_y; y < now.rows - margin_y; ++y) {
    const float* upper =
        before.ptr<float>(y + static_cast<int>(top)) + margin_x + static_cast<int>(left);
    const float* lower = upper + before.step1();
    const float* here = now.ptr<float>(y) + margin_x;
    const float *above = here - now.step1(), *below = here + now.step1();
    for (int i = 0; i < width; ++i) {
      const auto x = static_cast<std::size_t>(i);
      const float up = upper[i] + right_share * (upper[i + 1] - upper[i]);
      const float down = lower[i] + right_share * (lower[i + 1] - lower[i]);
      const float left_over = here[i] - (up + lower_share * (down - up));
      far[x] = std::abs(left_over);
      const float counts = far[x] > tolerance ? 0.0f : 1.0f;
      rest[x] = counts * left_over;
      gx[x] = counts * 0.5f * (here[i + 1] - here[i - 1]);
      gy[x] = counts * 0.5f * (below[i] - above[i]);
    }
    sums.xx += sum_of_products(gx, gx);
    sums.xy += sum_of_products(gx, gy);
    sums.yy += sum_of_products(gy, gy);
    sums.x_rest += sum_of_products(gx, rest);
    sums.y_rest += sum_of_products(gy, rest);
    sums.all_rest += sum_of_products(far, ones);
    sums.pixels += width;
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
  if (motion.structure_change >= most_structure_change) return motion;

  Point shift{static_cast<float>(step.x), static_cast<float>(step.y)};
  cv::Mat fine_before, fine_now;
  before.convertTo(fine_before, CV_32F);
  now.convertTo(fine_now, CV_32F);
  Agreement sums = agreement(fine_before, fine_now, shift, 24);
  for (int round = 0; round < 2; ++round) {
    shift = refined(shift, sums);
    sums = agreement(fine_before, fine_now, shift,
                     3 * static_cast<float>(sums.all_rest / std::max(sums.pixels, 1)) + 2);
  }
  const double left = sums.all_rest / std::max(sums.pixels, 1);
  const bool alike = sums.pixels > 0 && left <= needed_gain * still;
  if (alike && std::hypot(shift.x, shift.y) >= least_shift)
    motion.shift = {shift.x / fine_width, shift.y / fine_height};
  return motion;
}

}  // namespace dramatis
