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

constexpr int sharpness_size = 28;  // of the crop: finer detail tells nobody's name

/// How strongly the brightness bends, over the contrast; across and down apart, and the lesser of
/// the two, since motion blurs one direction only.
float sharpness_of(const cv::Mat& grey, float contrast) {
  cv::Mat small, across, down;
  cv::resize(grey, small, {sharpness_size, sharpness_size}, 0, 0, cv::INTER_AREA);
  cv::Sobel(small, across, CV_32F, 2, 0);
  cv::Sobel(small, down, CV_32F, 0, 2);
  const cv::Rect face = inner_face(sharpness_size);
  cv::Scalar mean, bend_across, bend_down;
  cv::meanStdDev(across(face), mean, bend_across);
  cv::meanStdDev(down(face), mean, bend_down);
  return static_cast<float>(std::min(bend_across[0], bend_down[0])) / (contrast + 4);
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
  m.yaw = yaw_of(points);
  m.pitch = pitch_of(points);
  m.misfit = misfit_of(points);
  m.brightness = static_cast<float>(mean[0]);
  m.contrast = static_cast<float>(deviation[0]);
  m.sharpness = sharpness_of(grey, m.contrast);
  m.detector_score = face.score;
  m.visible = visible_share(matrix, frame_picture.size());
  return m;
}

}  // namespace dramatis
