#include "project/track_finder.h"

#include <algorithm>
#include <map>
#include <optional>

namespace dramatis {
namespace {

constexpr int kPointsPerAnchor = 5;
/// Two boxes below this overlap are not the same head, however its size was judged: a face box lies
/// within its head box with an overlap of about 0.4.
constexpr float kLeastOverlap = 0.2f;

/// The found point nearest to `index`, or the one at `index` if none is near.
const TrackPoint& found_near(const std::vector<TrackPoint>& points, std::size_t index) {
  const std::size_t reach = points.size() / (2 * kPointsPerAnchor);
  for (std::size_t step = 0; step <= reach; ++step) {
    if (index >= step && points[index - step].seen) return points[index - step];
    if (index + step < points.size() && points[index + step].seen) return points[index + step];
  }
  return points[index];
}

std::optional<Box> box_at(const Track& track, FrameNumber frame) {
  if (!track.range.contains(frame) || track.points.empty()) return std::nullopt;
  const auto index = static_cast<std::size_t>(frame - track.range.start);
  if (index < track.points.size() && track.points[index].frame == frame)
    return track.points[index].box;
  return std::nullopt;
}

/// How well a track fits an anchor's head: overlap of the boxes, and then of the times, so that of
/// two tracks on one head the anchor finds the one it was made from.
struct Fit {
  float boxes = 0;
  double times = 0;
  auto operator<=>(const Fit&) const = default;
};

Fit fit_of(const Box& box, const TrackAnchor& anchor, const AnchorPoint& point,
           const FrameRange& range) {
  const auto shared = static_cast<double>(anchor.range.intersection(range).size());
  const auto covered = static_cast<double>(anchor.range.size() + range.size()) - shared;
  return {overlap(box, point.box), covered > 0 ? shared / covered : 0};
}

}  // namespace

TrackAnchor anchor_of(const StoredTrack& stored, const Timeline& timeline) {
  const Track& track = stored.track;
  TrackAnchor anchor{track.range, timeline.duration_s(track.range), {}};
  if (track.points.empty()) return anchor;
  std::map<FrameNumber, Box> heads;
  for (std::size_t i = 0; i < kPointsPerAnchor; ++i) {
    const std::size_t index = (2 * i + 1) * track.points.size() / (2 * kPointsPerAnchor);
    const TrackPoint& point = found_near(track.points, index);
    heads.emplace(point.frame, point.box);
  }
  if (stored.best_face) {
    const FrameNumber frame = track.faces[*stored.best_face].frame;
    if (const auto box = box_at(track, frame)) heads.emplace(frame, *box);
  }
  for (const auto& [frame, box] : heads) anchor.points.push_back({frame, box});
  return anchor;
}

TrackFinder::TrackFinder(std::span<const StoredTrack> tracks) : tracks_(tracks) {
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const FrameRange& range = tracks[i].track.range;
    if (range.empty() || range.start < 0) continue;
    const auto last = static_cast<std::size_t>((range.end - 1) / kFrames);
    if (by_time_.size() <= last) by_time_.resize(last + 1);
    for (auto slot = static_cast<std::size_t>(range.start / kFrames); slot <= last; ++slot)
      by_time_[slot].push_back(i);
  }
}

const std::vector<std::size_t>* TrackFinder::around(FrameNumber frame) const {
  const auto slot = static_cast<std::size_t>(frame / kFrames);
  return frame >= 0 && slot < by_time_.size() ? &by_time_[slot] : nullptr;
}

std::vector<AnchorMatch> TrackFinder::find(const TrackAnchor& anchor) const {
  std::map<std::size_t, int> heads_of;
  for (const AnchorPoint& point : anchor.points) {
    const auto* candidates = around(point.frame);
    if (!candidates) continue;
    std::optional<std::size_t> best;
    Fit best_fit{kLeastOverlap, -1};
    for (const std::size_t i : *candidates) {
      const Track& track = tracks_[i].track;
      const auto box = box_at(track, point.frame);
      if (!box) continue;
      const Fit fit = fit_of(*box, anchor, point, track.range);
      if (fit <= best_fit) continue;
      best_fit = fit;
      best = i;
    }
    if (best) ++heads_of[*best];
  }
  std::vector<AnchorMatch> matches;
  for (const auto& [track, heads] : heads_of)
    matches.push_back(
        {track, static_cast<float>(heads) / static_cast<float>(anchor.points.size())});
  std::stable_sort(matches.begin(), matches.end(),
                   [](const AnchorMatch& a, const AnchorMatch& b) { return a.share > b.share; });
  return matches;
}

}  // namespace dramatis
