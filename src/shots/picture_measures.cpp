#include "shots/picture_measures.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <vector>

#include "shots/camera_motion.h"

namespace dramatis {
namespace {

constexpr int longest_measured_side_px = 128;
constexpr int longest_classic_side_px = 256;

double median_of(const cv::Mat& luma) {
  std::array<std::size_t, 256> counts{};
  for (int y = 0; y < luma.rows; ++y)
    for (const std::uint8_t* p = luma.ptr(y); p != luma.ptr(y) + luma.cols; ++p) ++counts[*p];
  const auto value_at = [&](std::size_t place) {  // in the sorted list of all pixels
    std::size_t value = 0;
    for (std::size_t up_to = counts[0]; up_to <= place; up_to += counts[value]) ++value;
    return static_cast<double>(value);
  };
  return (value_at((luma.total() - 1) / 2) + value_at(luma.total() / 2)) / 2;
}

/// Canny's edges between thresholds a third below and above the median, made thick so that a slow
/// motion does not count as change.
cv::Mat thick_edges(const cv::Mat& luma) {
  const double median = median_of(luma);
  const int low = std::max(0, static_cast<int>((1 - 1.0 / 3) * median));
  const int high = std::min(255, static_cast<int>((1 + 1.0 / 3) * median));
  const double side = std::sqrt(static_cast<double>(luma.total()));
  const int kernel = (4 + static_cast<int>(std::nearbyint(side / 192))) | 1;
  cv::Mat edges, thick;
  cv::Canny(luma, edges, low, high);
  cv::dilate(edges, thick, cv::Mat::ones(kernel, kernel, CV_8U));
  return thick;
}

cv::Mat histogram_of(const cv::Mat& grey) {
  const int bins = 128, channel = 0;
  const float range[] = {0, 256};
  const float* ranges = range;
  cv::Mat histogram;
  cv::calcHist(&grey, 1, &channel, cv::Mat(), histogram, 1, &bins, &ranges);
  return histogram;
}

/// The signs of the lowest 8 x 8 cosine coefficients against their median (Zauner 2010).
std::bitset<64> hash_of(const cv::Mat& grey) {
  constexpr int bits = 8;
  cv::Mat small, scaled, cosines;
  cv::resize(grey, small, {2 * bits, 2 * bits}, 0, 0, cv::INTER_AREA);
  double brightest = 0;
  cv::minMaxLoc(small, nullptr, &brightest);
  small.convertTo(scaled, CV_32F, 1.0 / std::max(brightest, 1.0));
  cv::dct(scaled, cosines);
  std::vector<float> low;
  for (int y = 0; y < bits; ++y)
    low.insert(low.end(), cosines.ptr<float>(y), cosines.ptr<float>(y) + bits);
  std::vector<float> sorted = low;
  std::sort(sorted.begin(), sorted.end());
  const float median = (sorted[sorted.size() / 2 - 1] + sorted[sorted.size() / 2]) / 2;
  std::bitset<64> hash;
  for (std::size_t i = 0; i < low.size(); ++i) hash[i] = low[i] > median;
  return hash;
}

Mosaic mosaic_of(const cv::Mat& grey) {
  Mosaic mosaic;
  cv::Mat cells(Mosaic::rows, Mosaic::columns, CV_8U, mosaic.luma.data());
  cv::resize(grey, cells, cells.size(), 0, 0, cv::INTER_AREA);
  return mosaic;
}

/// Absolute, of 8-bit values, summed over the channels. Ten times as fast as cv::norm().
float mean_difference(const cv::Mat& a, const cv::Mat& b) {
  const int values_in_row = a.cols * a.channels();
  std::int64_t sum = 0;
  for (int y = 0; y < a.rows; ++y) {
    const std::uint8_t *p = a.ptr(y), *q = b.ptr(y);
    int row_sum = 0;
    for (int x = 0; x < values_in_row; ++x) row_sum += std::abs(p[x] - q[x]);
    sum += row_sum;
  }
  return static_cast<float>(static_cast<double>(sum) / static_cast<double>(a.total()));
}

void add_classic(const Picture& small, PictureMeasures& measures) {
  cv::Mat hsv, grey;
  cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
  cv::cvtColor(small, hsv, cv::COLOR_BGR2HSV);
  std::array<cv::Mat, 3> channels;
  cv::split(hsv, channels.data());
  std::tie(measures.hue, measures.saturation, measures.luma) =
      std::tie(channels[0], channels[1], channels[2]);
  measures.grey_histogram = histogram_of(grey);
  measures.hash = hash_of(grey);
  const cv::Scalar means = cv::mean(small);
  measures.brightness = static_cast<float>((means[0] + means[1] + means[2]) / 3);
}

void compare_classic(const PictureMeasures& before, const PictureMeasures& now,
                     FrameFeatures& features) {
  features.hue_change = mean_difference(before.hue, now.hue);
  features.saturation_change = mean_difference(before.saturation, now.saturation);
  features.luma_change = mean_difference(before.luma, now.luma);
  features.histogram_correlation = static_cast<float>(
      cv::compareHist(before.grey_histogram, now.grey_histogram, cv::HISTCMP_CORREL));
  features.hash_distance = static_cast<float>((before.hash ^ now.hash).count()) / 64;
}

PictureSize size_within(int longest_side, int width, int height) {
  const double factor = std::max(1.0, std::max(width, height) / static_cast<double>(longest_side));
  return {std::max(1, static_cast<int>(std::nearbyint(width / factor))),
          std::max(1, static_cast<int>(std::nearbyint(height / factor)))};
}

/// Where a measure was taken, its largest value.
void everything_changed(FrameFeatures& features) {
  for (float* change : {&features.hue_change, &features.saturation_change, &features.luma_change,
                        &features.edge_change})
    if (*change >= 0) *change = 255;
  features.colour_change = 255;
  features.structure_change = 1;
  features.histogram_correlation = 0;
  features.hash_distance = 1;
}

}  // namespace

PictureSize measured_size(int frame_width, int frame_height) {
  return size_within(longest_measured_side_px, frame_width, frame_height);
}

Picture shrunk_as_pyscenedetect(const Picture& whole) {
  const PictureSize size = size_within(longest_classic_side_px, whole.cols, whole.rows);
  if (size.width == whole.cols && size.height == whole.rows) return whole;
  Picture small;
  cv::resize(whole, small, {size.width, size.height}, 0, 0, cv::INTER_LINEAR);
  return small;
}

PictureMeasures measure_picture(const Picture& small, const MeasureOptions& options,
                                const Picture& classic) {
  PictureMeasures measures;
  measures.small = small;
  cv::Mat grey;
  cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
  measures.motion_picture = motion_picture(grey);
  measures.mosaic = mosaic_of(measures.motion_picture);
  if (options.classic || options.edges) add_classic(classic.empty() ? small : classic, measures);
  if (options.edges) measures.edges = thick_edges(measures.luma);
  return measures;
}

FrameFeatures features_of_first(const PictureMeasures& first) {
  FrameFeatures features;
  features.mosaic = first.mosaic;
  features.brightness = first.brightness;
  features.hue_change = features.saturation_change = features.luma_change =
      first.luma.empty() ? -1.0f : 0.0f;
  features.edge_change = first.edges.empty() ? -1.0f : 0.0f;
  return features;
}

FrameFeatures compare_pictures(const PictureMeasures& before, const PictureMeasures& now) {
  FrameFeatures features = features_of_first(now);
  if (before.small.size() != now.small.size()) {
    everything_changed(features);
    return features;
  }
  if (!before.luma.empty() && !now.luma.empty()) compare_classic(before, now, features);
  if (!before.edges.empty() && !now.edges.empty())
    features.edge_change = mean_difference(before.edges, now.edges);
  features.colour_change = mean_difference(before.small, now.small) / 3;
  const PictureMotion motion = motion_between(before.motion_picture, now.motion_picture);
  features.structure_change = motion.structure_change;
  features.shift_x = motion.shift.x;
  features.shift_y = motion.shift.y;
  return features;
}

}  // namespace dramatis
