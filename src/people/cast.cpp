#include "people/cast.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/failure.h"
#include "people/common_part.h"
#include "people/constraints.h"
#include "people/identities.h"
#include "people/other_methods.h"
#include "people/questions.h"
#include "people/surroundings.h"
#include "people/track_template.h"

namespace dramatis {
namespace {

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

Templates templates_of(std::span<const TrackEvidence> tracks, float sure_quality) {
  Templates templates;
  for (const TrackEvidence& track : tracks) templates.push_back(template_of(track, sure_quality));
  return templates;
}

/// For methods that know nothing of how much a face says.
std::vector<TrackEvidence> with_sure_faces_alone(std::span<const TrackEvidence> tracks,
                                                 float sure_quality) {
  std::vector<TrackEvidence> result(tracks.begin(), tracks.end());
  for (TrackEvidence& track : result)
    std::erase_if(track.faces, [&](const FaceEvidence& f) { return f.quality < sure_quality; });
  return result;
}

/// How sure the membership of each track is, and what it rests on. Its person is set later.
std::vector<Membership> memberships_by_face(const Identities& identities,
                                            std::span<const TrackEvidence> tracks,
                                            const Templates& templates,
                                            const TrackConstraints& constraints,
                                            const Calibration& calibration) {
  std::map<int, int> tracks_of_person, tracks_of_group;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    ++tracks_of_person[identities.person_of_track(static_cast<int>(i))];
    ++tracks_of_group[constraints.group_of[i]];
  }
  std::vector<Membership> memberships;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const int track = static_cast<int>(i);
    Membership m{.track = tracks[i].track};
    if (tracks_of_person[identities.person_of_track(track)] == 1) {
      m.basis = MembershipBasis::alone;
    } else if (tracks_of_group[constraints.group_of[i]] > 1) {
      m.basis = MembershipBasis::user;
    } else if (const auto s =
                   similarity_to(identities, templates, track, identities.cluster_of[i])) {
      m.confidence = static_cast<float>(probability(calibration.log_odds(*s)));
    }
    memberships.push_back(m);
  }
  return memberships;
}

/// Whether there is nothing to know these tracks by: no face, and no user who joined them.
bool are_faceless(const std::vector<int>& places, const Templates& templates,
                  const TrackConstraints& constraints) {
  const auto group = [&](int place) {
    return constraints.group_of[static_cast<std::size_t>(place)];
  };
  const bool joined = places.size() > 1 && std::all_of(places.begin(), places.end(), [&](int p) {
                        return group(p) == group(places.front());
                      });
  return !joined && std::none_of(places.begin(), places.end(), [&](int place) {
    return templates[static_cast<std::size_t>(place)].has_value();
  });
}

CastMember member_of(std::span<const TrackEvidence> tracks, const std::vector<int>& places,
                     const Templates& templates, const TrackConstraints& constraints,
                     const CastOptions& options) {
  CastMember member;
  std::set<int> shots;
  for (int place : places) {
    const TrackEvidence& track = tracks[static_cast<std::size_t>(place)];
    member.tracks.push_back(track.track);
    member.seconds += track.seconds;
    shots.insert(track.shot);
  }
  std::sort(member.tracks.begin(), member.tracks.end());
  if (constraints.picture[static_cast<std::size_t>(places.front())]) {
    member.kind = PersonKind::picture;
  } else if (are_faceless(places, templates, constraints)) {
    member.kind = PersonKind::faceless;
  } else if (shots.size() == 1 && member.seconds < options.extra_max_s) {
    member.kind = PersonKind::extra;
  }
  return member;
}

bool is_of_the_cast(const CastMember& member) {
  return member.kind == PersonKind::character || member.kind == PersonKind::extra;
}

/// Clusters become people, the cast before pictures and the faceless, longest on the screen first;
/// memberships then name them by that order.
void number_people(Cast& cast, const Identities& identities, std::span<const TrackEvidence> tracks,
                   const Templates& templates, const TrackConstraints& constraints,
                   const CastOptions& options) {
  std::vector<std::pair<CastMember, std::size_t>> members;
  for (std::size_t c = 0; c < identities.members.size(); ++c) {
    if (identities.members[c].empty()) continue;
    members.push_back(
        {member_of(tracks, identities.members[c], templates, constraints, options), c});
  }
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    if (is_of_the_cast(a.first) != is_of_the_cast(b.first)) return is_of_the_cast(a.first);
    if (a.first.seconds != b.first.seconds) return a.first.seconds > b.first.seconds;
    return a.first.tracks.front() < b.first.tracks.front();
  });
  std::vector<int> person_of(identities.members.size(), -1);
  for (auto& [member, cluster] : members) {
    person_of[cluster] = static_cast<int>(cast.people.size());
    cast.people.push_back(std::move(member));
  }
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    cast.memberships[i].person = person_of[static_cast<std::size_t>(identities.cluster_of[i])];
  }
}

/// Tracks by their faces, twice: what all people of the first guess have in common is taken away
/// before the second, which knows how many people there are about.
struct FacesSorted {
  Templates templates;
  Calibration calibration;
  Identities identities;
};

FacesSorted sorted_by_face(Templates templates, const TrackConstraints& constraints, int threads) {
  FacesSorted first{std::move(templates), {}, {}};
  first.calibration = calibration_of(first.templates, constraints);
  first.identities = identities_by_face(first.templates, constraints, first.calibration, threads);
  FacesSorted second{
      without_common_part(first.templates, first.identities, first.calibration), {}, {}};
  second.calibration = calibration_of(second.templates, constraints);
  const auto people = static_cast<double>(people_with_face(first.identities, first.templates));
  second.identities =
      identities_by_face(second.templates, constraints, second.calibration, threads, people);
  correct_identities(second.identities, second.templates, constraints, second.calibration);
  return second;
}

/// Weak faces that have joined nobody say nothing of who that is: as if there were none.
void forget_weak_loners(Templates& templates, const Identities& identities) {
  for (const std::vector<int>& members : identities.members) {
    if (members.size() != 1) continue;
    auto& alone = templates[static_cast<std::size_t>(members.front())];
    if (alone && alone->weak) alone.reset();
  }
}

/// Tracks by one of the other methods; the faces still say how sure that is.
FacesSorted sorted_by_method(std::span<const TrackEvidence> tracks,
                             const TrackConstraints& constraints, const CastOptions& options) {
  const auto known = with_sure_faces_alone(tracks, options.sure_face_quality);
  FacesSorted sorted{templates_of(known, 0), {}, identities_by_method(known, constraints, options)};
  sorted.calibration = calibration_of(sorted.templates, constraints);
  return sorted;
}

}  // namespace

const char* name_of(PersonKind kind) {
  switch (kind) {
    case PersonKind::character:
      return "character";
    case PersonKind::extra:
      return "extra";
    case PersonKind::picture:
      return "picture";
    case PersonKind::faceless:
      return "faceless";
  }
  return "character";
}

const char* name_of(MembershipBasis basis) {
  switch (basis) {
    case MembershipBasis::alone:
      return "alone";
    case MembershipBasis::face:
      return "face";
    case MembershipBasis::surroundings:
      return "surroundings";
    case MembershipBasis::user:
      return "user";
  }
  return "alone";
}

std::optional<CastMethod> cast_method_named(const std::string& name) {
  if (name == "calibrated") return CastMethod::calibrated;
  if (name == "ducros2023") return CastMethod::ducros2023;
  if (name == "average") return CastMethod::average;
  return std::nullopt;
}

Cast find_cast(std::span<const TrackEvidence> tracks, std::span<const PairRule> rules,
               const CastOptions& options) {
  const TrackConstraints constraints = constraints_of(tracks, rules);
  const bool calibrates = options.method == CastMethod::calibrated;
  auto [templates, calibration, identities] =
      calibrates ? sorted_by_face(templates_of(tracks, options.sure_face_quality), constraints,
                                  options.threads)
                 : sorted_by_method(tracks, constraints, options);
  forget_weak_loners(templates, identities);
  std::vector<Inference> inferences;
  if (calibrates) inferences = join_by_surroundings(identities, tracks, templates, constraints);
  // From here, every track is someone's, and no two tracks that are apart are the same person.

  Cast cast;
  cast.memberships = memberships_by_face(identities, tracks, templates, constraints, calibration);
  for (const Inference& inferred : inferences) {
    Membership& m = cast.memberships[static_cast<std::size_t>(inferred.track)];
    m.basis = MembershipBasis::surroundings;
    m.confidence = static_cast<float>(inferred.probability);
  }
  cast.questions = questions_about(identities, tracks, templates, constraints, calibration);
  cast.cannot_links = constraints.cannot_links;
  identities.join_persons();
  number_people(cast, identities, tracks, templates, constraints, options);
  return cast;
}

Clustering cluster_calibrated(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                              int threads) {
  check_rows(persons, shot_of_row, 0);
  std::vector<TrackEvidence> tracks(persons.rows);
  for (std::size_t i = 0; i < persons.rows; ++i) {
    const auto row = persons.row(i);
    tracks[i] = {
        .track = static_cast<int>(i), .shot = shot_of_row[i], .range = {0, 1}, .seconds = 1};
    tracks[i].faces.push_back({0, 100, Embedding(row.begin(), row.end())});
  }
  const TrackConstraints constraints = constraints_of(tracks, {});
  Templates templates = templates_of(tracks, 0);
  tracks.clear();
  const Identities identities =
      sorted_by_face(std::move(templates), constraints, threads).identities;

  Clustering result{std::vector<int>(persons.rows), 0};
  std::vector<int> number(identities.members.size(), -1);
  for (std::size_t i = 0; i < persons.rows; ++i) {
    int& n = number[static_cast<std::size_t>(identities.cluster_of[i])];
    if (n < 0) n = result.clusters++;
    result.cluster_of[i] = n;
  }
  return result;
}

}  // namespace dramatis
