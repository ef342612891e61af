#include "tracks/tracker.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "tracks/association.h"
#include "tracks/crossings.h"
#include "tracks/finishing.h"
#include "tracks/fragment.h"
#include "tracks/growing.h"
#include "tracks/joining.h"
#include "tracks/motion_fit.h"
#include "tracks/pictures.h"
#include "tracks/second_pass.h"
#include "tracks/splitting.h"
#include "tracks/steady_shot.h"

namespace dramatis {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(std::string("tracking options: ") + what);
}

void check_looks(const ShotLooks& shot) {
  const Look* before = nullptr;
  for (const Look& look : shot.looks) {
    if (!shot.range.contains(look.frame) || (before && look.frame <= before->frame))
      throw std::invalid_argument("track_shot: looks must ascend inside the shot");
    before = &look;
  }
  if (!(shot.frames_per_second > 0))
    throw std::invalid_argument("track_shot: frames_per_second must be above 0");
}

bool by_first_frame(const Track& a, const Track& b) {
  return a.range.start != b.range.start ? a.range.start < b.range.start
                                        : a.points.front().box.x < b.points.front().box.x;
}

/// Which fragments are one head, now that the whole shot is known.
std::vector<Fragment> followed_through(const SteadyShot& shot, std::vector<Fragment> fragments,
                                       const TrackingOptions& options) {
  const auto join = [&] {
    fragments = part_where_gone(shot, fragments, options);
    if (options.join_fragments) fragments = join_fragments(shot, std::move(fragments), options);
  };
  const auto settle = [&] {
    if (options.settle_crossings) fragments = settle_crossings(shot, std::move(fragments), options);
  };
  const auto drop_unsure = [&] {
    std::erase_if(fragments, [&](const Fragment& f) { return !sure_to_exist(shot, f, options); });
  };
  join();
  drop_unsure();
  settle();
  for (int pass = 0; pass < options.backward_passes; ++pass) {
    drop_unsure();
    fragments = assign_once_more(shot, fragments, options);
    join();
    settle();
  }
  if (options.split_by_faces) fragments = split_by_faces(shot, fragments, options);
  join();
  if (options.settle_crossings && options.crossing_log_odds > 0)
    fragments = cut_unsettled_crossings(shot, std::move(fragments), options);
  return fragments;
}

}  // namespace

void validate(const TrackingOptions& o) {
  require(o.low_score >= 0 && o.low_score <= o.sure_score && o.sure_score <= 1,
          "low_score and sure_score must lie between 0 and 1, in this order");
  require(o.motion.place_jitter > 0 && o.motion.size_jitter > 0 && o.motion.aspect_jitter > 0 &&
              o.motion.place_agility > 0 && o.motion.size_agility > 0 &&
              o.motion.aspect_agility > 0 && o.motion.first_speed > 0,
          "every motion noise must be above 0");
  require(o.gate > 0, "gate must be above 0");
  require(o.min_overlap > 0 && o.min_overlap <= 1, "min_overlap must lie above 0, up to 1");
  require(o.patience_s >= 0 && o.max_gap_s >= 0, "patience_s and max_gap_s must not be negative");
  require(o.backward_passes >= 0, "backward_passes must not be negative");
  require(o.gallery_size >= 1, "gallery_size must be at least 1");
  require(o.min_track_frames >= 1 && o.min_seen_looks >= 1,
          "min_track_frames and min_seen_looks must be at least 1");
  require(o.telling_looks >= 1, "telling_looks must be at least 1");
  require(o.min_seen_share >= 0 && o.min_seen_share <= 1,
          "min_seen_share must lie between 0 and 1");
}

std::vector<Track> track_shot(const ShotLooks& source, const TrackingOptions& given) {
  validate(given);
  check_looks(source);
  const SteadyShot shot(source, given.hold_camera);

  TrackingOptions options = given;
  auto fragments = associate(shot, options);
  if (options.learn_motion) {
    options.motion = learned_motion(shot, fragments, given.motion);
    fragments = associate(shot, options);
  }
  fragments = grown_along_followed(shot, std::move(fragments));
  // From here, what happened later may decide what happened earlier.
  fragments = followed_through(shot, std::move(fragments), options);
  std::erase_if(fragments, [&](const Fragment& f) { return !worth_keeping(shot, f, options); });
  fragments = without_shadows(shot, std::move(fragments));

  // From here, the tracks are settled; no head belongs to two of them.
  std::vector<Track> tracks;
  for (const Fragment& fragment : fragments)
    tracks.push_back(finish_track(shot, fragment, options));
  if (options.mark_pictures && source.stir >= options.least_stir) {
    const std::vector<bool> pictures = pictures_among(shot, fragments);
    for (std::size_t i = 0; i < tracks.size(); ++i) tracks[i].is_picture = pictures[i];
  }
  std::stable_sort(tracks.begin(), tracks.end(), by_first_frame);
  return tracks;
}

}  // namespace dramatis
