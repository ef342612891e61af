#include "heads/following.h"

#include <algorithm>
#include <cstdlib>

#include "heads/found_again.h"

namespace dramatis {
namespace {

/// A head on its way through the looks: where it was last found by a detector, and where it is.
struct Trail {
  std::size_t found_in = 0;  ///< look
  Box found_at;
  Box now_at;
};

class Following {
 public:
  Following(const std::vector<PicturedLook>& looks, double frames_per_second,
            const FollowingOptions& options)
      : looks_(looks), frames_per_second_(frames_per_second), options_(options) {}

  /// Each look's heads into the look after it, or with `step` -1 before it.
  void run(int step) {
    std::vector<Trail> trails;
    const auto n = static_cast<std::ptrdiff_t>(looks_.size());
    for (std::ptrdiff_t i = step > 0 ? 0 : n - 1; i >= 0 && i < n; i += step) {
      const auto look = static_cast<std::size_t>(i);
      trails = taken_along(trails, look, step);
      for (const Head& head : looks_[look].look->heads)
        if (head.source != HeadSource::followed) trails.push_back({look, head.box, head.box});
    }
  }

 private:
  /// Those of the look before that go on in this one.
  std::vector<Trail> taken_along(const std::vector<Trail>& trails, std::size_t look, int step) {
    std::vector<Trail> on;
    if (trails.empty() || looks_[step > 0 ? look : look + 1].after_cut) return on;
    for (const Trail& trail : trails)
      if (const auto there = followed(trail, look, step)) {
        looks_[look].look->heads.push_back(
            {.box = *there, .score = options_.score, .source = HeadSource::followed});
        on.push_back({trail.found_in, trail.found_at, *there});
      }
    return on;
  }

  std::optional<Box> followed(const Trail& trail, std::size_t look, int step) const {
    const PicturedLook& from = looks_[look - static_cast<std::size_t>(step)];
    const PicturedLook& to = looks_[look];
    if (seconds_between(trail.found_in, look) > options_.longest_s) return std::nullopt;
    const Point& camera = (step > 0 ? to : from).camera;
    const Point shift{static_cast<float>(step) * camera.x, static_cast<float>(step) * camera.y};
    const Box foreseen{trail.now_at.x + shift.x, trail.now_at.y + shift.y, trail.now_at.width,
                       trail.now_at.height};
    if (is_taken(foreseen, *to.look)) return std::nullopt;
    for (const Patch patch : {Patch::head, Patch::bust})
      if (const auto there = found_surely(trail, from, to, shift, patch)) return there;
    return std::nullopt;
  }

  std::optional<Box> found_surely(const Trail& trail, const PicturedLook& from,
                                  const PicturedLook& to, const Point& shift, Patch patch) const {
    const float like = patch == Patch::head ? options_.like_head : options_.like_bust;
    const auto found = find_again(from.grey, trail.now_at, to.grey, shift, options_.reach, patch);
    if (!found || found->likeness < like || found->strayed > options_.most_strayed ||
        is_taken(found->box, *to.look))
      return std::nullopt;
    if (patch == Patch::bust &&
        likeness(from.grey, trail.now_at, to.grey, found->box, Patch::head) < options_.like_in_bust)
      return std::nullopt;
    const GreyLevels& last = looks_[trail.found_in].grey;
    const bool lasts =
        likeness(last, trail.found_at, to.grey, found->box, patch) >= options_.lasting;
    return lasts ? std::optional(found->box) : std::nullopt;
  }

  /// Is that a head that the look has already, or a head behind one?
  bool is_taken(const Box& box, const Look& look) const {
    return std::any_of(look.heads.begin(), look.heads.end(), [&](const Head& head) {
      return share_inside(box, head.box) >= options_.covered;
    });
  }

  double seconds_between(std::size_t a, std::size_t b) const {
    return static_cast<double>(std::abs(looks_[a].look->frame - looks_[b].look->frame)) /
           frames_per_second_;
  }

  const std::vector<PicturedLook>& looks_;
  double frames_per_second_;
  FollowingOptions options_;
};

}  // namespace

void follow_lost_heads(const std::vector<PicturedLook>& looks, double frames_per_second,
                       const FollowingOptions& options) {
  Following following(looks, frames_per_second, options);
  following.run(1);
  following.run(-1);
}

}  // namespace dramatis
