// Is one track two people?
//
// If a track jumped from one head to another, its faces before the jump are one person's and its
// faces after it another's. Two questions, in this order:
//
// Where would the change be? At the moment that sets the two sides apart most: the energy statistic
// of Székely and Rizzo, as Matteson and James (2014) use it to find change points,
//
//     Q = W1 W2 / (W1 + W2) * (2 mean d(before, after) - mean d(before) - mean d(after)),
//
// with d the distance of embeddings and every face counting by its weight W: quality, and how far
// it looks at us. It needs no model of how embeddings are spread.
//
// Is it a change of person? A head that turns away, or a light that goes out, also sets two sides
// apart, so a significant Q is not enough. The best faces of either side are compared as any two
// tracks are: what decides is whether even their nearer quarter of pairs is as far apart as two
// people's faces are, in log odds that count for less when a side has nothing but profiles and
// blurs (fragment.h). A side also needs the weight of one and a half good faces: a single odd face
// is an odd face.
//
// The parts are asked again, until none splits. The cut itself is made where, between the last face
// before and the first after, the motion fits worst.
//
// Cost: n^2 distances for the n faces of a track, at most 80 of them.

#include "tracks/splitting.h"

#include <algorithm>
#include <optional>

#include "tracks/appearance.h"
#include "tracks/fragment.h"

namespace dramatis {
namespace {

constexpr std::size_t most_faces = 80;
constexpr double least_weight = 1.5;

/// A sighting with an embedded face: its place in the fragment.
struct Face {
  std::size_t at;
  const Head* head;
  double weight;
};

std::vector<Face> faces_of(const SteadyShot& shot, const Fragment& fragment) {
  std::vector<Face> faces;
  for (std::size_t i = 0; i < fragment.size(); ++i) {
    const Head& head = shot.head(fragment[i]);
    if (has_face_evidence(head)) faces.push_back({i, &head, face_weight(head)});
  }
  if (faces.size() <= most_faces) return faces;
  std::vector<Face> some;
  for (std::size_t i = 0; i < most_faces; ++i) some.push_back(faces[i * faces.size() / most_faces]);
  return some;
}

/// Sums of weighted distances and weights, for the energy statistic.
class Distances {
 public:
  explicit Distances(const std::vector<Face>& faces)
      : faces_(faces), n_(faces.size()), d_(n_ * n_) {
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < i; ++j)
        d_[i * n_ + j] = d_[j * n_ + i] =
            faces[i].weight * faces[j].weight *
            face_distance_l2(faces[i].head->embedding, faces[j].head->embedding);
  }

  /// How many faces lie before the most telling change, if there are enough on both sides.
  std::optional<std::size_t> change() const {
    double all = 0, total_weight = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      total_weight += faces_[i].weight;
      for (std::size_t j = 0; j < n_; ++j) all += d_[i * n_ + j];
    }
    std::optional<std::size_t> best;
    double best_q = 0, within_before = 0, across = 0, weight = 0;
    for (std::size_t k = 0; k + 1 < n_; ++k) {  // face k goes over to the side before
      for (std::size_t j = 0; j < n_; ++j) {
        const double d = d_[k * n_ + j];
        if (j < k) within_before += 2 * d, across -= d;
        if (j > k) across += d;
      }
      weight += faces_[k].weight;
      const double rest = total_weight - weight;
      if (weight < least_weight || rest < least_weight) continue;
      const double within_after = all - within_before - 2 * across;
      const double q = weight * rest / total_weight *
                       (2 * across / (weight * rest) - within_before / (weight * weight) -
                        within_after / (rest * rest));
      if (q > best_q) best_q = q, best = k + 1;
    }
    return best;
  }

 private:
  const std::vector<Face>& faces_;
  std::size_t n_;
  std::vector<double> d_;
};

/// Between two sightings that are sure to lie on either side, the first one after the change.
std::size_t least_likely_step(const SteadyShot& shot, const Fragment& fragment, std::size_t first,
                              std::size_t last, const MotionNoise& noise) {
  if (last == first + 1) return last;
  const Course course = course_of(shot, fragment, noise);
  std::size_t worst = last;
  double worst_odds = 1e300;
  for (std::size_t i = first + 1; i <= last; ++i) {
    const double gap_s = shot.time_s(fragment[i]) - shot.time_s(fragment[i - 1]);
    const double odds =
        motion_log_odds(shot, course.from_before[i - 1], course.from_after[i], gap_s, noise);
    if (odds < worst_odds) worst_odds = odds, worst = i;
  }
  return worst;
}

/// The first sighting of the second person, if there are two.
std::optional<std::size_t> change_of_person(const SteadyShot& shot, const Fragment& fragment,
                                            const TrackingOptions& options) {
  const auto faces = faces_of(shot, fragment);
  const auto before = Distances(faces).change();
  if (!before) return std::nullopt;
  const std::size_t last = faces[*before - 1].at, next = faces[*before].at;
  const std::span<const Sighting> whole(fragment);
  const auto odds = appearance_log_odds(shot, whole.first(last + 1), whole.subspan(next), options);
  if (!odds || *odds > clearly_different) return std::nullopt;
  return least_likely_step(shot, fragment, last, next, options.motion);
}

void split(const SteadyShot& shot, Fragment fragment, const TrackingOptions& options,
           std::vector<Fragment>& parts) {
  const auto change = change_of_person(shot, fragment, options);
  if (!change) {
    parts.push_back(std::move(fragment));
    return;
  }
  const auto at = fragment.begin() + static_cast<std::ptrdiff_t>(*change);
  split(shot, Fragment(fragment.begin(), at), options, parts);
  split(shot, Fragment(at, fragment.end()), options, parts);
}

}  // namespace

std::vector<Fragment> split_by_faces(const SteadyShot& shot, const std::vector<Fragment>& fragments,
                                     const TrackingOptions& options) {
  std::vector<Fragment> parts;
  for (const Fragment& fragment : fragments) split(shot, fragment, options, parts);
  return parts;
}

}  // namespace dramatis
