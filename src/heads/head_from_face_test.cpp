#include "heads/head_from_face.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dramatis {
namespace {

/// A face as the detector gives it: `nose` is how far the nose lies to the right, in face heights.
Face face_at(float x, float y, float height, float nose = 0) {
  const float width = 0.77f * height;
  const auto at = [&](float across, float down) {
    return Point{x + across * width, y + down * height};
  };
  Face face{{x, y, width, height},
            {at(.3f, .4f), at(.7f, .4f), at(.5f, .6f), at(.35f, .8f), at(.65f, .8f)},
            0.9f};
  face.landmarks.nose.x += nose * height;
  return face;
}

Face turned(Face face, double degrees) {
  const Point c = face.box.centre();
  const double a = degrees * M_PI / 180;
  const auto turn = [&](const Point& p) {
    return Point{static_cast<float>(c.x + std::cos(a) * (p.x - c.x) - std::sin(a) * (p.y - c.y)),
                 static_cast<float>(c.y + std::sin(a) * (p.x - c.x) + std::cos(a) * (p.y - c.y))};
  };
  Landmarks& l = face.landmarks;
  for (Point* p : {&l.left_eye, &l.right_eye, &l.nose, &l.left_mouth_corner, &l.right_mouth_corner})
    *p = turn(*p);
  const float w = face.box.width, h = face.box.height;
  const float cw = std::abs(std::cos(a)), sw = std::abs(std::sin(a));
  face.box.width = std::hypot(w * cw, h * sw);
  face.box.height = std::hypot(h * cw, w * sw);
  face.box.x = c.x - face.box.width / 2;
  face.box.y = c.y - face.box.height / 2;
  return face;
}

TEST(HeadFromFace, HoldsTheFaceWithTheHairAboveAndTheEarsBeside) {
  const Face face = face_at(100, 100, 100);
  const Box head = head_box_from_face(face);
  EXPECT_GT(share_inside(face.box, head), 0.98f);
  EXPECT_LT(head.y, face.box.y - 20);                // hair
  EXPECT_NEAR(head.bottom(), face.box.bottom(), 8);  // chin
  EXPECT_NEAR(head.centre().x, face.box.centre().x, 1e-3);
  EXPECT_GT(head.width, 1.2f * face.box.width);  // ears
}

TEST(HeadFromFace, ATurnedHeadReachesBackFromItsNose) {
  const Face face = face_at(100, 100, 100, 0.18f);
  const Box head = head_box_from_face(face), front = head_box_from_face(face_at(100, 100, 100));
  EXPECT_GT(head.width, front.width);
  EXPECT_LT(head.x, front.x - 20);         // the back of the skull
  EXPECT_LE(head.right(), front.right());  // nothing before the nose
  const Box mirrored = head_box_from_face(face_at(100, 100, 100, -0.18f));
  EXPECT_NEAR(mirrored.right() - face.box.centre().x, face.box.centre().x - head.x, 1e-2);
}

TEST(HeadFromFace, StaysStillWhileTheFaceSpeaksAndLooksABit) {
  const Face quiet = face_at(100, 100, 100);
  Face speaking = quiet;  // the mouth opens: its corners move in and down
  speaking.landmarks.left_mouth_corner = {quiet.landmarks.left_mouth_corner.x + 4,
                                          quiet.landmarks.left_mouth_corner.y + 5};
  speaking.landmarks.right_mouth_corner = {quiet.landmarks.right_mouth_corner.x - 4,
                                           quiet.landmarks.right_mouth_corner.y + 5};
  EXPECT_GT(overlap(head_box_from_face(quiet), head_box_from_face(speaking)), 0.97f);
  EXPECT_GT(overlap(head_box_from_face(quiet), head_box_from_face(face_at(100, 100, 100, 0.03f))),
            0.88f);
}

TEST(HeadFromFace, FollowsALyingHead) {
  const Box head = head_box_from_face(turned(face_at(300, 300, 100), 90));  // crown to the right
  const Point face_centre = turned(face_at(300, 300, 100), 90).box.centre();
  EXPECT_GT(head.width, 1.2f * head.height);
  EXPECT_GT(head.centre().x, face_centre.x + 10);
  EXPECT_NEAR(head.centre().y, face_centre.y, 1);
}

TEST(HeadFromFace, IsSquareOnTheScreenWhateverThePixels) {
  Face squeezed = face_at(100, 100, 100, 0.1f);
  for (Point* p :
       {&squeezed.landmarks.left_eye, &squeezed.landmarks.right_eye, &squeezed.landmarks.nose,
        &squeezed.landmarks.left_mouth_corner, &squeezed.landmarks.right_mouth_corner})
    p->x /= 2;
  squeezed.box = squeezed.box.scaled(0.5f, 1);
  const Box expected = head_box_from_face(face_at(100, 100, 100, 0.1f)).scaled(0.5f, 1);
  EXPECT_GT(overlap(head_box_from_face(squeezed, 2), expected), 0.999f);
}

TEST(HeadFromFace, BadLandmarksGiveABoxAllTheSame) {
  Face face = face_at(100, 100, 100);
  const Point p{130, 150};
  face.landmarks = {p, p, p, p, p};
  EXPECT_GT(share_inside(face.box, head_box_from_face(face)), 0.95f);
  face.landmarks.nose = {5000, 150};
  EXPECT_LT(head_box_from_face(face).width, 200);
}

}  // namespace
}  // namespace dramatis
