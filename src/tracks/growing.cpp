#include "tracks/growing.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace dramatis {
namespace {

/// A followed head is as large as the head that it was followed from, and not far from it.
bool is_next_on_trail(const Box& head, const Box& followed) {
  constexpr float same_size = 0.01f, least_overlap = 0.2f;
  return std::abs(followed.width - head.width) <= same_size * head.width &&
         std::abs(followed.height - head.height) <= same_size * head.height &&
         overlap(head, followed) >= least_overlap;
}

class Growing {
 public:
  Growing(const SteadyShot& shot, const std::vector<Fragment>& fragments) : shot_(shot) {
    for (int i = 0; i < shot.looks(); ++i) taken_.emplace_back(shot.look(i).heads.size(), false);
    for (const Fragment& fragment : fragments)
      for (const Sighting& s : fragment) taken_[s.look][s.head] = true;
  }

  /// Look by look, `step` 1 or -1, for as long as there is a head to go on with.
  Fragment trail_from(Sighting end, int step) {
    Fragment trail;
    while (const std::optional<Sighting> next = next_on_trail(end, end.look + step)) {
      taken_[next->look][next->head] = true;
      trail.push_back(*next);
      end = *next;
    }
    return trail;
  }

 private:
  std::optional<Sighting> next_on_trail(const Sighting& end, int look) const {
    if (look < 0 || look >= shot_.looks()) return std::nullopt;
    std::optional<Sighting> best;
    float best_overlap = 0;
    for (int head = 0; head < static_cast<int>(shot_.look(look).heads.size()); ++head) {
      const Sighting s{look, head};
      if (taken_[look][head] || shot_.detected(s)) continue;
      const float shared = overlap(shot_.box(end), shot_.box(s));
      if (shared <= best_overlap || !is_next_on_trail(shot_.box(end), shot_.box(s))) continue;
      best = s;
      best_overlap = shared;
    }
    return best;
  }

  const SteadyShot& shot_;
  std::vector<std::vector<bool>> taken_;  ///< by look and head
};

}  // namespace

std::vector<Fragment> grown_along_followed(const SteadyShot& shot,
                                           std::vector<Fragment> fragments) {
  Growing growing(shot, fragments);
  for (Fragment& fragment : fragments) {
    const Fragment before = growing.trail_from(fragment.front(), -1);
    const Fragment after = growing.trail_from(fragment.back(), 1);
    fragment.insert(fragment.begin(), before.rbegin(), before.rend());
    fragment.insert(fragment.end(), after.begin(), after.end());
  }
  return fragments;
}

}  // namespace dramatis
