#pragma once

// How a head moves: the Kalman filter of DeepSORT (Wojke, Bewley, Paulus 2017).
//
// The state is the centre (cx, cy), aspect (width over height) and height of the head's box, each
// with its velocity; speed is constant but for random pushes. All noises of the model are
// independent from coordinate to coordinate, so the filter of eight dimensions is exactly four
// filters of two, a value with its velocity, and is computed as such. Time is in seconds and passes
// as it really did between two looks. Noise is in head heights, so that near and far heads follow
// the same law.

#include <array>
#include <span>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"

namespace dramatis {

/// The four numbers of a box that are filtered.
enum Coordinate { centre_x, centre_y, aspect, height };
inline constexpr int coordinates = 4;
using BoxVector = std::array<double, coordinates>;

BoxVector box_vector(const Box& box);
Box box_of(const BoxVector& vector);

/// That something happens which the filter does not foresee: a head jerks or nods, is half covered,
/// or a detector grasps only part of it. The box is then off by up to a quarter of a head, and the
/// velocity is anybody's guess.
inline constexpr double slip_probability = 0.05;

/// Standard deviations. Lengths in head heights; aspect as it is.
struct MotionNoise {
  double place_jitter = 0.05;   ///< of a measured centre
  double size_jitter = 0.06;    ///< of a measured height
  double aspect_jitter = 0.06;  ///< of a measured aspect
  double place_agility = 3.0;   ///< of the velocity of the centre, gained in one second, per second
  double size_agility = 0.6;    ///< likewise of the height
  double aspect_agility = 0.3;  ///< likewise of the aspect
  double first_speed = 3.0;     ///< of the unknown velocity of a head seen once, per second; of its
                                ///< height a fifth of this, of its aspect a tenth
};

/// A value with its velocity, and their covariance.
struct Moving {
  double value = 0;
  double velocity = 0;
  double value_variance = 0;
  double covariance = 0;
  double velocity_variance = 0;
};

struct BoxState {
  std::array<Moving, coordinates> at;

  BoxVector values() const;
  double head_height() const;  ///< never below one pixel
};

/// Of one coordinate of a head this high: variances, in pixels where the coordinate is.
struct CoordinateNoise {
  double jitter = 0;       ///< of a measurement
  double push = 0;         ///< that the velocity gains in a second
  double first_speed = 0;  ///< of an unknown velocity
  double slip = 0;         ///< of what a measurement is off by when it is not just jitter
};
CoordinateNoise coordinate_noise(int coordinate, double head_height_px, const MotionNoise& noise);

/// The filter of one coordinate: forward in time (constant velocity, white noise on the
/// acceleration), and given a measurement.
Moving predicted(const Moving& m, double dt_s, double push_variance);
Moving corrected(const Moving& m, double measured, double jitter_variance);

/// The same as a film run backwards shows it.
Moving mirrored_in_time(Moving m);

BoxState first_state(const Box& seen, const MotionNoise& noise);
/// dt_s may be zero.
BoxState predicted(const BoxState& state, double dt_s, const MotionNoise& noise);
/// Back in time.
BoxState retraced(const BoxState& state, double dt_s, const MotionNoise& noise);
/// `jitter_factor` makes a measurement count less: a head half covered, a low score.
BoxState corrected(const BoxState& state, const Box& seen, const MotionNoise& noise,
                   double jitter_factor = 1);

/// How unexpected it is to see this box, given a state predicted to its moment.
struct Surprise {
  /// Mahalanobis, chi-squared with 4 degrees of freedom; beyond some three deviations in a
  /// coordinate it grows more slowly, as what happens rarely is less surprising than the filter has
  /// it.
  double squared_distance = 0;
  double log_density = 0;  ///< log of the normal density, per pixel^3 (aspect has no unit)
};
Surprise surprise(const BoxState& state, const Box& seen, const MotionNoise& noise,
                  double jitter_factor = 1);

/// A box that was seen, for smoothing.
struct SeenBox {
  FrameNumber frame = 0;
  Box box;
  double jitter_factor = 1;  ///< as in corrected()
};
struct SmoothBox {
  Box box;
  double speed = 0;  ///< of the centre, in head heights per second
};

/// Where the head was in every frame of the range, from all that was seen before and after (Rauch,
/// Tung, Striebel 1965), with measurements far off the path counting less. `seen` is not empty and
/// ascends. Outside of the first and last box seen the path goes on with fading speed.
std::vector<SmoothBox> smooth_path(std::span<const SeenBox> seen, const FrameRange& range,
                                   double frames_per_second, const MotionNoise& noise);

}  // namespace dramatis
