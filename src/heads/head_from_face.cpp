#include "heads/head_from_face.h"

#include <algorithm>
#include <cmath>

namespace dramatis {
namespace {

// All in heights of the face box; docs/heads.md tells how they were found.
constexpr float head_height = 1.4f;
constexpr float head_width = 1.f;        // seen from the front
constexpr float width_of_a_turn = 1.4f;  // how much wider for each unit of nose offset
constexpr float shift_of_a_turn = 1.8f;  // how far the middle moves away from the nose
constexpr float rise = 0.145f;           // of the head's middle over the face's
constexpr float largest_offset = 0.2f;   // of the nose: a full profile; more is a bad landmark

Point middle(const Point& a, const Point& b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

Face on_screen(Face face, float pixel_aspect) {
  Landmarks& l = face.landmarks;
  for (Point* p : {&l.left_eye, &l.right_eye, &l.nose, &l.left_mouth_corner, &l.right_mouth_corner})
    p->x *= pixel_aspect;
  face.box = face.box.scaled(pixel_aspect, 1);
  return face;
}

/// The direction from mouth to eyes, of length one; straight up when the landmarks do not say.
Point up_of(const Landmarks& l) {
  const Point eyes = middle(l.left_eye, l.right_eye);
  const Point mouth = middle(l.left_mouth_corner, l.right_mouth_corner);
  const float length = distance(eyes, mouth);
  if (!(length > 1e-3f)) return {0, -1};
  return {(eyes.x - mouth.x) / length, (eyes.y - mouth.y) / length};
}

/// How far the nose lies to the face's right (as seen) of the line from mouth to eyes.
float nose_offset(const Landmarks& l, const Point& right) {
  const Point eyes = middle(l.left_eye, l.right_eye);
  const Point mouth = middle(l.left_mouth_corner, l.right_mouth_corner);
  const Point axis = middle(eyes, mouth);
  return (l.nose.x - axis.x) * right.x + (l.nose.y - axis.y) * right.y;
}

}  // namespace

Box head_box_from_face(const Face& face_in_frame, float pixel_aspect) {
  const Face face = on_screen(face_in_frame, pixel_aspect);
  const Point up = up_of(face.landmarks);
  const Point right{-up.y, up.x};
  const float size = std::hypot(face.box.height * up.y, face.box.width * up.x);
  if (size <= 0) return face_in_frame.box;

  const float turn =
      std::clamp(nose_offset(face.landmarks, right) / size, -largest_offset, largest_offset);
  const float width = size * (head_width + width_of_a_turn * std::abs(turn));
  const float height = size * head_height;
  const Point face_middle = face.box.centre();
  const Point centre{face_middle.x + size * (rise * up.x - shift_of_a_turn * turn * right.x),
                     face_middle.y + size * (rise * up.y - shift_of_a_turn * turn * right.y)};
  // The upright box round the tilted ellipse.
  const float across = std::hypot(width * right.x, height * up.x);
  const float down = std::hypot(width * right.y, height * up.y);
  const Box on_screen_box{centre.x - across / 2, centre.y - down / 2, across, down};
  return on_screen_box.scaled(1 / pixel_aspect, 1);
}

}  // namespace dramatis
