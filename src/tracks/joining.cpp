// Which fragment goes on as which?
//
// Every fragment's end may be followed by one fragment's start, later and not too late. What a link
// is worth is the log odds that both are one head: motion foretold from before against motion
// traced back from after (place, size, shape and velocity at once), plus appearance, less what the
// gap itself makes improbable. The links are then chosen together, one-to-one, as an assignment of
// ends to starts (Huang, Wu, Nevatia 2008 call this tracklet association), so the order of the
// fragments plays no part. Short gaps are settled before long ones: what they join is known better
// at its ends.
//
// Cost: F^2 comparisons of F fragments within max_gap_s, and an assignment.

#include "tracks/joining.h"

#include <algorithm>
#include <cmath>

#include "tracks/assignment.h"
#include "tracks/fragment.h"

namespace dramatis {
namespace {

/// That a head in the picture is lost and seen again is common; that one goes and another comes in
/// the same place is not. The longer nothing was seen, the less this holds.
double gap_log_odds(double gap_s) { return 2.0 - 2.0 * gap_s; }

double link_cost(const SteadyShot& shot, const Fragment& before, const Fragment& after,
                 double max_gap_s, const TrackingOptions& options) {
  const double gap_s = shot.time_s(after.front()) - shot.time_s(before.back());
  if (gap_s <= 0 || gap_s > max_gap_s) return CostMatrix::forbidden;
  const double appearance = appearance_log_odds(shot, before, after, options).value_or(0);
  constexpr double somebody_else = -4;
  if (appearance <= somebody_else) return CostMatrix::forbidden;
  return -(motion_log_odds(shot, before, after, options.motion) + appearance + gap_log_odds(gap_s));
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

}  // namespace dramatis
