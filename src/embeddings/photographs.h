#pragma once

// For tests and measurements alone: labelled photographs, worsened in known ways.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <vector>

#include "faces/centerface.h"
#include "faces/real_data.h"
#include "film/picture_file.h"

namespace dramatis::test {

/// A photograph and its largest face.
struct Portrait {
  std::string person, photo;  ///< folder and file
  Picture picture;
  Face face;
};

inline void scale_landmarks(Landmarks& l, float sx, float sy) {
  for (Point* p : {&l.left_eye, &l.right_eye, &l.nose, &l.left_mouth_corner, &l.right_mouth_corner})
    *p = {p->x * sx, p->y * sy};
}

/// The portrait as a film would show it with a face of this height: shrunk whole. Never enlarged.
inline Portrait shrunk(const Portrait& portrait, float face_height_px) {
  const float scale = face_height_px / portrait.face.box.height;
  if (face_height_px <= 0 || scale >= 1) return portrait;
  Portrait small = portrait;
  cv::resize(portrait.picture, small.picture, {}, scale, scale, cv::INTER_AREA);
  const float sx = static_cast<float>(small.picture.cols) / portrait.picture.cols;
  const float sy = static_cast<float>(small.picture.rows) / portrait.picture.rows;
  small.face.box = portrait.face.box.scaled(sx, sy);
  scale_landmarks(small.face.landmarks, sx, sy);
  return small;
}

/// The part of the picture round the face, three faces wide, and the face in it.
inline Portrait cut_round_face(const Portrait& portrait) {
  const Box& b = portrait.face.box;
  const cv::Rect part = cv::Rect(b.x - b.width, b.y - b.height, 3 * b.width, 3 * b.height) &
                        cv::Rect({0, 0}, portrait.picture.size());
  Portrait cut = portrait;
  cut.picture = portrait.picture(part).clone();
  cut.face.box = {b.x - part.x, b.y - part.y, b.width, b.height};
  Landmarks& l = cut.face.landmarks;
  for (Point* p : {&l.left_eye, &l.right_eye, &l.nose, &l.left_mouth_corner, &l.right_mouth_corner})
    *p = {p->x - part.x, p->y - part.y};
  return cut;
}

inline std::optional<Portrait> portrait_of(FaceDetector& detector,
                                           const std::filesystem::path& file) {
  Portrait portrait;
  portrait.person = file.parent_path().filename().string();
  portrait.photo = file.filename().string();
  portrait.picture = read_picture(file.string());
  const auto face = largest_of(detector.detect(Frame::of_picture(portrait.picture)));
  if (!face) return std::nullopt;
  portrait.face = *face;
  return portrait;
}

inline double distance_between(const Embedding& a, const Embedding& b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    squares += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
  return std::sqrt(squares);
}

}  // namespace dramatis::test
