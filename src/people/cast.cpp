#include "people/cast.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/failure.h"
#include "people/constraints.h"
#include "people/identities.h"
#include "people/track_template.h"

namespace dramatis {
namespace {

std::vector<std::optional<TrackTemplate>> templates_of(std::span<const TrackEvidence> tracks) {
  std::vector<std::optional<TrackTemplate>> templates;
  for (const TrackEvidence& track : tracks) templates.push_back(template_of(track));
  return templates;
}

CastMember member_of(std::span<const TrackEvidence> tracks, const std::vector<int>& places,
                     const CastOptions& options) {
  CastMember member;
  std::set<int> shots;
  bool picture = true;
  for (int place : places) {
    const TrackEvidence& track = tracks[static_cast<std::size_t>(place)];
    member.tracks.push_back(track.track);
    member.seconds += track.seconds;
    shots.insert(track.shot);
    picture &= track.is_picture;
  }
  std::sort(member.tracks.begin(), member.tracks.end());
  if (picture) {
    member.kind = PersonKind::picture;
  } else if (shots.size() == 1 && member.seconds < options.extra_max_s) {
    member.kind = PersonKind::extra;
  }
  return member;
}

Cast cast_of(std::span<const TrackEvidence> tracks, const Identities& identities,
             const CastOptions& options) {
  std::vector<std::vector<int>> places(static_cast<std::size_t>(identities.clusters));
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    places[static_cast<std::size_t>(identities.cluster_of[i])].push_back(static_cast<int>(i));
  }
  std::vector<std::pair<CastMember, int>> members;
  for (std::size_t c = 0; c < places.size(); ++c) {
    members.push_back({member_of(tracks, places[c], options), static_cast<int>(c)});
  }
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& a, const auto& b) { return a.first.seconds > b.first.seconds; });
  Cast cast;
  std::vector<int> person_of(places.size());
  for (auto& [member, cluster] : members) {
    person_of[static_cast<std::size_t>(cluster)] = static_cast<int>(cast.people.size());
    cast.people.push_back(std::move(member));
  }
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const int person = person_of[static_cast<std::size_t>(identities.cluster_of[i])];
    const bool alone = cast.people[static_cast<std::size_t>(person)].tracks.size() == 1;
    cast.memberships.push_back(
        {tracks[i].track, person, 1.0f, alone ? MembershipBasis::alone : MembershipBasis::face});
  }
  return cast;
}

}  // namespace

std::optional<CastMethod> cast_method_named(const std::string& name) {
  if (name == "calibrated") return CastMethod::calibrated;
  if (name == "ducros2023") return CastMethod::ducros2023;
  if (name == "average") return CastMethod::average;
  return std::nullopt;
}

Cast find_cast(std::span<const TrackEvidence> tracks, std::span<const PairRule> rules,
               const CastOptions& options) {
  const TrackConstraints constraints = constraints_of(tracks, rules);
  const auto templates = templates_of(tracks);
  const auto pairs = seen_pairs(templates, constraints);
  const auto seen = std::count_if(templates.begin(), templates.end(),
                                  [](const auto& t) { return t.has_value(); });
  const Calibration calibration = calibrated(pairs, static_cast<double>(seen));
  const Identities identities =
      identities_by_face(templates, constraints, calibration, options.threads);
  Cast cast = cast_of(tracks, identities, options);
  cast.cannot_links = constraints.cannot_links;
  return cast;
}

Clustering cluster_calibrated(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                              int threads) {
  check_rows(persons, shot_of_row, 0);
  std::vector<TrackEvidence> tracks(persons.rows);
  for (std::size_t i = 0; i < persons.rows; ++i) {
    const auto row = persons.row(i);
    tracks[i].track = static_cast<int>(i);
    tracks[i].shot = shot_of_row[i];
    tracks[i].range = {0, 1};
    tracks[i].seconds = 1;
    tracks[i].faces.push_back({0, 100, Embedding(row.begin(), row.end())});
  }
  const Cast cast = find_cast(tracks, {}, {.threads = threads});
  Clustering result{std::vector<int>(persons.rows), 0};
  std::vector<int> number(cast.people.size(), -1);
  for (std::size_t i = 0; i < persons.rows; ++i) {
    int& n = number[static_cast<std::size_t>(cast.memberships[i].person)];
    if (n < 0) n = result.clusters++;
    result.cluster_of[i] = n;
  }
  return result;
}

}  // namespace dramatis
