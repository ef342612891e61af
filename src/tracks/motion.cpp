#include "tracks/motion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dramatis {
namespace {

Moving first_moving(double value, double value_variance, double velocity_variance) {
  return {value, 0, value_variance, 0, velocity_variance};
}

/// One backward step of Rauch, Tung and Striebel: what is known of the moment after, `next`,
/// improves on `now`, which predicted `foreseen` for it.
Moving smoothed(const Moving& now, const Moving& foreseen, const Moving& next, double dt) {
  // Gain = P F' (P-)^-1, two by two.
  const double a = now.value_variance + dt * now.covariance, b = now.covariance;
  const double c = now.covariance + dt * now.velocity_variance, d = now.velocity_variance;
  const double determinant = foreseen.value_variance * foreseen.velocity_variance -
                             foreseen.covariance * foreseen.covariance;
  if (determinant <= 0) return now;
  const double i00 = foreseen.velocity_variance / determinant;
  const double i01 = -foreseen.covariance / determinant;
  const double i11 = foreseen.value_variance / determinant;
  const double g00 = a * i00 + b * i01, g01 = a * i01 + b * i11;
  const double g10 = c * i00 + d * i01, g11 = c * i01 + d * i11;
  const double value_error = next.value - foreseen.value;
  const double velocity_error = next.velocity - foreseen.velocity;
  const double e00 = next.value_variance - foreseen.value_variance;
  const double e01 = next.covariance - foreseen.covariance;
  const double e11 = next.velocity_variance - foreseen.velocity_variance;
  Moving s;
  s.value = now.value + g00 * value_error + g01 * velocity_error;
  s.velocity = now.velocity + g10 * value_error + g11 * velocity_error;
  s.value_variance =
      now.value_variance + g00 * (g00 * e00 + g01 * e01) + g01 * (g00 * e01 + g01 * e11);
  s.covariance = now.covariance + g00 * (g10 * e00 + g11 * e01) + g01 * (g10 * e01 + g11 * e11);
  s.velocity_variance =
      now.velocity_variance + g10 * (g10 * e00 + g11 * e01) + g11 * (g10 * e01 + g11 * e11);
  return s;
}

}  // namespace

Moving mirrored_in_time(Moving m) {
  m.velocity = -m.velocity;
  m.covariance = -m.covariance;
  return m;
}

CoordinateNoise coordinate_noise(int coordinate, double head_height_px, const MotionNoise& noise) {
  const auto square = [](double x) { return x * x; };
  const double h = head_height_px;
  constexpr double slip = 0.25;
  switch (coordinate) {
    case aspect:
      return {square(noise.aspect_jitter), square(noise.aspect_agility),
              square(noise.first_speed / 10), square(slip)};
    case height:
      return {square(noise.size_jitter * h), square(noise.size_agility * h),
              square(noise.first_speed / 5 * h), square(slip * h)};
    default:
      return {square(noise.place_jitter * h), square(noise.place_agility * h),
              square(noise.first_speed * h), square(slip * h)};
  }
}

Moving predicted(const Moving& m, double dt, double push) {
  Moving p = m;
  p.value += dt * m.velocity;
  p.value_variance +=
      2 * dt * m.covariance + dt * dt * m.velocity_variance + push * dt * dt * dt / 3;
  p.covariance += dt * m.velocity_variance + push * dt * dt / 2;
  p.velocity_variance += push * dt;
  return p;
}

Moving corrected(const Moving& m, double measured, double variance) {
  const double innovation = measured - m.value;
  const double innovation_variance = m.value_variance + variance;
  const double value_gain = m.value_variance / innovation_variance;
  const double velocity_gain = m.covariance / innovation_variance;
  return {m.value + value_gain * innovation, m.velocity + velocity_gain * innovation,
          (1 - value_gain) * m.value_variance, (1 - value_gain) * m.covariance,
          m.velocity_variance - velocity_gain * m.covariance};
}

BoxVector box_vector(const Box& box) {
  const double height_px = std::max(1.0, static_cast<double>(box.height));
  return {box.x + box.width / 2.0, box.y + box.height / 2.0, box.width / height_px, height_px};
}

Box box_of(const BoxVector& v) {
  const double height_px = std::max(1.0, v[height]);
  const double width_px = std::max(0.1, v[aspect]) * height_px;
  return {static_cast<float>(v[centre_x] - width_px / 2),
          static_cast<float>(v[centre_y] - height_px / 2), static_cast<float>(width_px),
          static_cast<float>(height_px)};
}

BoxVector BoxState::values() const { return {at[0].value, at[1].value, at[2].value, at[3].value}; }

double BoxState::head_height() const { return std::max(1.0, at[height].value); }

BoxState first_state(const Box& seen, const MotionNoise& noise) {
  const BoxVector v = box_vector(seen);
  BoxState state;
  for (int i = 0; i < coordinates; ++i) {
    const CoordinateNoise c = coordinate_noise(i, v[height], noise);
    state.at[i] = first_moving(v[i], c.jitter, c.first_speed);
  }
  return state;
}

BoxState predicted(const BoxState& state, double dt_s, const MotionNoise& noise) {
  BoxState next;
  for (int i = 0; i < coordinates; ++i)
    next.at[i] = predicted(state.at[i], dt_s, coordinate_noise(i, state.head_height(), noise).push);
  return next;
}

BoxState retraced(const BoxState& state, double dt_s, const MotionNoise& noise) {
  BoxState mirrored = state;
  for (Moving& m : mirrored.at) m = mirrored_in_time(m);
  mirrored = predicted(mirrored, dt_s, noise);
  for (Moving& m : mirrored.at) m = mirrored_in_time(m);
  return mirrored;
}

BoxState corrected(const BoxState& state, const Box& seen, const MotionNoise& noise,
                   double jitter_factor) {
  const BoxVector v = box_vector(seen);
  const double factor = jitter_factor * jitter_factor;
  BoxState next;
  for (int i = 0; i < coordinates; ++i)
    next.at[i] = corrected(state.at[i], v[i],
                           factor * coordinate_noise(i, state.head_height(), noise).jitter);
  return next;
}

// Each coordinate has a normal density with a small share of a wider one (Tukey's contaminated
// normal, 1960), for slips.
Surprise surprise(const BoxState& state, const Box& seen, const MotionNoise& noise,
                  double jitter_factor) {
  const BoxVector v = box_vector(seen);
  const double factor = jitter_factor * jitter_factor;
  Surprise s;
  for (int i = 0; i < coordinates; ++i) {
    const CoordinateNoise c = coordinate_noise(i, state.head_height(), noise);
    const double variance = state.at[i].value_variance + factor * c.jitter;
    const double wide = variance + c.slip, ratio = std::sqrt(variance / wide);
    const double squared = std::pow(v[i] - state.at[i].value, 2);
    const double fit = std::log((1 - slip_probability) * std::exp(-0.5 * squared / variance) +
                                slip_probability * ratio * std::exp(-0.5 * squared / wide));
    s.squared_distance -= 2 * (fit - std::log(1 - slip_probability * (1 - ratio)));
    s.log_density += fit - 0.5 * std::log(2 * std::numbers::pi * variance);
  }
  return s;
}

namespace {

/// One coordinate of the path, smoothed over all frames of the range.
class CoordinatePath {
 public:
  CoordinatePath(int coordinate, std::span<const SeenBox> seen, const FrameRange& range, double dt,
                 const MotionNoise& noise)
      : coordinate_(coordinate), seen_(seen), range_(range), dt_(dt), noise_(noise) {}

  /// `distrust[i]` multiplies the variance of seen box i.
  std::vector<Moving> smooth(std::span<const double> distrust) const {
    const FrameNumber first = seen_.front().frame - range_.start;
    const FrameNumber last = seen_.back().frame - range_.start;
    std::vector<Moving> filtered(range_.size()), foreseen(range_.size());
    std::size_t next_seen = 0;
    double height_px = head_height(0);
    for (FrameNumber i = first; i <= last; ++i) {
      const bool is_seen = seen_[next_seen].frame - range_.start == i;
      if (is_seen) height_px = head_height(next_seen);
      foreseen[i] = i == first ? first_estimate(height_px)
                               : predicted(filtered[i - 1], dt_, noise_of(height_px).push);
      filtered[i] = foreseen[i];
      if (!is_seen) continue;
      filtered[i] = corrected(foreseen[i], box_vector(seen_[next_seen].box)[coordinate_],
                              distrust[next_seen] * noise_of(height_px).jitter);
      ++next_seen;
    }
    for (FrameNumber i = last - 1; i >= first; --i)
      filtered[i] = smoothed(filtered[i], foreseen[i + 1], filtered[i + 1], dt_);
    extrapolate(filtered, first, last);
    return filtered;
  }

 private:
  double head_height(std::size_t i) const { return box_vector(seen_[i].box)[height]; }

  CoordinateNoise noise_of(double height_px) const {
    return coordinate_noise(coordinate_, height_px, noise_);
  }

  /// Knows nothing of the place yet: the first measurement settles it.
  Moving first_estimate(double height_px) const {
    const double wide = 100 * noise_of(height_px).jitter;
    return first_moving(box_vector(seen_.front().box)[coordinate_], wide,
                        noise_of(height_px).first_speed);
  }

  /// Beyond what was seen the speed fades, by half every fifth of a second.
  void extrapolate(std::vector<Moving>& path, FrameNumber first, FrameNumber last) const {
    const double fade = std::pow(0.5, dt_ / 0.2);
    for (FrameNumber i = first - 1; i >= 0; --i) {
      path[i] = path[i + 1];
      path[i].velocity *= fade;
      path[i].value -= dt_ * path[i].velocity;
    }
    for (FrameNumber i = last + 1; i < static_cast<FrameNumber>(path.size()); ++i) {
      path[i] = path[i - 1];
      path[i].velocity *= fade;
      path[i].value += dt_ * path[i].velocity;
    }
  }

  int coordinate_;
  std::span<const SeenBox> seen_;
  FrameRange range_;
  double dt_;
  const MotionNoise& noise_;
};

/// Measurements further off the path than expected count less, in the manner of Huber (1964).
std::vector<double> distrust_of(std::span<const SeenBox> seen, const FrameRange& range,
                                const std::vector<Moving>& path, int coordinate,
                                const MotionNoise& noise) {
  constexpr double usual_deviations = 2.0;
  std::vector<double> distrust;
  for (const SeenBox& s : seen) {
    const BoxVector v = box_vector(s.box);
    const double error = v[coordinate] - path[s.frame - range.start].value;
    const double deviations =
        std::abs(error) /
        (s.jitter_factor * std::sqrt(coordinate_noise(coordinate, v[height], noise).jitter));
    distrust.push_back(std::pow(s.jitter_factor * std::max(1.0, deviations / usual_deviations), 2));
  }
  return distrust;
}

}  // namespace

std::vector<SmoothBox> smooth_path(std::span<const SeenBox> seen, const FrameRange& range,
                                   double frames_per_second, const MotionNoise& noise) {
  constexpr int robust_rounds = 2;
  std::array<std::vector<Moving>, coordinates> paths;
  for (int i = 0; i < coordinates; ++i) {
    const CoordinatePath path(i, seen, range, 1 / frames_per_second, noise);
    std::vector<double> distrust;
    for (const SeenBox& s : seen) distrust.push_back(s.jitter_factor * s.jitter_factor);
    paths[i] = path.smooth(distrust);
    for (int round = 0; round < robust_rounds; ++round)
      paths[i] = path.smooth(distrust_of(seen, range, paths[i], i, noise));
  }
  std::vector<SmoothBox> result;
  for (FrameNumber f = 0; f < range.size(); ++f) {
    const BoxVector v{paths[0][f].value, paths[1][f].value, paths[2][f].value, paths[3][f].value};
    const double speed = std::hypot(paths[centre_x][f].velocity, paths[centre_y][f].velocity);
    result.push_back({box_of(v), speed / std::max(1.0, v[height])});
  }
  return result;
}

}  // namespace dramatis
