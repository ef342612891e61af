#pragma once

// Places in a picture, in pixels. The origin is the top left corner of the top left pixel, whose
// centre is therefore at (0.5, 0.5). Unless a name says otherwise ("in_crop", "in_network"), a
// place is in the film's picture as displayed: rotation applied.

namespace dramatis {

struct Point {
  float x = 0;
  float y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
  float x = 0;  ///< left edge
  float y = 0;  ///< top edge
  float width = 0;
  float height = 0;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  Point centre() const { return {x + width / 2, y + height / 2}; }
  float area() const { return width > 0 && height > 0 ? width * height : 0; }
  bool empty() const { return area() <= 0; }
  bool contains(const Point& p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  /// The same box seen in a picture whose axes are stretched by (sx, sy).
  Box scaled(float sx, float sy) const { return {x * sx, y * sy, width * sx, height * sy}; }
  friend bool operator==(const Box&, const Box&) = default;
};

Box intersection(const Box& a, const Box& b);
/// The smallest box that holds both.
Box hull(const Box& a, const Box& b);
/// Area shared over area covered, 0 to 1.
float overlap(const Box& a, const Box& b);
/// The part of `inner` that lies in `outer`, 0 to 1.
float share_inside(const Box& inner, const Box& outer);
/// The part of the box that lies in a picture of this size.
Box clipped(const Box& box, int picture_width, int picture_height);
/// Between a (at 0) and b (at 1), each edge on a straight line.
Box interpolated(const Box& a, const Box& b, float at);
float distance(const Point& a, const Point& b);

}  // namespace dramatis
