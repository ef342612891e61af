#include "heads/found_again.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dramatis {
namespace {

constexpr float kCore = 0.8f;  // of the box: its corners show what is behind the head
constexpr double kLeastSpread =
    4.0;  // of grey values, 0 to 255, of a patch that can be known again

Box moved(const Box& box, float dx, float dy) {
  return {box.x + dx, box.y + dy, box.width, box.height};
}

/// The part of the patch that is in the picture: the middle of the head, or the head with what is
/// below and beside it.
Box visible_part(const Box& head, Patch patch, const cv::Mat& level) {
  if (patch == Patch::bust)
    return clipped({head.x - 0.5f * head.width, head.y, 2 * head.width, 2 * head.height},
                   level.cols, level.rows);
  const Box visible = clipped(head, level.cols, level.rows);
  const float width = kCore * visible.width, height = kCore * visible.height;
  return {visible.centre().x - width / 2, visible.centre().y - height / 2, width, height};
}

/// A bust is four heads: at half the size it costs no more.
std::optional<int> level_for(const GreyLevels& grey, const Box& head, Patch patch) {
  const std::optional<int> level = grey.level_for(head);
  return level && patch == Patch::bust ? std::min(*level + 1, grey.last_level()) : level;
}

/// Of whole pixels in size, at any place: between pixels it is interpolated.
cv::Mat patch_at(const cv::Mat& level, const Point& centre, const cv::Size& size) {
  cv::Mat patch;
  cv::getRectSubPix(level, size, {centre.x - 0.5f, centre.y - 0.5f}, patch);
  return patch;
}

cv::Size size_of(const Box& core) {
  return {std::max(3, static_cast<int>(std::lround(core.width))),
          std::max(3, static_cast<int>(std::lround(core.height)))};
}

bool is_even(const cv::Mat& patch) {
  cv::Scalar mean, spread;
  cv::meanStdDev(patch, mean, spread);
  return spread[0] < kLeastSpread;
}

/// Between three neighbouring values, where the parabola through them is highest: -0.5 to 0.5.
float summit(float before, float at, float after) {
  const float bend = before - 2 * at + after;
  return bend < 0 ? std::clamp(0.5f * (before - after) / bend, -0.5f, 0.5f) : 0;
}

struct Place {
  Point centre;
  float likeness = 0;
};

/// Where in the level the patch fits best, no further than `reach_px` from `around`.
std::optional<Place> best_place(const cv::Mat& patch, const cv::Mat& level, const Point& around,
                                float reach_px) {
  const auto reach = static_cast<int>(std::ceil(reach_px));
  const cv::Point corner(static_cast<int>(std::lround(around.x)) - patch.cols / 2 - reach,
                         static_cast<int>(std::lround(around.y)) - patch.rows / 2 - reach);
  const cv::Rect window = cv::Rect(corner, patch.size() + cv::Size(2 * reach, 2 * reach)) &
                          cv::Rect({0, 0}, level.size());
  if (window.width < patch.cols || window.height < patch.rows) return std::nullopt;
  cv::Mat map;
  cv::matchTemplate(level(window), patch, map, cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::Point at;
  cv::minMaxLoc(map, nullptr, &best, nullptr, &at);
  Point fine{static_cast<float>(at.x), static_cast<float>(at.y)};
  if (at.x > 0 && at.x + 1 < map.cols)
    fine.x +=
        summit(map.at<float>(at.y, at.x - 1), map.at<float>(at), map.at<float>(at.y, at.x + 1));
  if (at.y > 0 && at.y + 1 < map.rows)
    fine.y +=
        summit(map.at<float>(at.y - 1, at.x), map.at<float>(at), map.at<float>(at.y + 1, at.x));
  return Place{{static_cast<float>(window.x) + fine.x + static_cast<float>(patch.cols) / 2,
                static_cast<float>(window.y) + fine.y + static_cast<float>(patch.rows) / 2},
               static_cast<float>(best)};
}

}  // namespace

std::optional<FoundAgain> find_again(const GreyLevels& from, const Box& head, const GreyLevels& to,
                                     const Point& shift, float reach, Patch patch_kind) {
  const std::optional<int> level = level_for(from, head, patch_kind);
  if (!level || to.empty()) return std::nullopt;
  const Box start = from.in_level(head, *level);
  const Box moved_by = from.in_level({shift.x, shift.y, 0, 0}, *level);
  const Box core = visible_part(start, patch_kind, from.level(*level));
  if (core.empty()) return std::nullopt;
  const Point centre = core.centre();
  const cv::Mat patch = patch_at(from.level(*level), centre, size_of(core));
  if (is_even(patch)) return std::nullopt;
  const float reach_px = reach * start.height;
  const auto there =
      best_place(patch, to.level(*level), {centre.x + moved_by.x, centre.y + moved_by.y}, reach_px);
  if (!there) return std::nullopt;
  const cv::Mat found = patch_at(to.level(*level), there->centre, patch.size());
  const auto back = best_place(found, from.level(*level), centre, reach_px);
  if (!back) return std::nullopt;
  const Box at = moved(start, there->centre.x - centre.x, there->centre.y - centre.y);
  return FoundAgain{from.in_frame(at, *level), there->likeness,
                    distance(back->centre, centre) / start.height};
}

float likeness(const GreyLevels& a, const Box& head_in_a, const GreyLevels& b, const Box& head_in_b,
               Patch patch) {
  const std::optional<int> level = level_for(a, head_in_a, patch);
  if (!level || b.empty()) return 0;
  const Box start = a.in_level(head_in_a, *level), end = b.in_level(head_in_b, *level);
  const Box core = visible_part(start, patch, a.level(*level));
  if (core.empty()) return 0;
  const cv::Mat one = patch_at(a.level(*level), core.centre(), size_of(core));
  const Point centre = core.centre();
  const cv::Mat other = patch_at(
      b.level(*level), {centre.x + end.x - start.x, centre.y + end.y - start.y}, one.size());
  if (is_even(one) || is_even(other)) return 0;
  cv::Mat map;
  cv::matchTemplate(other, one, map, cv::TM_CCOEFF_NORMED);
  return map.at<float>(0, 0);
}

}  // namespace dramatis
