#include "faces/alignment.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dramatis {
namespace {

/// A turn with scale and a shift: (x, y) -> (a x - b y + shift.x, b x + a y + shift.y).
struct Similarity {
  double a = 1;
  double b = 0;
  double shift_x = 0;
  double shift_y = 0;
};

template <typename Points>
Point mean(const Points& points) {
  double x = 0, y = 0;
  for (const Point& p : points) x += p.x, y += p.y;
  return {static_cast<float>(x / points.size()), static_cast<float>(y / points.size())};
}

/// In the plane Umeyama's least squares has this closed form: with both sets centred, a and b are
/// the sums of dot and cross products over the sum of squares. It cannot mirror by its very shape.
/// Points that all lie in one place have no size: nothing is turned or scaled then.
Similarity fitted(const std::array<Point, 5>& from, const std::array<Point, 5>& to) {
  const Point from_mean = mean(from), to_mean = mean(to);
  double dot = 0, cross = 0, squares = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double fx = from[i].x - from_mean.x, fy = from[i].y - from_mean.y;
    const double tx = to[i].x - to_mean.x, ty = to[i].y - to_mean.y;
    dot += fx * tx + fy * ty;
    cross += fx * ty - fy * tx;
    squares += fx * fx + fy * fy;
  }
  Similarity s;
  if (squares > 1e-9) s = {dot / squares, cross / squares};
  s.shift_x = to_mean.x - s.a * from_mean.x + s.b * from_mean.y;
  s.shift_y = to_mean.y - s.b * from_mean.x - s.a * from_mean.y;
  return s;
}

Similarity inverse(const Similarity& s) {
  const double squares = s.a * s.a + s.b * s.b;
  if (squares < 1e-18) return {1, 0, -s.shift_x, -s.shift_y};
  Similarity back{s.a / squares, -s.b / squares};
  back.shift_x = -(back.a * s.shift_x - back.b * s.shift_y);
  back.shift_y = -(back.b * s.shift_x + back.a * s.shift_y);
  return back;
}

/// Frame pixels in one crop pixel.
double shrinking(const cv::Matx23f& m) {
  return std::sqrt(
      std::abs(static_cast<double>(m(0, 0)) * m(1, 1) - static_cast<double>(m(0, 1)) * m(1, 0)));
}

/// OpenCV counts from the centre of the first pixel, we from its corner.
cv::Matx23f for_opencv(cv::Matx23f m) {
  m(0, 2) += 0.5f * (m(0, 0) + m(0, 1)) - 0.5f;
  m(1, 2) += 0.5f * (m(1, 0) + m(1, 1)) - 0.5f;
  return m;
}

/// Pixels of the frame that the crop touches, grown by a pixel; empty when it lies outside.
cv::Rect touched(const cv::Matx23f& frame_from_crop, int crop_size, const cv::Size& frame) {
  const float s = static_cast<float>(crop_size);
  std::array<Point, 4> corners{Point{0, 0}, {s, 0}, {0, s}, {s, s}};
  for (Point& corner : corners) corner = transformed(frame_from_crop, corner);
  const auto [left, right] = std::minmax_element(
      corners.begin(), corners.end(), [](const Point& p, const Point& q) { return p.x < q.x; });
  const auto [top, bottom] = std::minmax_element(
      corners.begin(), corners.end(), [](const Point& p, const Point& q) { return p.y < q.y; });
  const auto pixel = [](float place) {  // held to what an int can hold, also when not a number
    return static_cast<int>(place > -1e6f ? std::min(place, 1e6f) : -1e6f);
  };
  const cv::Point from(pixel(std::floor(left->x)) - 1, pixel(std::floor(top->y)) - 1);
  const cv::Point to(pixel(std::ceil(right->x)) + 1, pixel(std::ceil(bottom->y)) + 1);
  return cv::Rect(from, to) & cv::Rect({0, 0}, frame);
}

Picture warped(const Picture& picture, const cv::Matx23f& picture_from_crop, int crop_size) {
  Picture crop;
  cv::warpAffine(picture, crop, for_opencv(picture_from_crop), {crop_size, crop_size},
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, beyond_the_picture);
  return crop;
}

/// Bilinear sampling sees four pixels, so a face that shrinks more than twofold is first averaged
/// down to less than twice the crop's scale.
Picture cut(const Picture& frame_picture, cv::Matx23f frame_from_crop, int crop_size) {
  const double scale = shrinking(frame_from_crop);
  const int factor = scale >= 2 ? static_cast<int>(std::min(scale, 1000.0)) : 1;
  const cv::Rect region = touched(frame_from_crop, crop_size, frame_picture.size());
  if (factor < 2 || region.width < factor || region.height < factor)
    return warped(frame_picture, frame_from_crop, crop_size);

  const cv::Size small_size(region.width / factor, region.height / factor);
  Picture small;
  cv::resize(frame_picture(region), small, small_size, 0, 0, cv::INTER_AREA);
  const float sx = static_cast<float>(small_size.width) / region.width;
  const float sy = static_cast<float>(small_size.height) / region.height;
  for (int column = 0; column < 3; ++column) {
    frame_from_crop(0, column) = (frame_from_crop(0, column) - (column == 2 ? region.x : 0)) * sx;
    frame_from_crop(1, column) = (frame_from_crop(1, column) - (column == 2 ? region.y : 0)) * sy;
  }
  return warped(small, frame_from_crop, crop_size);
}

}  // namespace

const std::array<Point, 5>& landmark_template_112() {
  static const std::array<Point, 5> points{Point{38.2946f + 0.5f, 51.6963f + 0.5f},
                                           {73.5318f + 0.5f, 51.5014f + 0.5f},
                                           {56.0252f + 0.5f, 71.7366f + 0.5f},
                                           {41.5493f + 0.5f, 92.3655f + 0.5f},
                                           {70.7299f + 0.5f, 92.2041f + 0.5f}};
  return points;
}

cv::Matx23f frame_from_crop(const Landmarks& landmarks_in_frame, int crop_size,
                            float pixel_aspect) {
  std::array<Point, 5> in_crop = landmark_template_112();
  for (Point& p : in_crop) p = {p.x * crop_size / 112.f, p.y * crop_size / 112.f};
  std::array<Point, 5> on_screen = landmarks_in_frame.points();
  for (Point& p : on_screen) p.x *= pixel_aspect;

  // The error is measured in the crop, as where the networks were trained; hence fitted that way
  // round.
  const Similarity mapping = inverse(fitted(on_screen, in_crop));
  return {static_cast<float>(mapping.a / pixel_aspect),
          static_cast<float>(-mapping.b / pixel_aspect),
          static_cast<float>(mapping.shift_x / pixel_aspect),
          static_cast<float>(mapping.b),
          static_cast<float>(mapping.a),
          static_cast<float>(mapping.shift_y)};
}

Point transformed(const cv::Matx23f& m, const Point& p) {
  return {m(0, 0) * p.x + m(0, 1) * p.y + m(0, 2), m(1, 0) * p.x + m(1, 1) * p.y + m(1, 2)};
}

Picture aligned_crop(const Picture& frame_picture, const Landmarks& landmarks, int crop_size,
                     float pixel_aspect) {
  return cut(frame_picture, frame_from_crop(landmarks, crop_size, pixel_aspect), crop_size);
}

Picture square_crop(const Picture& frame_picture, const Box& face_box, int crop_size, float margin,
                    float pixel_aspect) {
  const float side = margin * std::max(face_box.width * pixel_aspect, face_box.height);
  const float scale = side / crop_size;
  const Point centre = face_box.centre();
  const cv::Matx23f frame_from_crop{
      scale / pixel_aspect, 0, centre.x - side / pixel_aspect / 2, 0, scale, centre.y - side / 2};
  return cut(frame_picture, frame_from_crop, crop_size);
}

}  // namespace dramatis
