#include "heads/movenet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace dramatis {
namespace {

/// An invented person: a round head of this height on shoulders, turned by an angle whose sine is
/// `turn`: 0 looks at us, 1 to the right.
Body person(Point head_centre, float head_height, float turn, float score = 0.6f) {
  Body b;
  const float ear = 0.29f * head_height * std::sqrt(1.001f - turn * turn);
  const Point ears{head_centre.x, head_centre.y + 0.08f * head_height};
  b.left_ear = {{ears.x - ear, ears.y}, 0.7f};
  b.right_ear = {{ears.x + ear, ears.y}, 0.7f};
  b.nose = {{ears.x + turn * 0.42f * head_height, ears.y + 0.06f * head_height}, 0.7f};
  b.left_eye = {{b.nose.place.x - 0.1f * head_height, ears.y - 0.05f * head_height}, 0.7f};
  b.right_eye = {{b.nose.place.x + 0.1f * head_height, ears.y - 0.05f * head_height}, 0.7f};
  const float neck = ears.y + 0.62f * head_height;
  b.left_shoulder = {{ears.x - 0.55f * head_height * (1 - turn), neck}, 0.7f};
  b.right_shoulder = {{ears.x + 0.55f * head_height * (1 - turn), neck}, 0.7f};
  b.box = {head_centre.x - head_height, head_centre.y - head_height / 2, 2 * head_height,
           6 * head_height};
  b.score = score;
  return b;
}

Tensor as_output(const std::vector<Body>& bodies, float width, float height) {
  Tensor t{{1, 6, 56}, std::vector<float>(6 * 56, 0.f)};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const Body& b = bodies[i];
    const Keypoint points[] = {b.nose,      b.left_eye,      b.right_eye,     b.left_ear,
                               b.right_ear, b.left_shoulder, b.right_shoulder};
    float* at = &t.values[i * 56];
    for (int k = 0; k < 7; ++k) {
      at[3 * k] = points[k].place.y / height;
      at[3 * k + 1] = points[k].place.x / width;
      at[3 * k + 2] = points[k].score;
    }
    at[51] = b.box.y / height;
    at[52] = b.box.x / width;
    at[53] = b.box.bottom() / height;
    at[54] = b.box.right() / width;
    at[55] = b.score;
  }
  return t;
}

TEST(MoveNet, ReadsPeopleBestFirst) {
  const Body near = person({200, 80}, 60, 0, 0.8f), far = person({50, 90}, 20, 1, 0.3f);
  const auto bodies = decode_movenet(as_output({far, near}, 320, 192), 320, 192);
  ASSERT_EQ(bodies.size(), 6u);
  EXPECT_FLOAT_EQ(bodies[0].score, 0.8f);
  EXPECT_NEAR(bodies[0].right_ear.place.x, near.right_ear.place.x, 1e-3);
  EXPECT_NEAR(bodies[1].nose.place.y, far.nose.place.y, 1e-3);
  EXPECT_GT(overlap(bodies[1].box, far.box), 0.999f);
  EXPECT_THROW(decode_movenet({{1, 6, 51}, std::vector<float>(306)}, 320, 192),
               std::invalid_argument);
}

TEST(HeadOfBody, IsTheWholeHeadFromFrontSideAndBehind) {
  for (const float turn : {0.f, 0.5f, 1.f}) {
    const auto head = head_of_body(person({200, 80}, 60, turn), 0.1f);
    ASSERT_TRUE(head);
    EXPECT_NEAR(head->box.height, 60, 9) << turn;
    EXPECT_NEAR(head->box.centre().x, 200, 3) << turn;
    EXPECT_NEAR(head->box.centre().y, 80, 3) << turn;
  }
  Body back = person({200, 80}, 60, 0);
  std::swap(back.left_ear, back.right_ear);
  const auto head = head_of_body(back, 0.1f), front = head_of_body(person({200, 80}, 60, 0), 0.1f);
  ASSERT_TRUE(head && front);
  EXPECT_GT(overlap(head->box, front->box), 0.99f);
}

TEST(HeadOfBody, UsesTheNeckOnlyWhereShouldersAreSure) {
  Body doubtful = person({200, 80}, 60, 0);
  const Box whole = head_of_body(doubtful, 0.1f)->box;
  doubtful.left_shoulder = {{10, 500}, 0.1f};
  EXPECT_NEAR(head_of_body(doubtful, 0.1f)->box.height, whole.height, 3);
}

TEST(HeadOfBody, RefusesWhatIsNoHead) {
  EXPECT_FALSE(head_of_body(person({200, 80}, 60, 0, 0.05f), 0.1f));  // nobody
  Body faint = person({200, 80}, 60, 0);
  for (Keypoint* k :
       {&faint.nose, &faint.left_eye, &faint.right_eye, &faint.left_ear, &faint.right_ear})
    k->score = 0.1f;
  EXPECT_FALSE(head_of_body(faint, 0.1f));
  Body torn = person({200, 80}, 60, 0);
  torn.left_shoulder.place.y = torn.right_shoulder.place.y = 900;  // somebody else's shoulders
  EXPECT_FALSE(head_of_body(torn, 0.1f));
  Body collapsed = person({200, 80}, 60, 0);
  for (Keypoint* k : {&collapsed.nose, &collapsed.left_ear, &collapsed.right_ear})
    k->place = {200, 80};
  collapsed.left_shoulder.score = 0;
  EXPECT_FALSE(head_of_body(collapsed, 0.1f));
}

}  // namespace
}  // namespace dramatis
