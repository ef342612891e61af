// People at a table and people in a chase do not move alike, and a head network's boxes shake more
// than a face detector's. A filter with one fixed noise gates too widely here, too narrowly there.
// But the fragments of a first pass, though broken, show how well each box was foretold by those
// before it. The noise is chosen that makes these surprises most probable (maximum a posteriori):
// coordinate by coordinate, a search among jitters and agilities on a grid of powers, for the
// filter's coordinates do not depend on each other.
//
// Heads now and then do what no filter foresees, so each surprise is judged by a normal density
// with a small share of a much wider one; else a single jerk would set the noise of the whole shot.
//
// Cost: three searches of 81 steps over at most 1,500 sightings, a few milliseconds a shot.

#include "tracks/motion_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace dramatis {
namespace {

constexpr std::size_t enough_sightings = 1500;
constexpr std::size_t shortest_fragment = 4;

struct Measured {
  double dt_s;
  BoxVector box;
};
using Run = std::vector<Measured>;

/// The longest fragments first, until there are enough.
std::vector<Run> runs_of(const SteadyShot& shot, std::vector<Fragment> fragments) {
  for (Fragment& f : fragments) f = detected_part(shot, f);  // followed boxes shake less
  std::stable_sort(fragments.begin(), fragments.end(),
                   [](const Fragment& a, const Fragment& b) { return a.size() > b.size(); });
  std::vector<Run> runs;
  std::size_t sightings = 0;
  for (const Fragment& f : fragments) {
    if (f.size() < shortest_fragment || sightings >= enough_sightings) break;
    Run run;
    double before_s = shot.time_s(f.front());
    for (const Sighting& s : f) {
      run.push_back({shot.time_s(s) - before_s, box_vector(shot.box(s))});
      before_s = shot.time_s(s);
    }
    run.resize(std::min(run.size(), enough_sightings - sightings));
    sightings += run.size();
    runs.push_back(std::move(run));
  }
  return runs;
}

double log_density(double error, double variance) {
  constexpr double rare = 0.02, wider = 25;
  const double squared = error * error / variance;
  const double usual = (1 - rare) * std::exp(-0.5 * squared);
  const double odd = rare / std::sqrt(wider) * std::exp(-0.5 * squared / wider);
  return std::log(usual + odd + 1e-30) - 0.5 * std::log(2 * std::numbers::pi * variance);
}

double log_likelihood(const std::vector<Run>& runs, int coordinate, const MotionNoise& noise) {
  double sum = 0;
  for (const Run& run : runs) {
    CoordinateNoise c = coordinate_noise(coordinate, run[0].box[height], noise);
    Moving m{run[0].box[coordinate], 0, c.jitter, 0, c.first_speed};
    for (std::size_t i = 1; i < run.size(); ++i) {
      c = coordinate_noise(coordinate, run[i].box[height], noise);
      m = predicted(m, run[i].dt_s, c.push);
      sum += log_density(run[i].box[coordinate] - m.value, m.value_variance + c.jitter);
      m = corrected(m, run[i].box[coordinate], c.jitter);
    }
  }
  return sum;
}

/// A pair of noises that belong together, and the coordinates they rule.
struct Kind {
  double MotionNoise::*jitter;
  double MotionNoise::*agility;
  std::vector<int> coordinates;
};

/// Log of the prior: normal in the logarithm, a factor of two a deviation. `octaves` off the usual.
double log_prior(double octaves) { return -0.5 * octaves * octaves; }

void learn(const std::vector<Run>& runs, const Kind& kind, MotionNoise& noise) {
  const MotionNoise usual = noise;
  double best = -1e300;
  for (double jitter_octaves = -2; jitter_octaves <= 2; jitter_octaves += 0.5)
    for (double agility_octaves = -2; agility_octaves <= 2; agility_octaves += 0.5) {
      MotionNoise tried = usual;
      tried.*kind.jitter *= std::exp2(jitter_octaves);
      tried.*kind.agility *= std::exp2(agility_octaves);
      double odds = log_prior(jitter_octaves) + log_prior(agility_octaves);
      for (int coordinate : kind.coordinates) odds += log_likelihood(runs, coordinate, tried);
      if (odds <= best) continue;
      best = odds;
      noise.*kind.jitter = tried.*kind.jitter;
      noise.*kind.agility = tried.*kind.agility;
    }
}

}  // namespace

MotionNoise learned_motion(const SteadyShot& shot, const std::vector<Fragment>& fragments,
                           const MotionNoise& usual) {
  const auto runs = runs_of(shot, fragments);
  if (runs.empty()) return usual;
  const std::array<Kind, 3> kinds{{
      {&MotionNoise::place_jitter, &MotionNoise::place_agility, {centre_x, centre_y}},
      {&MotionNoise::size_jitter, &MotionNoise::size_agility, {height}},
      {&MotionNoise::aspect_jitter, &MotionNoise::aspect_agility, {aspect}},
  }};
  MotionNoise noise = usual;
  for (const Kind& kind : kinds) learn(runs, kind, noise);
  return noise;
}

}  // namespace dramatis
