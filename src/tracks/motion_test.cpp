#include "tracks/motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <random>

namespace dramatis {
namespace {

/// The filter of eight dimensions as the paper writes it, with matrices.
struct PlainFilter {
  cv::Vec<double, 8> x;
  cv::Matx<double, 8, 8> p;

  PlainFilter(const Box& box, const MotionNoise& noise) : x(cv::Vec<double, 8>::all(0)) {
    const BoxVector v = box_vector(box);
    for (int i = 0; i < 4; ++i) {
      const CoordinateNoise c = coordinate_noise(i, v[height], noise);
      x[i] = v[i], p(i, i) = c.jitter, p(i + 4, i + 4) = c.first_speed;
    }
  }
  void predict(double dt, const MotionNoise& noise) {
    auto f = cv::Matx<double, 8, 8>::eye();
    cv::Matx<double, 8, 8> q;
    for (int i = 0; i < 4; ++i) {
      const double push = coordinate_noise(i, x[height], noise).push;
      f(i, i + 4) = dt;
      q(i, i) = push * dt * dt * dt / 3, q(i + 4, i + 4) = push * dt;
      q(i, i + 4) = q(i + 4, i) = push * dt * dt / 2;
    }
    x = f * x;
    p = f * p * f.t() + q;
  }
  void correct(const Box& box, const MotionNoise& noise) {
    cv::Matx<double, 4, 8> h;
    cv::Matx<double, 4, 4> r;
    cv::Vec<double, 4> z;
    const BoxVector v = box_vector(box);
    for (int i = 0; i < 4; ++i) {
      h(i, i) = 1, z[i] = v[i];
      r(i, i) = coordinate_noise(i, x[height], noise).jitter;
    }
    const cv::Matx<double, 8, 4> gain = p * h.t() * (h * p * h.t() + r).inv();
    x += gain * (z - h * x);
    p = (cv::Matx<double, 8, 8>::eye() - gain * h) * p;
  }
};

TEST(Motion, FourSmallFiltersAreThePapersLargeOne) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> off(-5, 5);
  const MotionNoise noise;
  const Box first{100, 100, 60, 80};
  BoxState state = first_state(first, noise);
  PlainFilter plain(first, noise);
  for (int step = 1; step < 40; ++step) {
    const double dt_s = step % 3 == 0 ? 0.2 : 0.04;
    const Box seen{100 + 6.0f * step + off(random), 100 + off(random), 60 + off(random),
                   80 + off(random)};
    state = corrected(predicted(state, dt_s, noise), seen, noise);
    plain.predict(dt_s, noise);
    plain.correct(seen, noise);
    for (int i = 0; i < 4; ++i) {
      ASSERT_NEAR(state.at[i].value, plain.x[i], 1e-6);
      ASSERT_NEAR(state.at[i].velocity, plain.x[i + 4], 1e-6);
      ASSERT_NEAR(state.at[i].covariance, plain.p(i, i + 4), 1e-6 * (1 + plain.p(i + 4, i + 4)));
    }
  }
}

TEST(Motion, PredictsOverTheTimeThatReallyPassed) {
  BoxState state = first_state({0, 0, 60, 80}, {});
  for (int f = 1; f <= 20; ++f)
    state = corrected(predicted(state, 0.04, {}), {4.0f * f, 0, 60, 80}, {});
  EXPECT_NEAR(predicted(state, 0.4, {}).at[centre_x].value, 30 + 4 * 30, 3);
  const BoxState there_and_back = retraced(state, 0.4, {});
  EXPECT_NEAR(there_and_back.at[centre_x].value, 30 + 4 * 10, 3);
  EXPECT_GT(there_and_back.at[centre_x].value_variance, state.at[centre_x].value_variance);
}

TEST(Motion, IsMoreSurprisedByWhatIsFartherOff) {
  const BoxState state = first_state({100, 100, 60, 80}, {});
  double before = -1;
  for (float off = 0; off < 200; off += 10) {
    const Surprise s = surprise(state, {100 + off, 100, 60, 80}, {});
    EXPECT_GT(s.squared_distance, before);
    before = s.squared_distance;
  }
  EXPECT_NEAR(surprise(state, {100, 100, 60, 80}, {}).squared_distance, 0, 1e-9);
}

TEST(Motion, BoxesSurviveTheWayThroughVectors) {
  const Box box{12, 34, 56, 78};
  const Box back = box_of(box_vector(box));
  EXPECT_NEAR(back.x, box.x, 1e-4);
  EXPECT_NEAR(back.right(), box.right(), 1e-4);
  EXPECT_NEAR(back.bottom(), box.bottom(), 1e-4);
}

std::vector<SeenBox> steady_walk(int frames, int step, double jitter_px) {
  std::mt19937 random(2);
  std::normal_distribution<float> off(0, static_cast<float>(jitter_px));
  std::vector<SeenBox> seen;
  for (int f = 0; f < frames; f += step)
    seen.push_back({f, {100 + 3.0f * f + off(random), 200 + off(random), 60, 80}});
  return seen;
}

TEST(Motion, SmoothPathsAreCloserToTheTruthThanWhatWasSeen) {
  const auto seen = steady_walk(91, 3, 4);
  const auto path = smooth_path(seen, {0, 91}, 25, {});
  double of_path = 0, of_seen = 0;
  for (const SeenBox& s : seen) {
    const float truth = 100 + 3.0f * static_cast<float>(s.frame);
    of_seen += std::pow(s.box.x - truth, 2);
    of_path += std::pow(path[s.frame].box.x - truth, 2);
  }
  EXPECT_LT(of_path, 0.6 * of_seen);
}

TEST(Motion, FillsGapsAlongThePath) {
  auto seen = steady_walk(91, 3, 0);
  std::erase_if(seen, [](const SeenBox& s) { return s.frame > 30 && s.frame < 60; });
  const auto path = smooth_path(seen, {0, 91}, 25, {});
  for (int f = 31; f < 60; ++f) EXPECT_NEAR(path[f].box.x, 100 + 3 * f, 1);
  EXPECT_NEAR(path[45].speed, 3 * 25 / 80.0, 0.05);
}

TEST(Motion, OneWildBoxDoesNotBendThePath) {
  auto seen = steady_walk(91, 3, 0);
  seen[15].box.x += 60;
  EXPECT_NEAR(smooth_path(seen, {0, 91}, 25, {})[45].box.x, 100 + 3 * 45, 8);
}

TEST(Motion, BeyondWhatWasSeenThePathComesToRest) {
  const auto seen = steady_walk(31, 3, 0);
  const auto path = smooth_path(seen, {0, 60}, 25, {});
  EXPECT_GT(path[33].box.x, path[30].box.x);
  EXPECT_NEAR(path[59].box.x, path[58].box.x, 0.5);
}

}  // namespace
}  // namespace dramatis
