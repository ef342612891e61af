// Who went on as whom?
//
// When two heads meet, one covers the other, and for some looks there is one head where there were
// two. A tracker that may only look back has to guess; it often lets both tracks follow the head in
// front, or sends each on with the other's head: one track, two people. But a film is not live.
// After the pass over the shot is done, both sides of every meeting are known:
//
//        A before ──╲  ╱── after 1          straight:  A-1 and B-2
//                    ╳                       crosswise: A-2 and B-1
//        B before ──╱  ╲── after 2
//
// A meeting is a stretch of looks in which the two are closer than a head. For each moment in it,
// the two ways of going on are weighed: how well motion foretold from before meets motion traced
// back from after (place, size, shape, velocity; states of the filter run forwards and backwards
// over each fragment, computed once), and how well faces and colours before fit those after. The
// best moment counts. One of the four arms may be missing: a track that ended in the meeting may
// have lost its head to the other.
//
// If crosswise is better, tails are exchanged, and all meetings are weighed again, since the arms
// have changed; each exchange makes the whole more probable by a margin, and rounds are limited.
// When no two gain by an exchange, three or more who are together may still gain by going round:
// what comes after a look is then given out among them anew, as an assignment. At the end, meetings
// that stay near even odds are cut.
//
// Cost: for F fragments and L looks, F^2 L steps to find the meetings, a few operations each.

#include "tracks/crossings.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "tracks/assignment.h"
#include "tracks/fragment.h"

namespace dramatis {
namespace {

constexpr double meeting_distance = 1.0;  // of centres, in mean head heights
constexpr double exchange_margin = 0.5;   // log odds
constexpr int most_rounds = 12;

/// A fragment with all that is asked of it again and again.
struct Strand {
  Fragment fragment;
  Course course;
  std::vector<int> last_at;           ///< for each look, the last sighting up to it, or -1
  std::vector<BoxState> at;           ///< for each look, about where the head is
  int first_look = 0, last_look = 0;  ///< where `at` means something
};

/// The looks [first, last] in which two strands are close.
struct Meeting {
  int first = 0;
  int last = 0;
};

/// How to go on after a look of a meeting.
struct Verdict {
  int after_look = 0;
  double crosswise = 0;  ///< log odds against going straight on
};

class Settlement {
 public:
  Settlement(const SteadyShot& shot, std::vector<Fragment> fragments,
             const TrackingOptions& options)
      : shot_(shot), options_(options) {
    for (Fragment& f : fragments) strands_.push_back(strand(std::move(f)));
  }

  /// Weighs all meetings; true when tails were exchanged.
  bool exchange_all() {
    bool any = false;
    for (std::size_t i = 0; i < strands_.size(); ++i)
      for (std::size_t j = i + 1; j < strands_.size(); ++j)
        while_meeting(strands_[i], strands_[j], [&](Strand& a, Strand& b, const Verdict& v) {
          if (v.crosswise <= exchange_margin) return false;
          exchange_tails(a, b, v.after_look);
          return any = true;
        });
    return any;
  }

  /// Where three or more are together, no two of them may gain by an exchange and yet all by going
  /// round. Look by look, all who are near one another are paired anew with what comes after.
  bool exchange_rings() {
    bool any = false;
    for (int look = 0; look + 1 < shot_.looks(); ++look)
      for (const auto& group : groups_at(look))
        any |= group.size() > 2 && exchange_ring(group, look);
    return any;
  }

  void cut_all() {
    const std::size_t whole = strands_.size();
    std::vector<Fragment> tails;
    for (std::size_t i = 0; i < whole; ++i)
      for (std::size_t j = i + 1; j < whole; ++j)
        while_meeting(strands_[i], strands_[j], [&](Strand& a, Strand& b, const Verdict& v) {
          if (v.crosswise < -options_.crossing_log_odds) return false;
          tails.push_back(take_tail(a, v.after_look));
          tails.push_back(take_tail(b, v.after_look));
          return true;
        });
    for (Fragment& f : tails) strands_.push_back(strand(std::move(f)));
  }

  std::vector<Fragment> take_fragments() {
    std::vector<Fragment> settled;
    for (Strand& s : strands_)
      if (!s.fragment.empty()) settled.push_back(std::move(s.fragment));
    return settled;
  }

 private:
  Strand strand(Fragment fragment) const {
    Strand s;
    s.fragment = std::move(fragment);
    if (s.fragment.empty()) return s;
    s.course = course_of(shot_, s.fragment, options_.motion);
    s.last_at.assign(shot_.looks(), -1);
    int next = 0;
    for (int look = 0; look < shot_.looks(); ++look) {
      if (next < size(s) && s.fragment[next].look == look) ++next;
      s.last_at[look] = next - 1;
    }
    place(s);
    return s;
  }

  static int size(const Strand& s) { return static_cast<int>(s.fragment.size()); }

  /// Between sightings the head is on the straight line; beyond them it goes on for a while.
  void place(Strand& s) const {
    const double most_s = options_.patience_s / 2;
    s.at.resize(shot_.looks());
    s.first_look = shot_.looks(), s.last_look = -1;
    for (int look = 0; look < shot_.looks(); ++look) {
      const int before = s.last_at[look], after = before + 1;
      const double t = shot_.time_s(look);
      const double since_s = before >= 0 ? t - shot_.time_s(s.fragment[before]) : 1e9;
      const double until_s = after < size(s) ? shot_.time_s(s.fragment[after]) - t : 1e9;
      const bool inside = before >= 0 && after < size(s);
      if (!inside && std::min(since_s, until_s) > most_s) continue;
      s.first_look = std::min(s.first_look, look);
      s.last_look = look;
      s.at[look] = inside        ? between(s, before, since_s / (since_s + until_s))
                   : before >= 0 ? predicted(s.course.from_before[before], since_s, options_.motion)
                                 : predicted(s.course.from_after[after], -until_s, options_.motion);
    }
  }

  static BoxState between(const Strand& s, int before, double share) {
    BoxState state = s.course.from_before[before];
    for (int i = 0; i < coordinates; ++i)
      state.at[i].value =
          std::lerp(state.at[i].value, s.course.from_after[before + 1].at[i].value, share);
    return state;
  }

  bool close(const Strand& a, const Strand& b, int look) const {
    const BoxVector p = a.at[look].values(), q = b.at[look].values();
    const double mean_height = (p[height] + q[height]) / 2;
    return std::hypot(p[centre_x] - q[centre_x], p[centre_y] - q[centre_y]) <
           meeting_distance * mean_height;
  }

  /// Stretches of looks in which two strands are close; pauses of up to two looks do not end one.
  std::vector<Meeting> meetings(const Strand& a, const Strand& b) const {
    std::vector<Meeting> found;
    const int first = std::max(a.first_look, b.first_look);
    const int last = std::min(a.last_look, b.last_look);
    for (int look = first; look <= last; ++look) {
      if (!close(a, b, look)) continue;
      if (!found.empty() && look - found.back().last <= 3)
        found.back().last = look;
      else
        found.push_back({std::max(first, look - 1), look});
    }
    return found;
  }

  /// Calls `act` on each meeting in turn, until it has changed the strands: their other meetings
  /// are then no longer those.
  template <typename Act>
  void while_meeting(Strand& a, Strand& b, Act act) {
    if (a.fragment.empty() || b.fragment.empty()) return;
    for (const Meeting& m : meetings(a, b)) {
      const auto verdict = weigh(a, b, m);
      if (verdict && act(a, b, *verdict)) return;
    }
  }

  /// Strands that have sightings up to this look and after it, each near another of its group.
  std::vector<std::vector<int>> groups_at(int look) const {
    std::vector<std::vector<int>> groups;
    for (int i = 0; i < static_cast<int>(strands_.size()); ++i) {
      const Strand& s = strands_[i];
      const bool goes_on = !s.fragment.empty() && look >= s.first_look && look <= s.last_look &&
                           s.last_at[look] >= 0 && s.last_at[look] + 1 < size(s);
      if (!goes_on) continue;
      std::vector<int> merged{i};
      std::erase_if(groups, [&](const std::vector<int>& g) {
        const bool near =
            std::ranges::any_of(g, [&](int j) { return close(s, strands_[j], look); });
        if (near) merged.insert(merged.end(), g.begin(), g.end());
        return near;
      });
      groups.push_back(std::move(merged));
    }
    return groups;
  }

  bool exchange_ring(const std::vector<int>& group, int look) {
    const int n = static_cast<int>(group.size());
    CostMatrix motion(n, n), all(n, n);
    for (int r = 0; r < n; ++r)
      for (int c = 0; c < n; ++c)
        motion.at(r, c) = -motion_link(strands_[group[r]], strands_[group[c]], look);
    if (!worth_going_round(motion, assign(motion))) return false;
    for (int r = 0; r < n; ++r)
      for (int c = 0; c < n; ++c)
        all.at(r, c) =
            motion.at(r, c) - appearance_link(strands_[group[r]], strands_[group[c]], look);
    const std::vector<int> next = assign(all);
    if (!worth_going_round(all, next)) return false;
    go_round(group, next, look);
    return true;
  }

  static bool worth_going_round(const CostMatrix& costs, const std::vector<int>& next) {
    double gain = 0;
    for (int r = 0; r < costs.rows(); ++r) gain += costs.at(r, r) - costs.at(r, next[r]);
    return gain > exchange_margin;
  }

  /// Each strand of the group keeps what it has up to the look and goes on as `next` of it.
  void go_round(const std::vector<int>& group, const std::vector<int>& next, int look) {
    std::vector<Fragment> tails;
    for (int i : group) tails.push_back(take_tail(strands_[i], look));
    for (std::size_t r = 0; r < group.size(); ++r) {
      Fragment whole = std::move(strands_[group[r]].fragment);
      whole.insert(whole.end(), tails[next[r]].begin(), tails[next[r]].end());
      strands_[group[r]] = strand(std::move(whole));
    }
  }

  /// Log odds that `x` up to the look goes on as `y` after it.
  double motion_link(const Strand& x, const Strand& y, int look) const {
    const int i = x.last_at[look], j = y.last_at[look] + 1;
    const double gap_s = shot_.time_s(y.fragment[j]) - shot_.time_s(x.fragment[i]);
    return motion_log_odds(shot_, x.course.from_before[i], y.course.from_after[j], gap_s,
                           options_.motion);
  }
  double appearance_link(const Strand& x, const Strand& y, int look) const {
    const int end = x.last_at[look] + 1, start = y.last_at[look] + 1;
    const auto before = std::span(x.fragment).first(end).last(std::min(end, arm));
    const auto after = std::span(y.fragment).subspan(start).first(std::min(size(y) - start, arm));
    return appearance_log_odds(shot_, before, after, options_).value_or(0);
  }

  std::optional<Verdict> weigh(const Strand& a, const Strand& b, const Meeting& m) const {
    std::optional<Verdict> best;
    for (int look = m.first; look <= m.last; ++look) {
      const auto odds = motion_crosswise(a, b, look);
      if (odds && (!best || *odds > best->crosswise)) best = Verdict{look, *odds};
    }
    if (best) best->crosswise += appearance_crosswise(a, b, m, best->after_look);
    return best;
  }

  /// Nothing when the two ways are not alternatives: there must be as many links one way as the
  /// other.
  std::optional<double> motion_crosswise(const Strand& a, const Strand& b, int look) const {
    const int a0 = a.last_at[look], a1 = a0 + 1, b0 = b.last_at[look], b1 = b0 + 1;
    const auto link = [&](const Strand& x, int i, const Strand& y, int j) -> std::optional<double> {
      if (i < 0 || j >= size(y)) return std::nullopt;
      const double gap_s = shot_.time_s(y.fragment[j]) - shot_.time_s(x.fragment[i]);
      return motion_log_odds(shot_, x.course.from_before[i], y.course.from_after[j], gap_s,
                             options_.motion);
    };
    const auto aa = link(a, a0, a, a1), bb = link(b, b0, b, b1);
    const auto ab = link(a, a0, b, b1), ba = link(b, b0, a, a1);
    const int straight = aa.has_value() + bb.has_value();
    if (straight == 0 || straight != ab.has_value() + ba.has_value()) return std::nullopt;
    return ab.value_or(0) + ba.value_or(0) - aa.value_or(0) - bb.value_or(0);
  }

  double appearance_crosswise(const Strand& a, const Strand& b, const Meeting& m,
                              int after_look) const {
    const auto a_before = arm_before(a, m, after_look), b_before = arm_before(b, m, after_look);
    const auto a_after = arm_after(a, m, after_look), b_after = arm_after(b, m, after_look);
    const auto alike = [&](std::span<const Sighting> x, std::span<const Sighting> y) {
      if (x.empty() || y.empty()) return 0.0;
      return appearance_log_odds(shot_, x, y, options_).value_or(0);
    };
    return alike(a_before, b_after) + alike(b_before, a_after) - alike(a_before, a_after) -
           alike(b_before, b_after);
  }

  static constexpr int arm = 40;  // sightings that speak for what a head looks like

  /// Those before the meeting; within it only when there are no others.
  std::span<const Sighting> arm_before(const Strand& s, const Meeting& m, int after_look) const {
    int end = m.first > 0 ? s.last_at[m.first - 1] + 1 : 0;
    if (end == 0) end = s.last_at[after_look] + 1;
    const int start = std::max(0, end - arm);
    return std::span(s.fragment).subspan(start, end - start);
  }
  std::span<const Sighting> arm_after(const Strand& s, const Meeting& m, int after_look) const {
    int start = s.last_at[m.last] + 1;
    if (start >= size(s)) start = s.last_at[after_look] + 1;
    const int end = std::min(size(s), start + arm);
    return std::span(s.fragment).subspan(start, end - start);
  }

  Fragment take_tail(Strand& s, int after_look) const {
    const auto from = s.fragment.begin() + s.last_at[after_look] + 1;
    Fragment tail(from, s.fragment.end());
    s.fragment.erase(from, s.fragment.end());
    s = strand(std::move(s.fragment));
    return tail;
  }

  void exchange_tails(Strand& a, Strand& b, int after_look) const {
    const auto from_a = a.fragment.begin() + a.last_at[after_look] + 1;
    const auto from_b = b.fragment.begin() + b.last_at[after_look] + 1;
    Fragment new_a(a.fragment.begin(), from_a), new_b(b.fragment.begin(), from_b);
    new_a.insert(new_a.end(), from_b, b.fragment.end());
    new_b.insert(new_b.end(), from_a, a.fragment.end());
    a = strand(std::move(new_a));
    b = strand(std::move(new_b));
  }

  const SteadyShot& shot_;
  const TrackingOptions& options_;
  std::vector<Strand> strands_;
};

}  // namespace

std::vector<Fragment> settle_crossings(const SteadyShot& shot, std::vector<Fragment> fragments,
                                       const TrackingOptions& options) {
  Settlement settlement(shot, std::move(fragments), options);
  for (int round = 0; round < most_rounds; ++round)
    if (!settlement.exchange_all() && !settlement.exchange_rings()) break;
  return settlement.take_fragments();
}

std::vector<Fragment> cut_unsettled_crossings(const SteadyShot& shot,
                                              std::vector<Fragment> fragments,
                                              const TrackingOptions& options) {
  Settlement settlement(shot, std::move(fragments), options);
  settlement.cut_all();
  return settlement.take_fragments();
}

}  // namespace dramatis
