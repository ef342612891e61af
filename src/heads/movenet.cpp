#include "heads/movenet.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace dramatis {
namespace {

constexpr std::int64_t numbers_a_person = 56;

Keypoint keypoint(std::span<const float> person, int index, int width, int height) {
  const float* at = &person[index * 3];
  return {{at[1] * width, at[0] * height}, std::clamp(at[2], 0.f, 1.f)};
}

Body body_from(std::span<const float> person, int width, int height) {
  Body body;
  Keypoint* const places[] = {&body.nose,          &body.left_eye,  &body.right_eye,
                              &body.left_ear,      &body.right_ear, &body.left_shoulder,
                              &body.right_shoulder};
  for (int i = 0; i < 7; ++i) *places[i] = keypoint(person, i, width, height);
  const float top = person[51] * height, left = person[52] * width;
  body.box = {left, top, person[54] * width - left, person[53] * height - top};
  body.score = std::clamp(person[55], 0.f, 1.f);
  return body;
}

Point middle(const Point& a, const Point& b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

// All in heights of the head; found by comparing with the boxes of faces, see docs/heads.md.
constexpr float ear_distance = 0.58f;
constexpr float nose_weight =
    1.3f;  // a turned head shows its ears close and its nose far from them
constexpr float neck_length = 0.62f;  // from between the ears to between the shoulders
constexpr float rise = 0.08f;         // of the head's middle over the ears
constexpr float width_from_front = 0.76f;
constexpr float width_in_profile = 1.01f;
constexpr float nose_in_profile = 0.3f;  // its distance from the ears' middle
constexpr float sure_shoulders = 0.25f;
constexpr float sure_head = 0.25f;

float mean_score_of_head(const Body& b) {
  return (b.nose.score + b.left_eye.score + b.right_eye.score + b.left_ear.score +
          b.right_ear.score) /
         5;
}

float height_from_ears_and_nose(const Body& b) {
  const Point ears = middle(b.left_ear.place, b.right_ear.place);
  const float apart = distance(b.left_ear.place, b.right_ear.place);
  return std::hypot(apart, nose_weight * (b.nose.place.x - ears.x)) / ear_distance;
}

std::optional<float> height_from_neck(const Body& b) {
  if (std::min(b.left_shoulder.score, b.right_shoulder.score) < sure_shoulders) return std::nullopt;
  const Point ears = middle(b.left_ear.place, b.right_ear.place);
  const Point shoulders = middle(b.left_shoulder.place, b.right_shoulder.place);
  return distance(ears, shoulders) / neck_length;
}

/// Both tell the height of the head, each with an error of its own; their weighted geometric mean
/// errs less than either.
std::optional<float> head_height(const Body& b) {
  const float own = height_from_ears_and_nose(b);
  const std::optional<float> neck = height_from_neck(b);
  if (!neck) return own;
  if (*neck > 4 * own || own > 4 * *neck) return std::nullopt;  // not the parts of one body
  return std::pow(own, 0.6f) * std::pow(*neck, 0.4f);
}

}  // namespace

std::vector<Body> decode_movenet(const Tensor& output, int network_width, int network_height) {
  if (output.shape.size() != 3 || output.shape[0] != 1 || output.shape[2] != numbers_a_person)
    throw std::invalid_argument("MoveNet's output does not have its shape");
  std::vector<Body> bodies;
  for (std::int64_t i = 0; i < output.shape[1]; ++i)
    bodies.push_back(body_from({output.values.data() + i * numbers_a_person, numbers_a_person},
                               network_width, network_height));
  std::stable_sort(bodies.begin(), bodies.end(),
                   [](const Body& a, const Body& b) { return a.score > b.score; });
  return bodies;
}

std::optional<KeypointHead> head_of_body(const Body& body, float min_body_score) {
  if (body.score < min_body_score || mean_score_of_head(body) < sure_head) return std::nullopt;
  const std::optional<float> height = head_height(body);
  const bool finite = std::isfinite(body.left_ear.place.x + body.right_ear.place.x +
                                    body.left_ear.place.y + body.right_ear.place.y);
  if (!finite || !height || !(*height > 1) ||
      *height > 1.5f * std::max(body.box.height, body.box.width))
    return std::nullopt;

  const Point ears = middle(body.left_ear.place, body.right_ear.place);
  const float turned = std::abs(body.nose.place.x - ears.x) / (*height * nose_in_profile);
  const float width =
      *height * std::lerp(width_from_front, width_in_profile, std::min(1.f, turned));
  const Box box{ears.x - width / 2, ears.y - rise * *height - *height / 2, width, *height};
  // A person seen well has 0.6 of MoveNet and 0.9 of CenterFace.
  return KeypointHead{box, std::min(1.f, 1.5f * body.score)};
}

}  // namespace dramatis
