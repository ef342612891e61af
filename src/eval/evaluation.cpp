#include "eval/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/failure.h"
#include "tracks/assignment.h"

namespace dramatis {
namespace {

using Places = std::vector<std::size_t>;

const Box* box_at(const CastTrack& track, FrameNumber frame) {
  const FrameNumber place = frame - track.start;
  const bool there = place >= 0 && place < static_cast<FrameNumber>(track.boxes.size());
  return there ? &track.boxes[static_cast<std::size_t>(place)] : nullptr;
}

/// Which tracks have a head in a frame, for frames that somebody asks about.
std::map<FrameNumber, Places> tracks_by_frame(const std::map<FrameNumber, Places>& asked,
                                              std::span<const CastTrack> tracks) {
  std::map<FrameNumber, Places> by_frame;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    const FrameNumber end = tracks[t].start + static_cast<FrameNumber>(tracks[t].boxes.size());
    for (auto it = asked.lower_bound(tracks[t].start); it != asked.end() && it->first < end; ++it)
      by_frame[it->first].push_back(t);
  }
  return by_frame;
}

/// Clusters of their own for tracks without a person and for missed heads.
class Clusters {
 public:
  int of(const CastTrack& track) {
    if (track.person) return number({0, *track.person});
    return number({1, track.id});
  }
  int of_missed(std::size_t label) { return number({2, static_cast<int>(label)}); }

 private:
  int number(std::pair<int, int> key) {
    return numbers_.try_emplace(key, static_cast<int>(numbers_.size())).first->second;
  }
  std::map<std::pair<int, int>, int> numbers_;
};

std::optional<PeopleScores> scores_of(const std::vector<LabelledItem>& items) {
  if (items.empty()) return std::nullopt;
  return people_scores(items);
}

/// The person whose heads are most; of equals, the first in the truth.
int most_frequent(const std::map<int, int>& votes) {
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

void evaluate_heads(const PeopleTruth& truth, std::span<const CastTrack> tracks,
                    PeopleEvaluation& result) {
  Clusters clusters;
  std::vector<LabelledItem> found, all, whole_tracks;
  std::map<std::size_t, std::map<int, int>> votes;
  for (const HeadMatch& match : match_heads(truth.heads, tracks)) {
    const int person = truth.heads[match.label].person;
    if (match.track) {
      found.push_back({person, clusters.of(tracks[*match.track])});
      all.push_back(found.back());
      ++votes[*match.track][person];
    } else {
      all.push_back({person, clusters.of_missed(match.label)});
    }
  }
  for (const auto& [track, persons] : votes)
    whole_tracks.push_back({most_frequent(persons), clusters.of(tracks[track])});
  result.heads = static_cast<int>(truth.heads.size());
  result.heads_found = static_cast<int>(found.size());
  result.by_frames = scores_of(found);
  result.by_tracks = scores_of(whole_tracks);
  if (!all.empty()) result.bcubed_with_missed = people_scores(all).bcubed;
}

void evaluate_labelled_tracks(const PeopleTruth& truth, std::span<const CastTrack> tracks,
                              PeopleEvaluation& result) {
  std::map<int, const CastTrack*> by_id;
  for (const CastTrack& track : tracks) by_id[track.id] = &track;
  Clusters clusters;
  std::vector<LabelledItem> frames, whole_tracks;
  for (const LabelledTrack& label : truth.tracks) {
    const auto track = by_id.find(label.track);
    if (track == by_id.end())
      throw usage_failure(
          fmt::format("{}: line {} speaks of track {}, which the project does not have.",
                      truth.file, label.line, label.track));
    whole_tracks.push_back({label.person, clusters.of(*track->second)});
    frames.push_back(whole_tracks.back());
    frames.back().weight =
        static_cast<double>(std::max<std::size_t>(1, track->second->boxes.size()));
  }
  result.by_frames = scores_of(frames);
  result.by_tracks = scores_of(whole_tracks);
}

}  // namespace

std::vector<CastTrack> cast_tracks_of(const Snapshot& snapshot) {
  std::vector<CastTrack> tracks;
  for (const StoredTrack& stored : snapshot.tracks) {
    CastTrack track{.id = stored.id, .person = {}, .start = stored.track.range.start, .boxes = {}};
    const PersonView* person = snapshot.view.person_of_track(stored.id);
    if (person && person->counts()) track.person = person->id;
    for (const TrackPoint& point : stored.track.points) track.boxes.push_back(point.box);
    tracks.push_back(std::move(track));
  }
  return tracks;
}

std::vector<HeadMatch> match_heads(std::span<const LabelledHead> labels,
                                   std::span<const CastTrack> tracks, float least_overlap) {
  std::vector<HeadMatch> matches(labels.size());
  std::map<FrameNumber, Places> labels_of;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    matches[i].label = i;
    labels_of[labels[i].frame].push_back(i);
  }
  for (const auto& [frame, there] : tracks_by_frame(labels_of, tracks)) {
    const Places& asked = labels_of.at(frame);
    CostMatrix costs(static_cast<int>(asked.size()), static_cast<int>(there.size()));
    for (std::size_t r = 0; r < asked.size(); ++r) {
      for (std::size_t c = 0; c < there.size(); ++c) {
        const float shared = overlap(labels[asked[r]].box, *box_at(tracks[there[c]], frame));
        if (shared >= least_overlap) costs.at(static_cast<int>(r), static_cast<int>(c)) = -shared;
      }
    }
    const std::vector<int> column_of = assign(costs);
    for (std::size_t r = 0; r < asked.size(); ++r)
      if (column_of[r] >= 0)
        matches[asked[r]].track = there[static_cast<std::size_t>(column_of[r])];
  }
  return matches;
}

double PeopleEvaluation::head_recall() const {
  return heads > 0 ? static_cast<double>(heads_found) / heads : 1.0;
}

PeopleEvaluation evaluate_people(const PeopleTruth& truth, std::span<const CastTrack> tracks) {
  PeopleEvaluation result;
  if (truth.tracks.empty()) {
    evaluate_heads(truth, tracks, result);
  } else {
    evaluate_labelled_tracks(truth, tracks, result);
  }
  std::set<int> cast;
  for (const CastTrack& track : tracks)
    if (track.person) cast.insert(*track.person);
  result.people = static_cast<int>(truth.persons.size());
  result.cast = static_cast<int>(cast.size());
  result.clicks = result.by_tracks ? result.by_tracks->clicks : 0;
  return result;
}

TrackScores evaluate_tracks(std::span<const MotBox> truth, std::span<const CastTrack> tracks) {
  std::vector<MotBox> boxes;
  for (const CastTrack& track : tracks)
    for (std::size_t i = 0; i < track.boxes.size(); ++i)
      boxes.push_back({track.start + static_cast<FrameNumber>(i), track.id, track.boxes[i]});
  return score_tracks(truth, boxes);
}

ShotBoundaries shot_boundaries_of(std::span<const Shot> shots) {
  ShotBoundaries boundaries;
  for (const Shot& shot : shots) {
    if (shot.range.start == 0) continue;
    boundaries.all.push_back(shot.range.start);
    if (shot.begins_with == TransitionKind::cut) boundaries.cuts.push_back(shot.range.start);
  }
  return boundaries;
}

ShotEvaluation evaluate_shots(const ShotBoundaries& truth, const ShotBoundaries& found,
                              FrameNumber tolerance_frames) {
  return {.cuts = score_cuts(found.cuts, truth.cuts, tolerance_frames),
          .all = score_cuts(found.all, truth.all, tolerance_frames)};
}

}  // namespace dramatis
