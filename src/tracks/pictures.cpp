// A face on a wall, or a face in a person?
//
// Wherever a camera goes, a flat face changes by turning, growing and shifting as a whole, a
// similarity. A living face also changes in itself: it nods, turns, speaks, blinks. So what is left
// of the five landmarks once the best similarity between two sightings is taken out, relative to
// their spread, is the detector's own noise for a picture, and more than that for a person.
// Embeddings likewise stay in one spot. And a picture goes its way smoothly, as a camera does: a
// head sways.
//
// All of this is judged by the pairs that differ most (nine in ten lie below), so one blink is
// enough to be alive. The bounds lie between what still photographs and what quiet people measured
// (docs/tracks.md). A slow zoom shifts the detector's bias and so looks a little alive; it is told
// from a quiet person only in longer shots, where people do not stay quiet. To call a person a
// picture is worse than to miss a picture: every bound must hold.
//
// Where nobody lives in the shot, photographs are what the film shows, and their still faces are
// its people: one fills the frame, or several hang, drift or grow beside one another, before
// whatever ground. So a still face is a picture only where a living head is there for half of its
// time. Who strays from a smooth path but never changes in himself is not living: a photograph may
// be moved on any path.
//
// Cost: n^2 / 2 comparisons for at most 40 faces of a track.

#include "tracks/pictures.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "tracks/appearance.h"

namespace dramatis {
namespace {

constexpr std::size_t fewest_faces = 10, most_faces = 40;

struct Bounds {
  double least_s;       ///< how long it must have been watched
  double shape;         ///< landmarks off a similarity, in their own spread
  double embedding_l2;  ///< distance of embeddings
  double path;          ///< centre off a smooth path, in the spread of the landmarks
};
constexpr Bounds still{2.0, 0.022, 0.18, 0.10};
constexpr Bounds moved_by_camera{3.0, 0.042, 0.25, 0.10};

/// A photograph that drifts and grows in a film, each pixel taken from between others, measures up
/// to 0.06 in shape and 0.45 in its embeddings; living heads 0.49 and more, and they sway.
struct LifeBounds {
  double embedding_l2;
  double path;
};
constexpr LifeBounds least_life{0.48, 0.10};

using Complex = std::complex<double>;

/// Five landmarks as complex numbers about their mean.
struct Shape {
  std::array<Complex, 5> points;
  Complex mean;
  double spread = 0;  ///< root mean square distance from the mean, pixels
};

Shape shape_of(const Landmarks& landmarks) {
  Shape shape;
  const auto points = landmarks.points();
  for (std::size_t i = 0; i < points.size(); ++i) {
    shape.points[i] = {points[i].x, points[i].y};
    shape.mean += shape.points[i] / 5.0;
  }
  double squares = 0;
  for (Complex& p : shape.points) {
    p -= shape.mean;
    squares += std::norm(p);
  }
  shape.spread = std::sqrt(squares / 5);
  return shape;
}

/// What the best similarity from a to b leaves, in the spread of b. In complex numbers a similarity
/// about the mean is one multiplication, and the best one a projection.
double off_similarity(const Shape& a, const Shape& b) {
  Complex together = 0;
  for (std::size_t i = 0; i < 5; ++i) together += std::conj(a.points[i]) * b.points[i];
  const double shared = std::norm(together) / (25 * std::pow(a.spread * b.spread, 2));
  return std::sqrt(std::max(0.0, 1 - shared));
}

struct Watched {
  double time_s;
  Shape shape;    ///< in the picture
  Complex place;  ///< of its mean, camera motion taken out
  const Head* head;
};

std::vector<Watched> faces_of(const SteadyShot& shot, const Fragment& fragment) {
  std::vector<Watched> faces;
  for (const Sighting& s : fragment) {
    const Head& head = shot.head(s);
    if (!head.face || !has_face_evidence(head)) continue;
    const Shape shape = shape_of(head.face->landmarks);
    if (shape.spread <= 0) continue;
    const Complex drift(shot.box(s).x - head.box.x, shot.box(s).y - head.box.y);
    faces.push_back({shot.time_s(s), shape, shape.mean + drift, &head});
  }
  if (faces.size() <= most_faces) return faces;
  std::vector<Watched> some;
  for (std::size_t i = 0; i < most_faces; ++i) some.push_back(faces[i * faces.size() / most_faces]);
  return some;
}

double most(std::vector<double> values) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 9 / 10);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// How far the centre strays from a parabola in time: what a camera on its way would make of it.
double off_smooth_path(const std::vector<Watched>& faces) {
  const auto n = static_cast<Eigen::Index>(faces.size());
  Eigen::MatrixXd powers(n, 3), places(n, 2);
  const double start_s = faces.front().time_s;
  for (Eigen::Index i = 0; i < n; ++i) {
    const double t = faces[i].time_s - start_s;
    powers.row(i) << 1, t, t * t;
    places.row(i) << faces[i].place.real(), faces[i].place.imag();
  }
  const Eigen::MatrixXd path = powers * powers.colPivHouseholderQr().solve(places);
  std::vector<double> off;
  for (Eigen::Index i = 0; i < n; ++i)
    off.push_back((places.row(i) - path.row(i)).norm() / faces[i].shape.spread);
  return most(off);
}

/// At most ten of a track.
std::vector<const Embedding*> some_embeddings(const Track& track) {
  std::vector<const Embedding*> all, some;
  for (const FaceSighting& face : track.faces)
    if (!face.embedding.empty()) all.push_back(&face.embedding);
  const std::size_t count = std::min<std::size_t>(10, all.size());
  for (std::size_t i = 0; i < count; ++i) some.push_back(all[i * all.size() / count]);
  return some;
}

bool never_shows_a_face(const SteadyShot& shot, const Fragment& fragment) {
  return std::none_of(fragment.begin(), fragment.end(),
                      [&](const Sighting& s) { return shot.head(s).face.has_value(); });
}

}  // namespace

Stirring stirring_of(const SteadyShot& shot, const Fragment& fragment) {
  const double seen_s = shot.time_s(fragment.back()) - shot.time_s(fragment.front());
  if (seen_s < still.least_s) return Stirring::unsure;
  const auto faces = faces_of(shot, fragment);
  if (never_shows_a_face(shot, fragment)) return Stirring::living;
  if (faces.size() < fewest_faces) return Stirring::unsure;
  const double watched_s = faces.back().time_s - faces.front().time_s;
  if (watched_s < still.least_s) return Stirring::unsure;
  std::vector<double> shapes, embeddings;
  for (std::size_t i = 0; i < faces.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      shapes.push_back(off_similarity(faces[j].shape, faces[i].shape));
      embeddings.push_back(face_distance_l2(faces[j].head->embedding, faces[i].head->embedding));
    }
  const double shape = most(shapes), embedding = most(embeddings), path = off_smooth_path(faces);
  const auto within = [&](const Bounds& b) {
    return watched_s >= b.least_s && shape <= b.shape && embedding <= b.embedding_l2 &&
           path <= b.path;
  };
  if (within(still) || within(moved_by_camera)) return Stirring::still;
  const bool lives = embedding >= least_life.embedding_l2 && path >= least_life.path;
  return lives ? Stirring::living : Stirring::unsure;
}

std::vector<bool> pictures_among(const SteadyShot& shot, const std::vector<Fragment>& fragments) {
  std::vector<Stirring> stirring;
  for (const Fragment& fragment : fragments) stirring.push_back(stirring_of(shot, fragment));
  std::vector<bool> somebody_lives(static_cast<std::size_t>(shot.looks()), false);
  for (std::size_t i = 0; i < fragments.size(); ++i)
    if (stirring[i] == Stirring::living)
      for (int look = fragments[i].front().look; look <= fragments[i].back().look; ++look)
        somebody_lives[static_cast<std::size_t>(look)] = true;
  std::vector<bool> pictures;
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const auto first = somebody_lives.begin() + fragments[i].front().look;
    const auto end = somebody_lives.begin() + fragments[i].back().look + 1;
    pictures.push_back(stirring[i] == Stirring::still &&
                       2 * std::count(first, end, true) >= end - first);
  }
  return pictures;
}

bool is_same_photograph(const Track& track, const Track& picture) {
  std::vector<double> distances;
  const auto there = some_embeddings(picture);
  for (const Embedding* one : some_embeddings(track))
    for (const Embedding* other : there) distances.push_back(face_distance_l2(*one, *other));
  return !distances.empty() && most(std::move(distances)) <= still.embedding_l2;
}

}  // namespace dramatis
