#include "base/geometry.h"

#include <algorithm>
#include <cmath>

namespace dramatis {

Box intersection(const Box& a, const Box& b) {
  const float left = std::max(a.x, b.x), top = std::max(a.y, b.y);
  return {left, top, std::max(0.0f, std::min(a.right(), b.right()) - left),
          std::max(0.0f, std::min(a.bottom(), b.bottom()) - top)};
}

Box hull(const Box& a, const Box& b) {
  const float left = std::min(a.x, b.x), top = std::min(a.y, b.y);
  return {left, top, std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top};
}

float overlap(const Box& a, const Box& b) {
  const float shared = intersection(a, b).area();
  const float covered = a.area() + b.area() - shared;
  return covered > 0 ? shared / covered : 0;
}

float share_inside(const Box& inner, const Box& outer) {
  return inner.area() > 0 ? intersection(inner, outer).area() / inner.area() : 0;
}

Box clipped(const Box& box, int picture_width, int picture_height) {
  return intersection(
      box, {0, 0, static_cast<float>(picture_width), static_cast<float>(picture_height)});
}

Box interpolated(const Box& a, const Box& b, float at) {
  return {std::lerp(a.x, b.x, at), std::lerp(a.y, b.y, at), std::lerp(a.width, b.width, at),
          std::lerp(a.height, b.height, at)};
}

float distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace dramatis
