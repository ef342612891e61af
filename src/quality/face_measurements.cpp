#include "quality/face_measurements.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "faces/alignment.h"

namespace dramatis {
namespace {

constexpr int crop_size = 112;

Point middle(const Point& a, const Point& b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

/// The five landmarks in the crop, where turning and scale are gone.
std::array<Point, 5> landmarks_in_crop(const Landmarks& landmarks,
                                       const cv::Matx23f& frame_from_crop) {
  cv::Matx23f crop_from_frame;
  cv::invertAffineTransform(frame_from_crop, crop_from_frame);
  std::array<Point, 5> points = landmarks.points();
  for (Point& p : points) p = transformed(crop_from_frame, p);
  return points;
}

/// Where the nose lies between left (-1) and right (1).
float yaw_of(const std::array<Point, 5>& p) {
  const float half = (p[1].x - p[0].x + p[4].x - p[3].x) / 4;
  const float axis = (middle(p[0], p[1]).x + middle(p[3], p[4]).x) / 2;
  if (half <= 1) return p[2].x < axis ? -1.f : 1.f;
  return std::clamp((p[2].x - axis) / half, -1.f, 1.f);
}

/// Where the nose lies between eyes and mouth, half way being 0 (the template has 0.0).
float pitch_of(const std::array<Point, 5>& p) {
  const float eyes = middle(p[0], p[1]).y, mouth = middle(p[3], p[4]).y;
  if (mouth - eyes <= 1) return 1;
  return std::clamp(2 * ((p[2].y - eyes) / (mouth - eyes) - 0.495f), -1.f, 1.f);
}

float misfit_of(const std::array<Point, 5>& p) {
  float squares = 0;
  for (int i = 0; i < 5; ++i) squares += std::pow(distance(p[i], landmark_template_112()[i]), 2.f);
  return std::sqrt(squares / 5);
}

/// The share of a 9 x 9 grid over the crop that lies in the picture.
float visible_share(const cv::Matx23f& frame_from_crop, const cv::Size& picture) {
  int seen = 0;
  for (int row = 0; row < 9; ++row)
    for (int column = 0; column < 9; ++column) {
      const Point p = transformed(frame_from_crop,
                                  {(column + .5f) * crop_size / 9, (row + .5f) * crop_size / 9});
      seen += p.x >= 0 && p.y >= 0 && p.x < picture.width && p.y < picture.height;
    }
  return seen / 81.f;
}

/// The part of the crop between the brows, the cheeks and the chin: face and nothing else.
cv::Rect inner_face(int size) {
  return {size * 26 / 112, size * 34 / 112, size * 60 / 112, size * 70 / 112};
}

/// Mean steepness over contrast, at the face's own resolution: a small face is not called blurred
/// for being small, and a dark one not for being dark.
float sharpness_of(const cv::Mat& grey, float frame_pixels_in_crop_pixel) {
  cv::Mat own = grey;
  const int size =
      std::clamp<int>(std::lround(crop_size * frame_pixels_in_crop_pixel), 16, crop_size);
  if (size < crop_size) cv::resize(grey, own, {size, size}, 0, 0, cv::INTER_AREA);
  const cv::Mat face = own(inner_face(size));
  cv::Mat edges;
  cv::Laplacian(face, edges, CV_32F);
  cv::Scalar mean, deviation, edge_mean, edge_deviation;
  cv::meanStdDev(face, mean, deviation);
  cv::meanStdDev(edges, edge_mean, edge_deviation);
  return static_cast<float>(edge_deviation[0] / (deviation[0] + 4));
}

}  // namespace

FaceMeasurements measured(const Picture& frame_picture, const Face& face,
                          const Picture& aligned_crop_112, float pixel_aspect) {
  const cv::Matx23f matrix = frame_from_crop(face.landmarks, crop_size, pixel_aspect);
  const auto points = landmarks_in_crop(face.landmarks, matrix);
  cv::Mat grey;
  cv::cvtColor(aligned_crop_112, grey, cv::COLOR_BGR2GRAY);
  cv::Scalar mean, deviation;
  cv::meanStdDev(grey(inner_face(crop_size)), mean, deviation);

  FaceMeasurements m;
  m.height_px = face.box.height;
  m.sharpness = sharpness_of(grey, std::hypot(matrix(0, 1), matrix(1, 1)));
  m.yaw = yaw_of(points);
  m.pitch = pitch_of(points);
  m.misfit = misfit_of(points);
  m.brightness = static_cast<float>(mean[0]);
  m.contrast = static_cast<float>(deviation[0]);
  m.detector_score = face.score;
  m.visible = visible_share(matrix, frame_picture.size());
  return m;
}

}  // namespace dramatis
