#include "synthetic/invented_face.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "heads/colours.h"

namespace dramatis {
namespace {

constexpr int embedding_length = 192;

void scale_to_unit(Embedding& v) {
  double squared = 0;
  for (float x : v) squared += x * x;
  for (float& x : v) x = static_cast<float>(x / std::sqrt(squared));
}

Embedding random_direction(Chance& chance) {
  Embedding v(embedding_length);
  for (float& x : v) x = static_cast<float>(chance.normal());
  scale_to_unit(v);
  return v;
}

/// a + length * b, brought to unit length.
Embedding moved(Embedding a, const Embedding& b, double length) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += static_cast<float>(length * b[i]);
  scale_to_unit(a);
  return a;
}

void scale_to_one(std::span<float> part) {
  const float sum = std::accumulate(part.begin(), part.end(), 0.0f);
  for (float& x : part) x /= sum;
}

/// Hair, then clothes, as heads/colours.h has them: a few colours each.
std::vector<float> random_hues(Chance& chance) {
  std::vector<float> hues(2 * colour_bins, 0.002f);
  for (const int part : {0, colour_bins}) {
    for (int peak = 0; peak < 4; ++peak)
      hues[part + chance.below(colour_bins)] += static_cast<float>(chance.between(0.1, 0.4));
    scale_to_one(std::span(hues).subspan(part, colour_bins));
  }
  return hues;
}

}  // namespace

Likeness invented_likeness(Chance& chance) {
  return {random_direction(chance), random_direction(chance), random_hues(chance)};
}

// Two photos of one person differ by their shots' shifts and their own noise, two independent
// vectors each; half of the squared length is given to either.
Likeness as_in_this_shot(const Likeness& person, const WorldOptions& options, Chance& chance) {
  Likeness here = person;
  here.identity =
      moved(person.identity, random_direction(chance), options.embedding_noise / std::sqrt(2));
  return here;
}

Face invented_face(const Box& head, double yaw, double jitter, Chance& chance) {
  const float w = head.width, h = head.height;
  Face face;
  face.box = {head.x + 0.12f * w, head.y + 0.3f * h, 0.76f * w, 0.66f * h};
  // Points on a ball of radius 0.4 h, turned about its upright axis. Angles across, heights down.
  const double angle = yaw * 1.5707963;
  const auto on_head = [&](double across, double down, double depth) {
    const double x = depth * std::sin(across + angle);
    return Point{static_cast<float>(head.x + w / 2 + h * (x + chance.normal(jitter))),
                 static_cast<float>(head.y + h * (down + chance.normal(jitter)))};
  };
  face.landmarks = {on_head(-0.45, 0.52, 0.38), on_head(0.45, 0.52, 0.38), on_head(0, 0.68, 0.46),
                    on_head(-0.38, 0.82, 0.36), on_head(0.38, 0.82, 0.36)};
  face.score = static_cast<float>(std::clamp(0.95 - 0.4 * yaw * yaw, 0.3, 0.99));
  return face;
}

void dress(Head& head, const Likeness& likeness, double yaw, bool is_portrait,
           const WorldOptions& options, Chance& chance) {
  if (options.colours) {
    head.colours = likeness.hues;
    for (float& c : head.colours)
      c = std::max(0.0f, c * static_cast<float>(1 + chance.normal(0.2)));
  }
  if (!head.face || !options.faces) return;
  const double size = std::min(1.0, head.box.height / 80.0);
  const double facing = std::max(0.0, 1 - yaw * yaw);
  head.face_quality =
      static_cast<float>(std::clamp(90 * facing * size + chance.normal(4), 0.0, 100.0));
  if (!options.embeddings) return;
  const double noise = is_portrait ? 0.1 : options.embedding_noise / std::sqrt(2) / std::sqrt(size);
  const Embedding turned = moved(likeness.identity, likeness.profile, 1.2 * yaw * yaw);
  head.embedding = moved(turned, random_direction(chance), noise);
}

}  // namespace dramatis
