// Which fragment goes on as which?
//
// Every fragment's end may be followed by one fragment's start, later and not too late. What a link
// is worth is the log odds that both are one head: motion foretold from before against motion
// traced back from after (place, size, shape and velocity at once), plus appearance, less what the
// gap itself makes improbable, plus what it says that somebody was lost or found far from the edges
// of the picture, where nobody comes or goes. The links are then chosen together, one-to-one, as an
// assignment of ends to starts (Huang, Wu, Nevatia 2008 call this tracklet association), so the
// order of the fragments plays no part. Short gaps are settled before long ones: what they join is
// known better at its ends.
//
// Cost: F^2 comparisons of F fragments within max_gap_s, and an assignment.

#include "tracks/joining.h"

#include <algorithm>
#include <cmath>

#include "tracks/appearance.h"
#include "tracks/assignment.h"
#include "tracks/fragment.h"

namespace dramatis {
namespace {

/// That a head in the picture is lost and seen again is common; that one goes and another comes in
/// the same place is not. The longer nothing was seen, the less this holds.
double gap_log_odds(double gap_s) { return 2.0 - 2.0 * gap_s; }

/// A sighting or two may be anything; over longer gaps they are joined to nothing.
constexpr double short_gap_s = 0.3;
constexpr std::size_t well_known = 3;

/// Where the head would be, a share of the way through the gap: leaving with its last velocity, and
/// arriving with that after.
Point midway(const BoxState& from, const BoxState& to, double gap_s, double share) {
  const double t = share, u = 1 - share;
  const auto along = [&](int i) {
    const Moving &a = from.at[i], &b = to.at[i];
    return u * u * (1 + 2 * t) * a.value + t * t * (1 + 2 * u) * b.value +
           gap_s * t * u * (u * a.velocity - t * b.velocity);
  };
  return {static_cast<float>(along(centre_x)), static_cast<float>(along(centre_y))};
}

/// Does a head that goes from one state to the other go out of the picture in between?
bool leaves_picture(const SteadyShot& shot, const BoxState& from, const BoxState& to,
                    FrameNumber first, FrameNumber last) {
  const double gap_s = static_cast<double>(last - first) / shot.fps();
  const auto width = static_cast<float>(shot.source().picture_width);
  const auto height = static_cast<float>(shot.source().picture_height);
  if (width <= 0 || height <= 0) return false;
  for (FrameNumber f = first + 1; f < last; ++f) {
    const double share = static_cast<double>(f - first) / static_cast<double>(last - first);
    const Point centre = midway(from, to, gap_s, share);
    const Box seen = shot.in_picture({centre.x, centre.y, 0, 0}, f);
    if (seen.x < 0 || seen.y < 0 || seen.x > width || seen.y > height) return true;
  }
  return false;
}

/// Heads come and go at the edges of the picture and of the shot. One that is lost, or first seen,
/// in the middle of both was most likely there all along. 0 to 1: how far from the edges, in heads.
double amidst(const SteadyShot& shot, const Sighting& s) {
  const Box box = shot.head(s).box;
  const auto width = static_cast<float>(shot.source().picture_width);
  const auto height = static_cast<float>(shot.source().picture_height);
  if (width <= 0 || height <= 0) return 0.5;
  const float room = std::min({box.x, box.y, width - box.right(), height - box.bottom()});
  return std::clamp(0.5 + room / box.height, 0.0, 1.0);
}

double vanishing_log_odds(const SteadyShot& shot, const Fragment& before, const Fragment& after) {
  constexpr double most = 6;        // as improbable as it is to vanish there, and to appear there
  constexpr double well_seen = 10;  // sightings; fewer may be nobody
  const std::size_t seen =
      std::min(detected_part(shot, before).size(), detected_part(shot, after).size());
  const double known = std::min(1.0, static_cast<double>(seen) / well_seen);
  return most * known * (amidst(shot, before.back()) + amidst(shot, after.front())) / 2;
}

/// Of the two ends, the last few sightings may be another head's, or nobody's: that is often how a
/// head was lost. A link that fits without them counts too, at a price for each.
double link_log_odds(const SteadyShot& shot, std::span<const Sighting> before,
                     std::span<const Sighting> after, const MotionNoise& noise) {
  constexpr double price = 1.5;
  constexpr std::size_t least_left = 5;
  double best = motion_log_odds(shot, before, after, noise);
  if (best > 0) return best;
  for (const std::size_t x : {0, 1, 2, 4})
    for (const std::size_t y : {0, 1, 2, 4}) {
      if (before.size() < x + least_left || after.size() < y + least_left) continue;
      const double without =
          motion_log_odds(shot, before.first(before.size() - x), after.subspan(y), noise);
      best = std::max(best, without - price * static_cast<double>(x + y));
    }
  return best;
}

double link_cost(const SteadyShot& shot, const Fragment& before, const Fragment& after,
                 double max_gap_s, const TrackingOptions& options) {
  const double gap_s = shot.time_s(after.front()) - shot.time_s(before.back());
  if (gap_s <= 0 || gap_s > max_gap_s) return CostMatrix::forbidden;
  if (gap_s > short_gap_s &&
      std::min(detected_part(shot, before).size(), detected_part(shot, after).size()) < well_known)
    return CostMatrix::forbidden;
  const double appearance = appearance_log_odds(shot, before, after, options).value_or(0);
  if (appearance <= clearly_different) return CostMatrix::forbidden;
  const double odds = link_log_odds(shot, before, after, options.motion) + appearance +
                      gap_log_odds(gap_s) + vanishing_log_odds(shot, before, after);
  if (odds <= 0) return CostMatrix::forbidden;
  const bool gone = leaves_picture(shot, state_at_end(shot, before, options.motion),
                                   state_at_start(shot, after, options.motion),
                                   shot.frame(before.back()), shot.frame(after.front()));
  return gone ? CostMatrix::forbidden : -odds;
}

/// The parts of a fragment between which the head was out of the picture.
void part_where_gone(const SteadyShot& shot, Fragment fragment, const MotionNoise& noise,
                     std::vector<Fragment>& parts) {
  const Course course = course_of(shot, fragment, noise);
  std::size_t start = 0;
  for (std::size_t i = 1; i < fragment.size(); ++i) {
    const FrameNumber first = shot.frame(fragment[i - 1]), last = shot.frame(fragment[i]);
    if (!leaves_picture(shot, course.from_before[i - 1], course.from_after[i], first, last))
      continue;
    parts.emplace_back(fragment.begin() + start, fragment.begin() + i);
    start = i;
  }
  parts.emplace_back(fragment.begin() + start, fragment.end());
}

bool by_first_look(const Fragment& a, const Fragment& b) {
  return a.front().look != b.front().look ? a.front().look < b.front().look
                                          : a.front().head < b.front().head;
}

/// Follows the chain of links from each fragment that nothing leads to.
std::vector<Fragment> linked(const std::vector<Fragment>& fragments, const std::vector<int>& next) {
  std::vector<bool> follows(fragments.size(), false);
  for (int n : next)
    if (n >= 0) follows[n] = true;
  std::vector<Fragment> chains;
  for (int i = 0; i < static_cast<int>(fragments.size()); ++i) {
    if (follows[i]) continue;
    Fragment chain;
    for (int j = i; j >= 0; j = next[j])
      chain.insert(chain.end(), fragments[j].begin(), fragments[j].end());
    chains.push_back(std::move(chain));
  }
  return chains;
}

std::vector<Fragment> join_once(const SteadyShot& shot, const std::vector<Fragment>& fragments,
                                double max_gap_s, const TrackingOptions& options) {
  const int n = static_cast<int>(fragments.size());
  CostMatrix costs(n, n);
  for (int before = 0; before < n; ++before)
    for (int after = 0; after < n; ++after)
      if (before != after)
        costs.at(before, after) =
            link_cost(shot, fragments[before], fragments[after], max_gap_s, options);
  return linked(fragments, assign_below(costs, 0));
}

}  // namespace

std::vector<Fragment> join_fragments(const SteadyShot& shot, std::vector<Fragment> fragments,
                                     const TrackingOptions& options) {
  for (const double share : {0.25, 0.5, 1.0})
    fragments = join_once(shot, fragments, share * options.max_gap_s, options);
  std::sort(fragments.begin(), fragments.end(), by_first_look);
  return fragments;
}

std::vector<Fragment> part_where_gone(const SteadyShot& shot,
                                      const std::vector<Fragment>& fragments,
                                      const TrackingOptions& options) {
  std::vector<Fragment> parts;
  for (const Fragment& f : fragments) part_where_gone(shot, f, options.motion, parts);
  return parts;
}

}  // namespace dramatis
