// From look to look: DeepSORT (Wojke, Bewley, Paulus 2017), with the second round of ByteTrack
// (Zhang et al. 2022).
//
// At every look, each live track foretells its box (motion.h). Heads and tracks are then paired in
// rounds, each one-to-one and optimal in itself (assignment.h):
//
//   1. The cascade. Tracks are served in the order in which they were last seen: the longer a track
//      went unseen, the wider its forecast, and without the cascade it would take heads from tracks
//      that are sure of theirs. A pair must pass the gate on the Mahalanobis distance; what it is
//      worth is the log odds of motion and appearance that the head is this track's rather than
//      somebody else's. Tracks seen only once come after all others.
//   2. Overlap. Tracks just seen and heads still free are paired by the overlap of their boxes:
//   this
//      helps against sudden moves and changes of shape that the filter did not foresee.
//   3. Low scores. Half-hidden heads have low scores; thrown away, they would leave a gap just
//   where
//      it hurts. They may continue a track by overlap, never begin one.
//
// What is left over of the sure heads begins new tracks. A look that did not seek a kind of head
// says nothing about tracks of that kind: they age only in looks that could have seen them.
//
// Cost for T tracks and D heads: T*D comparisons that pass the gate, and an assignment, O(n^3), for
// each round.

#include "tracks/association.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tracks/appearance.h"
#include "tracks/assignment.h"
#include "tracks/fragment.h"
#include "tracks/motion.h"

namespace dramatis {
namespace {

struct LiveTrack {
  Fragment fragment;
  BoxState state;  ///< predicted to the look in hand
  double state_time_s;
  Gallery gallery;
  int missed = 0;  ///< looks since the last sighting that could have found it
};

class Association {
 public:
  Association(const SteadyShot& shot, const TrackingOptions& options)
      : shot_(shot), options_(options) {}

  std::vector<Fragment> run() {
    for (int look = 0; look < shot_.looks(); ++look) take(look);
    std::vector<Fragment> fragments;
    for (LiveTrack& track : tracks_) fragments.push_back(std::move(track.fragment));
    return fragments;
  }

 private:
  using Numbers = std::vector<int>;

  void take(int look) {
    look_ = look;
    retire_and_predict();
    Numbers tracks = live_;
    Numbers sure = heads_scoring(options_.sure_score, 2);
    cascade(tracks, sure);
    Numbers fresh = seen_lately(tracks);
    pair_by_overlap(fresh, sure);
    if (options_.second_round) {
      Numbers low = heads_scoring(options_.low_score, options_.sure_score);
      pair_by_overlap(fresh, low);
    }
    for (int track : live_)
      if (!just_seen(track) && shot_.sought(look_, last_head(track))) ++tracks_[track].missed;
    for (int head : sure) begin(head);
  }

  void retire_and_predict() {
    const double now_s = shot_.time_s(look_);
    std::erase_if(live_, [&](int i) {
      const double unseen_s = now_s - shot_.time_s(tracks_[i].fragment.back());
      const bool hardly_known = tracks_[i].fragment.size() == 1 && tracks_[i].missed > 2;
      return unseen_s > options_.patience_s || hardly_known;
    });
    for (int i : live_) {
      LiveTrack& track = tracks_[i];
      track.state = predicted(track.state, now_s - track.state_time_s, options_.motion);
      track.state_time_s = now_s;
    }
  }

  Numbers heads_scoring(double from, double below) const {
    Numbers heads;
    const auto& all = shot_.look(look_).heads;
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
      if (all[i].score >= from && all[i].score < below && !all[i].box.empty()) heads.push_back(i);
    return heads;
  }

  // Both lists lose what is paired.
  void cascade(Numbers& tracks, Numbers& heads) {
    const auto known = [&](int i) { return tracks_[i].fragment.size() > 1; };
    for (const bool tried : {true, false}) {
      int oldest = 0;
      for (int i : tracks) oldest = std::max(oldest, tracks_[i].missed);
      for (int age = 0; age <= oldest && !heads.empty(); ++age) {
        Numbers level;
        for (int i : tracks) {
          const bool due = options_.matching_cascade ? tracks_[i].missed == age : age == 0;
          if (known(i) == tried && due) level.push_back(i);
        }
        if (!level.empty()) pair_by_motion_and_appearance(level, heads);
      }
    }
    std::erase_if(tracks, [&](int i) { return just_seen(i); });
  }

  void pair_by_motion_and_appearance(Numbers& tracks, Numbers& heads) {
    CostMatrix costs(tracks.size(), heads.size());
    for (int r = 0; r < costs.rows(); ++r)
      for (int c = 0; c < costs.columns(); ++c) costs.at(r, c) = gated_cost(tracks[r], heads[c]);
    pair(tracks, heads, assign_below(costs, 0));
  }

  double gated_cost(int track, int head) const {
    const Sighting sighting{look_, head};
    const Surprise motion = surprise(tracks_[track].state, shot_.box(sighting), options_.motion);
    if (motion.squared_distance > options_.gate) return CostMatrix::forbidden;
    double appearance = 0;
    if (options_.use_appearance)
      appearance = tracks_[track].gallery.log_odds(shot_.head(sighting), options_).value_or(0);
    constexpr double somebody_else = -5;  // faces as sure as this are not brought together here
    if (appearance < somebody_else) return CostMatrix::forbidden;
    return -(motion.log_density -
             log_density_of_anybody(shot_, tracks_[track].state.head_height()) + appearance);
  }

  Numbers seen_lately(const Numbers& tracks) const {
    Numbers fresh;
    for (int i : tracks)
      if (tracks_[i].missed <= 1) fresh.push_back(i);
    return fresh;
  }

  void pair_by_overlap(Numbers& tracks, Numbers& heads) {
    CostMatrix costs(tracks.size(), heads.size());
    for (int r = 0; r < costs.rows(); ++r)
      for (int c = 0; c < costs.columns(); ++c) {
        const Box foretold = box_of(tracks_[tracks[r]].state.values());
        const double shared = overlap(foretold, shot_.box({look_, heads[c]}));
        if (shared >= options_.min_overlap) costs.at(r, c) = 1 - shared;
      }
    pair(tracks, heads, assign(costs));
  }

  void pair(Numbers& tracks, Numbers& heads, const std::vector<int>& column_of) {
    std::vector<bool> head_taken(heads.size(), false);
    for (std::size_t r = 0; r < tracks.size(); ++r) {
      if (column_of[r] < 0) continue;
      head_taken[column_of[r]] = true;
      continue_with(tracks[r], heads[column_of[r]]);
    }
    std::erase_if(tracks, [&](int i) { return just_seen(i); });
    std::size_t i = 0;
    std::erase_if(heads, [&](int) { return head_taken[i++]; });
  }

  void continue_with(int i, int head) {
    const Sighting sighting{look_, head};
    LiveTrack& track = tracks_[i];
    track.state =
        corrected(track.state, shot_.box(sighting), options_.motion, shot_.jitter_factor(sighting));
    track.missed = 0;
    track.fragment.push_back(sighting);
    track.gallery.add(shot_.head(sighting), options_);
  }

  void begin(int head) {
    const Sighting sighting{look_, head};
    LiveTrack track{
        {sighting}, first_state(shot_.box(sighting), options_.motion), shot_.time_s(look_), {}, 0};
    track.gallery.add(shot_.head(sighting), options_);
    live_.push_back(static_cast<int>(tracks_.size()));
    tracks_.push_back(std::move(track));
  }

  bool just_seen(int track) const { return tracks_[track].fragment.back().look == look_; }
  const Head& last_head(int track) const { return shot_.head(tracks_[track].fragment.back()); }

  const SteadyShot& shot_;
  const TrackingOptions& options_;
  std::vector<LiveTrack> tracks_;
  Numbers live_;
  int look_ = 0;
};

}  // namespace

std::vector<Fragment> associate(const SteadyShot& shot, const TrackingOptions& options) {
  return Association(shot, options).run();
}

}  // namespace dramatis
