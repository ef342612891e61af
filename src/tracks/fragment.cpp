#include "tracks/fragment.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "heads/colours.h"
#include "tracks/appearance.h"

namespace dramatis {
namespace {

/// More would not change the state: the filter has forgotten them.
constexpr std::size_t remembered = 15;

/// Log density of a zero-mean normal in two dimensions.
double log_normal(double x, double y, double xx, double xy, double yy) {
  const double determinant = std::max(1e-12, xx * yy - xy * xy);
  const double squared = (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant;
  return -0.5 * (squared + std::log(determinant)) - std::log(2 * std::numbers::pi);
}

double log_normal(double x, double xx) {
  return -0.5 * (x * x / xx + std::log(2 * std::numbers::pi * xx));
}

/// As foreseen, or with a slip.
double log_link_density(double x, double y, double xx, double xy, double yy,
                        const CoordinateNoise& noise) {
  const double usual = std::log(1 - slip_probability) + log_normal(x, y, xx, xy, yy);
  const double slipped =
      std::log(slip_probability) + log_normal(x, y, xx + noise.slip, xy, yy + noise.first_speed);
  return std::max(usual, slipped) + std::log1p(std::exp(-std::abs(usual - slipped)));
}

BoxState updated(const SteadyShot& shot, const BoxState& state, const Sighting& s,
                 const MotionNoise& noise) {
  return corrected(state, shot.box(s), noise, shot.jitter_factor(s));
}

int looks_missed(const SteadyShot& shot, const Sighting& from, const Sighting& to) {
  int missed = 0;
  for (int look = from.look + 1; look < to.look; ++look)
    missed += shot.sought(look, shot.head(from));
  return missed;
}

struct TellingFace {
  double weight;
  const Head* head;
};

/// The up to `most` sightings whose faces say most, best first.
std::vector<TellingFace> telling_faces(const SteadyShot& shot, std::span<const Sighting> fragment,
                                       std::size_t most) {
  std::vector<TellingFace> faces;
  for (const Sighting& s : fragment)
    if (has_face_evidence(shot.head(s)))
      faces.push_back({face_weight(shot.head(s)), &shot.head(s)});
  const auto better = [](const TellingFace& a, const TellingFace& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.head < b.head;
  };
  most = std::min(faces.size(), most);
  std::partial_sort(faces.begin(), faces.begin() + most, faces.end(), better);
  faces.resize(most);
  return faces;
}

std::vector<float> mean_colours(const SteadyShot& shot, std::span<const Sighting> fragment) {
  ColourMean mean;
  for (const Sighting& s : fragment) mean.add(shot.head(s).colours);
  return mean.colours();
}

/// The nearer quarter of all pairs decides: a profile is far from everything, also from its own.
FaceMatch match_of(const std::vector<TellingFace>& a, const std::vector<TellingFace>& b) {
  std::vector<double> distances;
  for (const TellingFace& x : a)
    for (const TellingFace& y : b)
      distances.push_back(face_distance_l2(x.head->embedding, y.head->embedding));
  const auto quarter = distances.begin() + distances.size() / 4;
  std::nth_element(distances.begin(), quarter, distances.end());
  return {*quarter, std::min(a.front().weight, b.front().weight)};
}

}  // namespace

double log_density_of_anybody(const SteadyShot& shot, double head_height) {
  constexpr double aspects = 0.5;
  return std::log(shot.heads_a_look() / (shot.scene_px2() * head_height * aspects));
}

BoxState state_at_end(const SteadyShot& shot, std::span<const Sighting> fragment,
                      const MotionNoise& noise) {
  const auto last = fragment.last(std::min(fragment.size(), remembered));
  BoxState state = first_state(shot.box(last.front()), noise);
  for (std::size_t i = 1; i < last.size(); ++i) {
    const double dt_s = shot.time_s(last[i]) - shot.time_s(last[i - 1]);
    state = updated(shot, predicted(state, dt_s, noise), last[i], noise);
  }
  return state;
}

BoxState state_at_start(const SteadyShot& shot, std::span<const Sighting> fragment,
                        const MotionNoise& noise) {
  const auto first = fragment.first(std::min(fragment.size(), remembered));
  BoxState state = first_state(shot.box(first.back()), noise);
  for (std::size_t i = first.size() - 1; i-- > 0;) {
    const double dt_s = shot.time_s(first[i + 1]) - shot.time_s(first[i]);
    state = updated(shot, predicted(state, dt_s, noise), first[i], noise);
  }
  for (Moving& m : state.at) m = mirrored_in_time(m);
  return state;
}

Course course_of(const SteadyShot& shot, std::span<const Sighting> fragment,
                 const MotionNoise& noise) {
  const std::size_t n = fragment.size();
  Course course{std::vector<BoxState>(n), std::vector<BoxState>(n)};
  const auto step = [&](const BoxState& state, std::size_t from, std::size_t to) {
    const double dt_s = std::abs(shot.time_s(fragment[to]) - shot.time_s(fragment[from]));
    return updated(shot, predicted(state, dt_s, noise), fragment[to], noise);
  };
  course.from_before[0] = first_state(shot.box(fragment[0]), noise);
  for (std::size_t i = 1; i < n; ++i)
    course.from_before[i] = step(course.from_before[i - 1], i - 1, i);
  course.from_after[n - 1] = first_state(shot.box(fragment[n - 1]), noise);
  for (std::size_t i = n - 1; i-- > 0;)
    course.from_after[i] = step(course.from_after[i + 1], i + 1, i);
  for (BoxState& state : course.from_after)
    for (Moving& m : state.at) m = mirrored_in_time(m);
  return course;
}

double motion_log_odds(const SteadyShot& shot, const BoxState& before, const BoxState& after,
                       double gap_s, const MotionNoise& noise) {
  const BoxState foretold = predicted(before, gap_s, noise);
  const BoxState anybody = first_state(box_of(after.values()), noise);
  double odds = -log_density_of_anybody(shot, after.head_height());
  for (int i = 0; i < coordinates; ++i) {
    const Moving &p = foretold.at[i], &q = after.at[i];
    const CoordinateNoise c = coordinate_noise(i, after.head_height(), noise);
    odds += log_link_density(q.value - p.value, q.velocity - p.velocity,
                             p.value_variance + q.value_variance, p.covariance + q.covariance,
                             p.velocity_variance + q.velocity_variance, c);
    odds -= log_normal(q.velocity, q.velocity_variance + anybody.at[i].velocity_variance);
  }
  return odds;
}

double motion_log_odds(const SteadyShot& shot, std::span<const Sighting> before,
                       std::span<const Sighting> after, const MotionNoise& noise) {
  const double gap_s = shot.time_s(after.front()) - shot.time_s(before.back());
  return motion_log_odds(shot, state_at_end(shot, before, noise),
                         state_at_start(shot, after, noise), gap_s, noise);
}

double existence_log_odds(const SteadyShot& shot, std::span<const Sighting> fragment,
                          const MotionNoise& noise) {
  constexpr double of_a_miss = -1;
  const auto first = std::find_if(fragment.begin(), fragment.end(),
                                  [&](const Sighting& s) { return shot.detected(s); });
  if (first == fragment.end()) return -std::numeric_limits<double>::infinity();
  BoxState state = first_state(shot.box(*first), noise);
  Sighting before = *first, detected = *first;
  double odds = 0;
  for (const Sighting& s :
       fragment.subspan(static_cast<std::size_t>(first - fragment.begin()) + 1)) {
    state = predicted(state, shot.time_s(s) - shot.time_s(before), noise);
    if (shot.detected(s)) {
      odds += surprise(state, shot.box(s), noise).log_density -
              log_density_of_anybody(shot, state.head_height()) +
              of_a_miss * looks_missed(shot, detected, s);
      detected = s;
    }
    state = updated(shot, state, s, noise);
    before = s;
  }
  return odds;
}

bool sure_to_exist(const SteadyShot& shot, std::span<const Sighting> fragment,
                   const TrackingOptions& options) {
  const double asked = std::min(options.min_surety, 2.0 * (shot.looks() - 1));
  return existence_log_odds(shot, fragment, options.motion) >= asked;
}

std::optional<double> appearance_log_odds(const SteadyShot& shot, std::span<const Sighting> a,
                                          std::span<const Sighting> b,
                                          const TrackingOptions& options) {
  if (!options.use_appearance) return std::nullopt;
  constexpr std::size_t most = 8;
  const auto faces_a = telling_faces(shot, a, most), faces_b = telling_faces(shot, b, most);
  std::optional<FaceMatch> faces;
  if (!faces_a.empty() && !faces_b.empty()) faces = match_of(faces_a, faces_b);
  return log_odds(faces, colour_distance(mean_colours(shot, a), mean_colours(shot, b)), options);
}

}  // namespace dramatis
