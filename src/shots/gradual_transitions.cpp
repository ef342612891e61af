#include "shots/gradual_transitions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "shots/mosaic_math.h"

// Both searches try stretches of several lengths around every frame: `a` is the last frame before
// it, `b` the first after it. The pictures at a and b must differ in structure, not in light alone;
// the picture must be steadier outside the stretch than in it (else everything moves: a pan, a
// crowd); and the frames within must follow from those at its ends as a dissolve's or a wipe's do.
// A dissolve leaves little of the way from a to b unexplained by a mix in steady proportions (its
// mean square is the residual); a wipe little by one step for each cell, and the steps are spread
// over the stretch.
//
// Cost: a correlation of two mosaics for each frame and length, some 0.1 microseconds; the rest
// only where that is low, which within a shot is seldom.

namespace dramatis {
namespace {

constexpr std::array<FrameNumber, 11> dissolve_lengths{2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 72};
constexpr FrameNumber longest_blurred_cut = 3;  // frames; as frame-rate conversion leaves them
constexpr std::array<FrameNumber, 8> wipe_lengths{6, 8, 10, 12, 16, 20, 24, 30};
constexpr FrameNumber outside_frames = 4;
constexpr float most_residual = 0.08f;
constexpr float least_square_change = 25;  // grey levels squared, mean over the cells
constexpr float dissolve_correlation = 0.85f, wipe_correlation = 0.7f;  // of a and b, at most
// Outside over inside, at most. A short stretch of anything that moves looks like a mix.
constexpr float dissolve_unrest = 1.5f, blurred_cut_unrest = 0.6f, wipe_unrest = 1.0f;
constexpr FrameNumber short_stretch = 5;
constexpr FrameNumber looked_at_inside =
    12;                          // frames of a long stretch that are enough to judge it
constexpr int cell_change = 12;  // grey levels of a cell that changed
constexpr float least_changed_cells = 0.4f;
constexpr float most_at_once = 0.5f;  // of a wipe's cells in one frame
constexpr float clean_share = 0.06f;  // of the other picture in a clean frame

using Film = std::span<const FrameFeatures>;

const Mosaic& mosaic(Film film, FrameNumber frame) {
  return film[static_cast<std::size_t>(frame)].mosaic;
}

struct Stretch {
  FrameNumber a = 0;
  FrameNumber b = 0;
  FrameNumber length() const { return b - a - 1; }
};

/// How fast the picture changes just outside the stretch over how fast it changes on the way.
float unrest(Film film, const Stretch& stretch, const FrameRange& inside) {
  const FrameNumber before = std::max(inside.start, stretch.a - outside_frames);
  const FrameNumber after = std::min(inside.end - 1, stretch.b + outside_frames);
  float sum = 0;
  int sides = 0;
  const auto add = [&](FrameNumber from, FrameNumber to) {
    if (to <= from) return;
    sum += mean_difference(mosaic(film, from), mosaic(film, to)) / static_cast<float>(to - from);
    ++sides;
  };
  add(before, stretch.a);
  add(stretch.b, after);
  const float on_the_way = mean_difference(mosaic(film, stretch.a), mosaic(film, stretch.b)) /
                           static_cast<float>(stretch.b - stretch.a);
  return sides > 0 && on_the_way > 0 ? sum / static_cast<float>(sides) / on_the_way : 0;
}

float steadiness(Film film, const Stretch& stretch, const FrameRange& inside, float most_unrest) {
  return std::max(0.0f, 1 - unrest(film, stretch, inside) / most_unrest);
}

float dissolve_residual(Film film, const Stretch& stretch) {
  const FrameNumber step = std::max<FrameNumber>(1, stretch.length() / looked_at_inside);
  float sum = 0;
  int looked_at = 0;
  for (FrameNumber frame = stretch.a + 1; frame < stretch.b; frame += step, ++looked_at) {
    const PlaceBetween place =
        place_between(mosaic(film, stretch.a), mosaic(film, stretch.b), mosaic(film, frame));
    const float due =
        static_cast<float>(frame - stretch.a) / static_cast<float>(stretch.b - stretch.a);
    sum += place.off + (place.share - due) * (place.share - due);
  }
  return sum / static_cast<float>(looked_at);
}

float dissolve_score(Film film, const Stretch& stretch, const FrameRange& inside) {
  const Mosaic &before = mosaic(film, stretch.a), &after = mosaic(film, stretch.b);
  const float alike = correlation(before, after);
  if (alike > dissolve_correlation || square_difference(before, after) < least_square_change)
    return 0;
  const float most_unrest = stretch.length() < short_stretch ? blurred_cut_unrest : dissolve_unrest;
  const float residual = dissolve_residual(film, stretch);
  if (residual >= most_residual) return 0;
  return (1 - residual / most_residual) * (1 - alike) *
         steadiness(film, stretch, inside, most_unrest);
}

/// When each changed cell steps from the one picture to the other, and what that leaves
/// unexplained.
struct Steps {
  std::array<int, Mosaic::cells> at{};  ///< frames after a, of the first `cells`
  int cells = 0;
  float residual = 0;
};

Steps steps_in(Film film, const Stretch& stretch) {
  constexpr int most_square = 1600;  // a cell that something crosses counts no more than this
  const Mosaic &before = mosaic(film, stretch.a), &after = mosaic(film, stretch.b);
  const auto length = static_cast<std::size_t>(stretch.length());
  Steps steps;
  std::int64_t unexplained = 0, way = 0;
  for (std::size_t cell = 0; cell < Mosaic::cells; ++cell) {
    const int from = before.luma[cell], to = after.luma[cell];
    steps.at[cell] = -1;
    if (std::abs(to - from) <= cell_change) continue;
    int cost = 0;  // of stepping at once, less that of not yet
    for (std::size_t i = 0; i < length; ++i) {
      const int off = mosaic(film, stretch.a + 1 + static_cast<FrameNumber>(i)).luma[cell] - to;
      cost += std::min(off * off, most_square);
    }
    int least = cost, best = 0;
    for (std::size_t i = 0; i < length; ++i) {
      const int luma = mosaic(film, stretch.a + 1 + static_cast<FrameNumber>(i)).luma[cell];
      cost += std::min((luma - from) * (luma - from), most_square) -
              std::min((luma - to) * (luma - to), most_square);
      if (cost < least) {
        least = cost;
        best = static_cast<int>(i) + 1;
      }
    }
    steps.at[cell] = best;
    ++steps.cells;
    unexplained += least;
    way += (to - from) * (to - from);
  }
  if (way > 0)
    steps.residual = static_cast<float>(unexplained) / static_cast<float>(way * stretch.length());
  return steps;
}

/// 0 when all cells step together, 1 when their steps are spread as a wipe's are.
float spread(const Steps& steps, FrameNumber length) {
  std::array<int, 32> in_frame{};
  double sum = 0, squares = 0;
  for (const int step : steps.at) {
    if (step < 0) continue;
    sum += step;
    squares += step * step;
    ++in_frame[static_cast<std::size_t>(step)];
  }
  const int most = *std::max_element(in_frame.begin(), in_frame.end());
  if (static_cast<float>(most) > most_at_once * static_cast<float>(steps.cells)) return 0;
  const double mean = sum / steps.cells;
  const double deviation =
      std::sqrt(std::max(0.0, squares / steps.cells - mean * mean)) / static_cast<double>(length);
  return static_cast<float>(
      std::clamp((deviation - 0.12) / 0.1, 0.0, 1.0));  // an even spread: 0.29
}

float wipe_score(Film film, const Stretch& stretch, const FrameRange& inside) {
  // Both pictures must be seen for a while: next to a cut anything that passes looks like a wipe.
  if (stretch.a - inside.start < outside_frames || inside.end - stretch.b <= outside_frames)
    return 0;
  const float alike = correlation(mosaic(film, stretch.a), mosaic(film, stretch.b));
  if (alike > wipe_correlation) return 0;
  const float steady = steadiness(film, stretch, inside, wipe_unrest);
  if (steady <= 0) return 0;
  const Steps steps = steps_in(film, stretch);
  if (static_cast<float>(steps.cells) < least_changed_cells * Mosaic::cells ||
      steps.residual >= most_residual)
    return 0;
  return (1 - steps.residual / most_residual) * (1 - alike) * steady *
         spread(steps, stretch.length());
}

/// The best of those that overlap, in order.
std::vector<GradualTransition> best_apart(std::vector<GradualTransition> found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  std::vector<GradualTransition> kept;
  for (const GradualTransition& one : found)
    if (std::none_of(kept.begin(), kept.end(),
                     [&](const auto& other) { return other.range.overlaps(one.range); }))
      kept.push_back(one);
  std::sort(kept.begin(), kept.end(),
            [](const auto& a, const auto& b) { return a.range.start < b.range.start; });
  return kept;
}

template <typename Score>
std::vector<GradualTransition> search(const FrameRange& inside,
                                      std::span<const FrameNumber> lengths, TransitionKind kind,
                                      float least_score, Score score) {
  std::vector<GradualTransition> found;
  for (const FrameNumber length : lengths) {
    const FrameNumber step = std::max<FrameNumber>(1, length / 12);
    for (Stretch stretch{inside.start, inside.start + length + 1}; stretch.b < inside.end;
         stretch.a += step, stretch.b += step)
      if (const float scored = score(stretch); scored >= least_score)
        found.push_back(
            {{stretch.a + 1, stretch.b}, kind, (stretch.a + 1 + stretch.b) / 2, scored});
  }
  return best_apart(std::move(found));
}

/// The lengths tried are few: moves the ends to where the other picture begins to show and has
/// taken over, spread over the whole frame or over a part of it.
void refine(Film film, const FrameRange& inside, GradualTransition& dissolve) {
  const FrameNumber slack = dissolve.range.size() / 4 + 1;
  const FrameRange around{std::max(inside.start, dissolve.range.start - 1 - slack),
                          std::min(inside.end, dissolve.range.end + 1 + slack)};
  const Mosaic &before = mosaic(film, around.start), &after = mosaic(film, around.end - 1);
  const auto share = [&](FrameNumber frame) {
    return place_between(before, after, mosaic(film, frame)).share;
  };
  FrameRange mixed = dissolve.range;
  while (mixed.start > around.start + 1 && share(mixed.start - 1) > clean_share) --mixed.start;
  while (mixed.start < dissolve.boundary && share(mixed.start) < clean_share) ++mixed.start;
  while (mixed.end < around.end - 1 && share(mixed.end) < 1 - clean_share) ++mixed.end;
  while (mixed.end > dissolve.boundary + 1 && share(mixed.end - 1) > 1 - clean_share) --mixed.end;
  dissolve.range = mixed;
  dissolve.boundary = (mixed.start + mixed.end) / 2;
}

}  // namespace

std::vector<GradualTransition> find_dissolves(Film film, const FrameRange& inside,
                                              float least_score) {
  std::vector<GradualTransition> found =
      search(inside, dissolve_lengths, TransitionKind::dissolve, least_score,
             [&](const Stretch& stretch) { return dissolve_score(film, stretch, inside); });
  for (GradualTransition& dissolve : found) {
    refine(film, inside, dissolve);
    if (dissolve.range.size() <= longest_blurred_cut) dissolve.kind = TransitionKind::cut;
  }
  return found;
}

std::vector<GradualTransition> find_wipes(Film film, const FrameRange& inside, float least_score) {
  std::vector<GradualTransition> found =
      search(inside, wipe_lengths, TransitionKind::wipe, least_score,
             [&](const Stretch& stretch) { return wipe_score(film, stretch, inside); });
  for (GradualTransition& wipe : found) refine(film, inside, wipe);
  return found;
}

}  // namespace dramatis
