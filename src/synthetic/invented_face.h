#pragma once

#include "heads/head.h"
#include "synthetic/random.h"
#include "synthetic/world.h"

namespace dramatis {

/// What makes one person look like themselves.
struct Likeness {
  Embedding identity;       ///< unit length
  Embedding profile;        ///< unit length; where their embedding drifts as they turn away
  std::vector<float> hues;  ///< of hair and clothes
};

Likeness invented_likeness(Chance& chance);

/// How someone looks in one shot: light and make-up shift them a little.
Likeness as_in_this_shot(const Likeness& person, const WorldOptions& options, Chance& chance);

/// The face that a head of this box shows when turned by `yaw` (-1 left profile, 0 towards us, 1
/// right profile). `jitter` in head heights.
Face invented_face(const Box& head, double yaw, double jitter, Chance& chance);

/// Fills in quality, embedding and colours as the options say. Portraits hardly vary.
void dress(Head& head, const Likeness& likeness, double yaw, bool is_portrait,
           const WorldOptions& options, Chance& chance);

}  // namespace dramatis
