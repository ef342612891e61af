#pragma once

// MoveNet MultiPose (Google, 2021): up to six people with 17 keypoints each. It knows where a head
// is when no face is to be seen: from behind, in profile, far away.

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "inference/network.h"

namespace dramatis {

struct Keypoint {
  Point place;
  float score = 0;  ///< 0 to 1
};

/// A person. Left and right are the person's own.
struct Body {
  Keypoint nose, left_eye, right_eye, left_ear, right_ear, left_shoulder, right_shoulder;
  Box box;          ///< of all that is visible of the person
  float score = 0;  ///< 0 to 1
};

/// From the network's output [1, people, 56] (17 times y, x, score, then the box as top, left,
/// bottom, right, then the person's score; places from 0 to 1) to bodies in the network's pixels,
/// best first; all of them, also those of score 0. Throws std::invalid_argument for another shape.
std::vector<Body> decode_movenet(const Tensor& output, int network_width, int network_height);

/// A head that a body's keypoints tell of.
struct KeypointHead {
  Box box;          ///< the whole head; not yet clipped to the picture
  float score = 0;  ///< 0 to 1, on the scale of a face detector's
};

/// The whole head from nose, ears and shoulders; nothing where they are not those of a head:
/// unsure, much too small or too large for the body, or upside down on the trunk while they claim
/// to be sure. In square pixels.
std::optional<KeypointHead> head_of_body(const Body& body, float min_body_score);

}  // namespace dramatis
