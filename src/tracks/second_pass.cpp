// The backward pass.
//
// Going forward, a head is given to a track by what was foretold from the past; for a moment after
// each miss, turn or crossing that is a wide guess, and the wrong head may fit as well. Once the
// fragments stand, each look can be judged from both sides: the state foretold from the sightings
// before it and the one traced back from those after it, multiplied (the two-filter form of the
// smoother; Fraser and Potter 1969), with the look's own sighting left out. The product is narrower
// than either, so that pairing heads and fragments anew, look by look, one-to-one as before, mends
// what the first pass got wrong for one look. Beyond the ends of a fragment there is one side only:
// there it may grow, by heads that nobody claimed, as long as it fits and not too far.
//
// Cost: that of the first pass, about.

#include "tracks/second_pass.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "tracks/appearance.h"
#include "tracks/assignment.h"
#include "tracks/fragment.h"

namespace dramatis {
namespace {

/// Two independent opinions of a value and its velocity, made one.
Moving product(const Moving& a, const Moving& b) {
  const auto inverse = [](const Moving& m) {
    const double d = m.value_variance * m.velocity_variance - m.covariance * m.covariance;
    return std::array{m.velocity_variance / d, -m.covariance / d, m.value_variance / d};
  };
  const auto p = inverse(a), q = inverse(b);
  const double xx = p[0] + q[0], xy = p[1] + q[1], yy = p[2] + q[2];
  const double d = xx * yy - xy * xy;
  const double x = p[0] * a.value + p[1] * a.velocity + q[0] * b.value + q[1] * b.velocity;
  const double y = p[1] * a.value + p[2] * a.velocity + q[1] * b.value + q[2] * b.velocity;
  return {(yy * x - xy * y) / d, (xx * y - xy * x) / d, yy / d, -xy / d, xx / d};
}

BoxState product(const BoxState& a, const BoxState& b) {
  BoxState both;
  for (int i = 0; i < coordinates; ++i) both.at[i] = product(a.at[i], b.at[i]);
  return both;
}

class SecondPass {
 public:
  SecondPass(const SteadyShot& shot, const std::vector<Fragment>& fragments,
             const TrackingOptions& options)
      : shot_(shot), fragments_(fragments), options_(options), next_(fragments.size(), 0) {
    for (const Fragment& f : fragments_) {
      courses_.push_back(course_of(shot_, f, options_.motion));
      galleries_.push_back(gallery_of(f));
    }
  }

  std::vector<Fragment> run() {
    std::vector<Fragment> result(fragments_.size());
    for (int look = 0; look < shot_.looks(); ++look) {
      foresee(look);
      give_out(look, result);
    }
    std::erase_if(result, [](const Fragment& f) { return f.empty(); });
    return result;
  }

 private:
  Gallery gallery_of(const Fragment& fragment) const {
    Gallery gallery;
    const std::size_t step = std::max<std::size_t>(1, fragment.size() / options_.gallery_size);
    for (std::size_t i = 0; i < fragment.size(); i += step)
      gallery.add(shot_.head(fragment[i]), options_);
    return gallery;
  }

  /// Where each fragment's head is at this look, by all of its other sightings.
  void foresee(int look) {
    states_.assign(fragments_.size(), std::nullopt);
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      const Fragment& f = fragments_[i];
      std::size_t& next = next_[i];  // first sighting at or after the look
      while (next < f.size() && f[next].look < look) ++next;
      const bool own = next < f.size() && f[next].look == look;
      const auto before = next > 0 ? from_before(i, next - 1, look) : std::nullopt;
      const std::size_t later = next + (own ? 1 : 0);
      const auto after = later < f.size() ? from_after(i, later, look) : std::nullopt;
      if (before && after)
        states_[i] = product(*before, *after);
      else
        states_[i] = before ? before : after;
      if (f.size() == 1 && own) states_[i] = courses_[i].from_before[0];
    }
  }

  std::optional<BoxState> from_before(std::size_t i, std::size_t sighting, int look) const {
    const double dt_s = shot_.time_s(look) - shot_.time_s(fragments_[i][sighting]);
    const bool is_end = sighting + 1 == fragments_[i].size();
    if (is_end && dt_s > most_growth_s) return std::nullopt;
    return predicted(courses_[i].from_before[sighting], dt_s, options_.motion);
  }

  std::optional<BoxState> from_after(std::size_t i, std::size_t sighting, int look) const {
    const double dt_s = shot_.time_s(fragments_[i][sighting]) - shot_.time_s(look);
    if (sighting == 0 && dt_s > most_growth_s) return std::nullopt;
    return retraced(courses_[i].from_after[sighting], dt_s, options_.motion);
  }

  void give_out(int look, std::vector<Fragment>& result) const {
    const auto& heads = shot_.look(look).heads;
    CostMatrix costs(static_cast<int>(fragments_.size()), static_cast<int>(heads.size()));
    for (int r = 0; r < costs.rows(); ++r)
      for (int c = 0; c < costs.columns(); ++c)
        if (states_[r]) costs.at(r, c) = cost(r, {look, c});
    const auto column_of = assign_below(costs, 0);
    for (int r = 0; r < costs.rows(); ++r)
      if (column_of[r] >= 0) result[r].push_back({look, column_of[r]});
  }

  double cost(int fragment, const Sighting& sighting) const {
    const Head& head = shot_.head(sighting);
    if (head.box.empty() || head.score < options_.low_score) return CostMatrix::forbidden;
    const BoxState& state = *states_[fragment];
    const Surprise motion = surprise(state, shot_.box(sighting), options_.motion);
    if (motion.squared_distance > options_.gate) return CostMatrix::forbidden;
    const double appearance =
        options_.use_appearance ? galleries_[fragment].log_odds(head, options_).value_or(0) : 0;
    return -(motion.log_density - log_density_of_anybody(shot_, state.head_height()) + appearance);
  }

  static constexpr double most_growth_s = 0.5;

  const SteadyShot& shot_;
  const std::vector<Fragment>& fragments_;
  const TrackingOptions& options_;
  std::vector<Course> courses_;
  std::vector<Gallery> galleries_;
  std::vector<std::size_t> next_;
  std::vector<std::optional<BoxState>> states_;  ///< at the look in hand
};

}  // namespace

std::vector<Fragment> assign_once_more(const SteadyShot& shot,
                                       const std::vector<Fragment>& fragments,
                                       const TrackingOptions& options) {
  return SecondPass(shot, fragments, options).run();
}

}  // namespace dramatis
