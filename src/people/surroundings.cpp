#include "people/surroundings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

// The problem. A head from behind says nothing with its face, but in a film it is seldom a
// stranger: the shot before showed who sits there.
//
// The idea. Within a scene three things hold. Hair and clothes keep their colours. An edit that
// cuts back and forth comes back to the same framing, so the same place and size in the picture,
// shots later, with the same colours, is the same person (the 180-degree habit). And who is lost
// and found again in one shot, near where it was lost, is the same person. Each gives odds, read
// off how these measures are distributed for the same and for different people in labelled clips
// (docs/people.md): colours alone never suffice, for a scene is often lit, and its people dressed,
// in one colour. What weighs most is who else could it be: whoever is seen in the same frame is
// excluded, and where two remain, nothing is said.

namespace dramatis {
namespace {

constexpr double kSceneSeconds = 30;
constexpr int kSceneShots = 6;
/// Odds before looking, that a head in a scene is one of those known there and not somebody new,
/// for the only candidate left and for one of several.
constexpr double kLoneCandidate = 0.7;
constexpr double kOneOfSeveral = 0.0;
constexpr double kLeastProbability = 0.85;
constexpr double kLeastLead = 1.5;  ///< in log odds, over the second candidate

/// Half the sum of differences of one part of two colour descriptions (heads/colours.h: first hair,
/// then clothes); nothing when one of them lacks it.
std::optional<double> part_distance(std::span<const float> a, std::span<const float> b,
                                    std::size_t part) {
  const std::size_t bins = a.size() / 2;
  double sum_a = 0, sum_b = 0, difference = 0;
  for (std::size_t k = part * bins; k < (part + 1) * bins; ++k) {
    sum_a += a[k];
    sum_b += b[k];
    difference += std::abs(a[k] - b[k]);
  }
  if (sum_a <= 0 || sum_b <= 0) return std::nullopt;
  return difference / 2;
}

double colour_log_odds(const TrackEvidence& a, const TrackEvidence& b) {
  if (a.colours.empty() || a.colours.size() != b.colours.size()) return 0;
  double odds = 0;
  if (const auto hair = part_distance(a.colours, b.colours, 0))
    odds += std::clamp(1.6 - 5.3 * *hair, -1.5, 1.3);
  if (const auto clothes = part_distance(a.colours, b.colours, 1)) {
    odds += std::clamp(1.8 - 4.5 * *clothes, -1.5, 1.5);
  }
  return odds;
}

/// Distance of the centres, in head heights. Places are in widths and heights of the picture, whose
/// shape is not known here: taken as 16 to 9.
double heads_apart(const TrackEvidence& a, const TrackEvidence& b) {
  const double size = (a.size + b.size) / 2;
  if (size <= 0) return 1e9;
  return std::hypot((a.place.x - b.place.x) * 16.0 / 9.0, a.place.y - b.place.y) / size;
}

double framing_log_odds(const TrackEvidence& a, const TrackEvidence& b) {
  if (a.size <= 0 || b.size <= 0) return 0;
  const double place = heads_apart(a, b) / 0.35;
  const double size = std::log(a.size / b.size) / 0.2;
  return std::clamp(1.8 - place * place - size * size, 0.0, 1.8);
}

double gap_s(const TrackEvidence& a, const TrackEvidence& b, double frames_per_second) {
  const FrameNumber gap =
      std::max(a.range.start, b.range.start) - std::min(a.range.end, b.range.end);
  return std::max(0.0, static_cast<double>(gap) / frames_per_second);
}

struct Candidate {
  int cluster = -1;  ///< the cluster of theirs that speaks for them
  double log_odds = -1e9;
};

/// The persons with a face that have a track near this one, each with its best odds, likeliest
/// first.
std::vector<Candidate> candidates_for(int track, const Identities& identities,
                                      std::span<const TrackEvidence> tracks,
                                      const std::set<int>& persons_with_face,
                                      const TrackConstraints& constraints,
                                      double frames_per_second) {
  const std::size_t t = static_cast<std::size_t>(track);
  std::map<int, Candidate> best;
  for (std::size_t o = 0; o < tracks.size(); ++o) {
    const int person = identities.person_of_track(static_cast<int>(o));
    if (person == identities.person_of_track(track) || !persons_with_face.contains(person))
      continue;
    const auto odds = surroundings_log_odds(tracks[t], tracks[o], frames_per_second);
    if (odds && *odds > best[person].log_odds) best[person] = {identities.cluster_of[o], *odds};
  }
  std::vector<Candidate> candidates;
  for (const auto& [person, candidate] : best) {
    const bool possible =
        candidate.cluster >= 0 && !is_apart_from(identities, constraints, track, candidate.cluster);
    if (possible) candidates.push_back(candidate);
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.log_odds > b.log_odds; });
  return candidates;
}

std::set<int> with_face(const Identities& identities, const Templates& templates) {
  std::set<int> persons;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    if (templates[i]) persons.insert(identities.person_of_track(static_cast<int>(i)));
  }
  return persons;
}

}  // namespace

double frames_per_second_of(std::span<const TrackEvidence> tracks) {
  double frames = 0, seconds = 0;
  for (const TrackEvidence& track : tracks) {
    frames += static_cast<double>(track.range.size());
    seconds += track.seconds;
  }
  return frames > 0 && seconds > 0 ? frames / seconds : 25;
}

std::optional<double> surroundings_log_odds(const TrackEvidence& a, const TrackEvidence& b,
                                            double frames_per_second) {
  const double gap = gap_s(a, b, frames_per_second);
  if (gap > kSceneSeconds || std::abs(a.shot - b.shot) > kSceneShots) return std::nullopt;
  const double colours = colour_log_odds(a, b);
  if (a.shot != b.shot) return colours + framing_log_odds(a, b);
  // Lost and found again in one shot: the nearer in place and time, the likelier.
  return colours + std::clamp(2.5 - 1.2 * heads_apart(a, b) - gap, 0.0, 2.5);
}

std::vector<Inference> join_by_surroundings(Identities& identities,
                                            std::span<const TrackEvidence> tracks,
                                            const Templates& templates,
                                            const TrackConstraints& constraints) {
  const double rate = frames_per_second_of(tracks);
  const std::set<int> persons_with_face = with_face(identities, templates);
  std::map<int, int> tracks_of_person;
  for (std::size_t i = 0; i < tracks.size(); ++i)
    ++tracks_of_person[identities.person_of_track(static_cast<int>(i))];
  std::vector<Inference> joined;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    const int track = static_cast<int>(t);
    const bool alone = tracks_of_person[identities.person_of_track(track)] == 1;
    if (templates[t] || !alone || constraints.picture[t]) continue;
    const auto candidates =
        candidates_for(track, identities, tracks, persons_with_face, constraints, rate);
    if (candidates.empty()) continue;
    const double second = candidates.size() > 1 ? candidates[1].log_odds : -1e9;
    const double before = candidates.size() == 1 ? kLoneCandidate : kOneOfSeveral;
    const double odds = candidates[0].log_odds + before;
    const double probability = std::exp(odds) / (1 + std::exp(odds) + std::exp(second + before));
    if (probability < kLeastProbability || candidates[0].log_odds < second + kLeastLead) continue;
    identities.move(track, candidates[0].cluster);
    joined.push_back({track, probability});
  }
  return joined;
}

}  // namespace dramatis
