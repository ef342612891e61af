#include "tracks/finishing.h"

#include <algorithm>
#include <optional>

#include "tracks/appearance.h"
#include "tracks/fragment.h"
#include "tracks/motion.h"

namespace dramatis {
namespace {

double median_height_px(const SteadyShot& shot, const Fragment& fragment) {
  std::vector<float> heights;
  for (const Sighting& s : fragment) heights.push_back(shot.head(s).box.height);
  const auto middle = heights.begin() + heights.size() / 2;
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

double mean_score(const SteadyShot& shot, const Fragment& fragment) {
  double sum = 0;
  for (const Sighting& s : fragment) sum += shot.head(s).score;
  return sum / static_cast<double>(fragment.size());
}

/// Of the looks from the first sighting to the last that sought such a head, how many found it.
double seen_share(const SteadyShot& shot, const Fragment& fragment) {
  int could_see = 0;
  std::size_t next = 0;
  for (int look = fragment.front().look; look <= fragment.back().look; ++look) {
    const bool seen = fragment[next].look == look;
    if (seen || shot.sought(look, shot.head(fragment[next]))) ++could_see;
    if (seen && next + 1 < fragment.size()) ++next;
  }
  return static_cast<double>(fragment.size()) / could_see;
}

/// On the straight line between sightings; nothing beyond them.
std::optional<Box> box_at(const SteadyShot& shot, const Fragment& fragment, int look) {
  const auto after = std::lower_bound(fragment.begin(), fragment.end(), look,
                                      [](const Sighting& s, int l) { return s.look < l; });
  if (after == fragment.end()) return std::nullopt;
  if (after->look == look) return shot.box(*after);
  if (after == fragment.begin()) return std::nullopt;
  const Sighting& before = *std::prev(after);
  const double share =
      (shot.time_s(look) - shot.time_s(before)) / (shot.time_s(*after) - shot.time_s(before));
  return interpolated(shot.box(before), shot.box(*after), static_cast<float>(share));
}

/// Is the fragment on the other's head nearly whenever it is seen?
bool is_shadow(const SteadyShot& shot, const Fragment& fragment, const Fragment& of) {
  constexpr float same_head = 0.35f;
  std::size_t on_it = 0;
  for (const Sighting& s : fragment) {
    const auto box = box_at(shot, of, s.look);
    on_it += box && overlap(*box, shot.box(s)) >= same_head;
  }
  return 5 * on_it >= 4 * fragment.size();
}

double total_score(const SteadyShot& shot, const Fragment& fragment) {
  return mean_score(shot, fragment) * static_cast<double>(fragment.size());
}

/// First frame of the track, given its first sighting; mirrored in time for the last.
FrameNumber first_frame(const SteadyShot& shot, const Sighting& first) {
  const Head& head = shot.head(first);
  const FrameNumber frame = shot.frame(first), start = shot.source().range.start;
  if (frame - start <= shot.usual_interval(head)) return start;
  int before = first.look - 1;
  while (before >= 0 && !shot.sought(before, head)) --before;
  if (before < 0) return frame - shot.usual_interval(head) / 2;
  return frame - (frame - shot.frame(before) - 1) / 2;
}

FrameNumber end_frame(const SteadyShot& shot, const Sighting& last) {
  const Head& head = shot.head(last);
  const FrameNumber frame = shot.frame(last), end = shot.source().range.end;
  if (end - 1 - frame <= shot.usual_interval(head)) return end;
  int after = last.look + 1;
  while (after < shot.looks() && !shot.sought(after, head)) ++after;
  if (after == shot.looks()) return frame + 1 + shot.usual_interval(head) / 2;
  return frame + 1 + (shot.frame(after) - frame - 1) / 2;
}

std::vector<TrackPoint> points_of(const SteadyShot& shot, const Fragment& fragment,
                                  const FrameRange& range, const TrackingOptions& options) {
  std::vector<SeenBox> seen;
  for (const Sighting& s : fragment)
    seen.push_back({shot.frame(s), shot.box(s), shot.jitter_factor(s)});
  const auto path = smooth_path(seen, range, shot.fps(), options.motion);
  std::vector<TrackPoint> points;
  for (FrameNumber f = range.start; f < range.end; ++f) {
    const SmoothBox& at = path[f - range.start];
    points.push_back({f, shot.in_picture(at.box, f), false, static_cast<float>(at.speed)});
  }
  for (const SeenBox& s : seen) points[s.frame - range.start].seen = true;
  return points;
}

/// Leaves out guesses, at either end, of a head that has left the picture.
void trim_to_picture(const ShotLooks& shot, Track& track) {
  const Box picture{0, 0, static_cast<float>(shot.picture_width),
                    static_cast<float>(shot.picture_height)};
  const auto gone = [&](const TrackPoint& p) {
    return !p.seen && !picture.empty() && share_inside(p.box, picture) < 0.5f;
  };
  while (gone(track.points.back())) track.points.pop_back();
  const auto first = std::find_if_not(track.points.begin(), track.points.end(), gone);
  track.points.erase(track.points.begin(), first);
  track.range = {track.points.front().frame, track.points.back().frame + 1};
}

std::vector<FaceSighting> faces_of(const SteadyShot& shot, const Fragment& fragment) {
  std::vector<FaceSighting> faces;
  for (const Sighting& s : fragment) {
    const Head& head = shot.head(s);
    if (!head.face || !head.face_quality) continue;
    const FrameNumber frame = shot.frame(s);
    faces.push_back({frame, *head.face, *head.face_quality, head.embedding,
                     shot.source().clean_range.contains(frame)});
  }
  return faces;
}

std::vector<float> mean_colours(const SteadyShot& shot, const Fragment& fragment) {
  ColourMean mean;
  for (const Sighting& s : fragment) mean.add(shot.head(s).colours);
  return mean.colours();
}

}  // namespace

bool worth_keeping(const SteadyShot& shot, const Fragment& with_followed,
                   const TrackingOptions& options) {
  const Fragment fragment = detected_part(shot, with_followed);
  if (fragment.empty()) return false;
  const FrameNumber shot_frames = shot.source().range.size();
  const int possible_looks = shot.looks();
  const bool seen_often = static_cast<int>(fragment.size()) >= options.telling_looks;
  const double least_score = seen_often ? options.low_score : options.min_mean_score;
  return range_of(shot, fragment).size() >= std::min(options.min_track_frames, shot_frames) &&
         static_cast<int>(fragment.size()) >= std::min(options.min_seen_looks, possible_looks) &&
         sure_to_exist(shot, with_followed, options) &&
         seen_share(shot, fragment) >= options.min_seen_share &&
         median_height_px(shot, fragment) >= options.min_head_height_px &&
         mean_score(shot, fragment) >= least_score;
}

std::vector<Fragment> without_shadows(const SteadyShot& shot, std::vector<Fragment> fragments) {
  std::stable_sort(fragments.begin(), fragments.end(), [&](const Fragment& a, const Fragment& b) {
    return total_score(shot, a) > total_score(shot, b);
  });
  std::vector<Fragment> kept;
  for (Fragment& fragment : fragments) {
    const bool shadow = std::any_of(kept.begin(), kept.end(), [&](const Fragment& stronger) {
      return is_shadow(shot, fragment, stronger);
    });
    if (!shadow) kept.push_back(std::move(fragment));
  }
  return kept;
}

FrameRange range_of(const SteadyShot& shot, const Fragment& fragment) {
  return {first_frame(shot, fragment.front()), end_frame(shot, fragment.back())};
}

Track finish_track(const SteadyShot& shot, const Fragment& fragment,
                   const TrackingOptions& options) {
  Track track;
  track.points = points_of(shot, fragment, range_of(shot, fragment), options);
  trim_to_picture(shot.source(), track);
  track.faces = faces_of(shot, fragment);
  track.colours = mean_colours(shot, fragment);
  track.score = static_cast<float>(mean_score(shot, detected_part(shot, fragment)));
  return track;
}

}  // namespace dramatis
