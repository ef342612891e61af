#include "heads/grey_levels.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dramatis {
namespace {

constexpr float kLeastHead_px = 8;
constexpr float kMostHead_px = 24;
constexpr int kLeastLevel_px = 48;  // the shorter side

}  // namespace

cv::Size grey_size_for(int frame_width, int frame_height) {
  const int longest = std::max(frame_width, frame_height);
  const float scale =
      std::min(1.0f, static_cast<float>(GreyLevels::longest_side_px) / static_cast<float>(longest));
  return {std::max(1, static_cast<int>(std::lround(static_cast<float>(frame_width) * scale))),
          std::max(1, static_cast<int>(std::lround(static_cast<float>(frame_height) * scale)))};
}

GreyLevels::GreyLevels(const Picture& picture, int frame_width, int frame_height) {
  if (picture.empty()) return;
  cv::Mat grey;
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  scale_x_ = static_cast<float>(grey.cols) / static_cast<float>(frame_width);
  scale_y_ = static_cast<float>(grey.rows) / static_cast<float>(frame_height);
  levels_.push_back(grey);
  while (std::min(levels_.back().cols, levels_.back().rows) >= 2 * kLeastLevel_px) {
    // An odd row or column is left out, so that a pixel is exactly four of the level before.
    const cv::Mat& larger = levels_.back();
    const cv::Size half(larger.cols / 2, larger.rows / 2);
    cv::Mat smaller;
    cv::resize(larger(cv::Rect({0, 0}, half * 2)), smaller, half, 0, 0, cv::INTER_AREA);
    levels_.push_back(smaller);
  }
}

std::optional<int> GreyLevels::level_for(const Box& head) const {
  float height = head.height * scale_y_;
  if (empty() || height < kLeastHead_px || head.width * scale_x_ < kLeastHead_px / 2)
    return std::nullopt;
  int level = 0;
  for (; height > kMostHead_px && level + 1 < static_cast<int>(levels_.size()); ++level)
    height /= 2;
  return level;
}

Box GreyLevels::in_level(const Box& in_frame, int level) const {
  const float half = std::ldexp(1.0f, -level);
  return in_frame.scaled(scale_x_ * half, scale_y_ * half);
}

Box GreyLevels::in_frame(const Box& in_level, int level) const {
  const float twice = std::ldexp(1.0f, level);
  return in_level.scaled(twice / scale_x_, twice / scale_y_);
}

}  // namespace dramatis
