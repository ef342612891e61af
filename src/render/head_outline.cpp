#include "render/head_outline.h"

#include <algorithm>
#include <cmath>

// Each pixel near the line is coloured by its distance to a rounded rectangle, which gives smooth
// edges at any place between pixels: the distance from a point to a rectangle shrunk by the radius,
// less the radius. Cost: the pixels of the line and of the four corners, not those of the box.

namespace dramatis {
namespace {

constexpr float rim_px = 1.0f;  // of the dark rim
constexpr float rim_opacity = 0.55f;

struct RoundedBox {
  Box box;
  float radius;

  // Negative inside.
  float distance(float x, float y) const {
    const Point centre = box.centre();
    const float dx = std::abs(x - centre.x) - box.width / 2 + radius;
    const float dy = std::abs(y - centre.y) - box.height / 2 + radius;
    return std::hypot(std::max(dx, 0.0f), std::max(dy, 0.0f)) + std::min(std::max(dx, dy), 0.0f) -
           radius;
  }
};

// Along a straight side of this length: 1 on a dash, 0 in a gap. An odd number of equal parts, the
// first and the last a gap, so that the round corners stand apart from the dashes.
float dash(float along, float length, float part_px) {
  if (along <= 0 || along >= length) return 1;
  const int parts = std::max(1, 2 * static_cast<int>(length / part_px / 2) + 1);
  const float at = along / length * static_cast<float>(parts);
  const float inside_px = (at - std::floor(at)) * length / static_cast<float>(parts);
  const float edge_px = std::min(inside_px, length / static_cast<float>(parts) - inside_px);
  const float smooth = std::clamp(edge_px + 0.5f, 0.0f, 1.0f);
  return static_cast<int>(at) % 2 == 1 ? smooth : 1 - smooth;
}

float dash_at(const RoundedBox& shape, float x, float y, float part_px) {
  const Box& box = shape.box;
  const bool on_side = y > box.y + shape.radius && y < box.bottom() - shape.radius;
  const float start = (on_side ? box.y : box.x) + shape.radius;
  const float length = (on_side ? box.height : box.width) - 2 * shape.radius;
  return dash((on_side ? y : x) - start, length, part_px);
}

void blend(cv::Vec3b& pixel, const Colour& colour, float opacity) {
  for (int i = 0; i < 3; ++i)
    pixel[i] = static_cast<std::uint8_t>(pixel[i] +
                                         opacity * static_cast<float>(colour[i] - pixel[i]) + 0.5f);
}

}  // namespace

void draw_outline(Picture& picture, const Box& box, const OutlineStyle& style) {
  if (box.empty()) return;
  const float half = style.thickness_px / 2, reach = half + rim_px + 1;
  const RoundedBox shape{box, std::min(box.width, box.height) * 0.14f};
  const float part_px = std::max(6.0f, 4 * style.thickness_px);
  const auto paint = [&](int x, int y) {
    const float px = static_cast<float>(x) + 0.5f, py = static_cast<float>(y) + 0.5f;
    const float off_line = std::abs(shape.distance(px, py));
    if (off_line >= reach) return;
    const float opacity = style.opacity * (style.dashed ? dash_at(shape, px, py, part_px) : 1);
    cv::Vec3b& pixel = picture.at<cv::Vec3b>(y, x);
    blend(pixel, {0, 0, 0},
          opacity * rim_opacity * std::clamp(half + rim_px + 0.5f - off_line, 0.0f, 1.0f));
    blend(pixel, style.colour, opacity * std::clamp(half + 0.5f - off_line, 0.0f, 1.0f));
  };
  const auto pixel_range = [](float from, float to, int size) {
    const float last = static_cast<float>(size);
    return cv::Range(static_cast<int>(std::clamp(std::floor(from), 0.0f, last)),
                     static_cast<int>(std::clamp(std::ceil(to), 0.0f, last)));
  };
  const cv::Range rows = pixel_range(box.y - reach, box.bottom() + reach, picture.rows);
  const cv::Range columns = pixel_range(box.x - reach, box.right() + reach, picture.cols);
  for (int y = rows.start; y < rows.end; ++y) {
    const float py = static_cast<float>(y) + 0.5f;
    const float off_edge = std::min(std::abs(py - box.y), std::abs(py - box.bottom()));
    if (off_edge < reach) {
      for (int x = columns.start; x < columns.end; ++x) paint(x, y);
      continue;
    }
    const float side = off_edge < shape.radius ? std::max(shape.radius, reach) : reach;
    const cv::Range left = pixel_range(box.x - reach, box.x + side, picture.cols);
    const cv::Range right = pixel_range(box.right() - side, box.right() + reach, picture.cols);
    for (int x = left.start; x < left.end; ++x) paint(x, y);
    for (int x = std::max(right.start, left.end); x < right.end; ++x) paint(x, y);
  }
}

}  // namespace dramatis
