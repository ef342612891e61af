#include "project/person_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "project/decision_replay.h"
#include "project/project.h"
#include "project/track_finder.h"

namespace dramatis {
namespace {

/// Seconds that an earlier person (id) and a computed one (place in the cast) share.
using SharedSeconds = std::map<std::pair<int, std::size_t>, double>;

std::vector<int> people_of_tracks(const Cast& cast, std::span<const StoredTrack> tracks) {
  std::map<int, int> person_of;
  for (const Membership& membership : cast.memberships)
    person_of[membership.track] = membership.person;
  std::vector<int> people;
  for (const StoredTrack& track : tracks) {
    const auto found = person_of.find(track.id);
    people.push_back(found == person_of.end() ? -1 : found->second);
  }
  return people;
}

void add_traces(const PersonTraces& before, std::span<const StoredTrack> tracks,
                const std::vector<int>& people, SharedSeconds& shared) {
  const TrackFinder finder(tracks);
  for (const PersonTrace& trace : before.persons)
    for (const TrackAnchor& anchor : trace.tracks)
      for (const AnchorMatch& match : finder.find(anchor))
        if (people[match.track] >= 0)
          shared[{trace.person, static_cast<std::size_t>(people[match.track])}] +=
              anchor.seconds * static_cast<double>(match.share);
}

/// Persons that the traces do not know but the decisions do.
void add_told(const PersonTraces& before, const DecisionHistory& history,
              std::span<const StoredTrack> tracks, const Timeline& timeline,
              const std::vector<int>& people, SharedSeconds& shared) {
  std::set<int> traced;
  for (const PersonTrace& trace : before.persons) traced.insert(trace.person);
  const Told told = replay(history, tracks, INT64_MAX);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const int person = told.tracks[i].person;
    if (person != 0 && !traced.contains(person) && people[i] >= 0)
      shared[{person, static_cast<std::size_t>(people[i])}] +=
          timeline.duration_s(tracks[i].track.range);
  }
}

}  // namespace

PersonTraces traces_of(const CastView& view, std::span<const StoredTrack> tracks,
                       const Timeline& timeline) {
  std::map<int, const StoredTrack*> by_id;
  for (const StoredTrack& track : tracks) by_id[track.id] = &track;
  PersonTraces traces{.highest_id = view.highest_id};
  for (const PersonView& person : view.persons) {
    PersonTrace trace{person.id, {}};
    for (const int id : person.tracks) trace.tracks.push_back(anchor_of(*by_id.at(id), timeline));
    traces.persons.push_back(std::move(trace));
  }
  return traces;
}

PersonTraces traces_now(Project& project) {
  const AnalysisStore& store = project.analysis();
  const auto cast = store.cast();
  if (!cast) return {};
  const auto tracks = store.tracks();
  const Timeline timeline = store.timeline();
  return traces_of(view_of(*cast, tracks, timeline, project.decisions().history()), tracks,
                   timeline);
}

void remember_persons(Project& project) {
  AnalysisStore& store = project.analysis();
  if (!store.finished_stage(stage::people)) return;
  PersonTraces traces = traces_now(project);
  traces.highest_id = std::max(traces.highest_id, store.remembered_persons().highest_id);
  store.remember_persons(traces);
}

std::vector<int> person_ids_for(const Cast& cast, std::span<const StoredTrack> tracks,
                                const Timeline& timeline, const PersonTraces& before,
                                const DecisionHistory& history) {
  const std::vector<int> people = people_of_tracks(cast, tracks);
  SharedSeconds shared;
  add_traces(before, tracks, people, shared);
  add_told(before, history, tracks, timeline, people, shared);

  std::vector<std::tuple<double, int, std::size_t>> candidates;
  for (const auto& [key, seconds] : shared)
    candidates.emplace_back(-seconds, key.first, key.second);
  std::sort(candidates.begin(), candidates.end());
  std::vector<int> ids(cast.people.size(), 0);
  std::set<int> given;
  for (const auto& [seconds, id, place] : candidates)
    if (ids[place] == 0 && given.insert(id).second) ids[place] = id;

  int highest = std::max(before.highest_id, highest_person_id(history));
  for (const int id : given) highest = std::max(highest, id);
  for (int& id : ids)
    if (id == 0) id = ++highest;
  return ids;
}

Heirs heirs_of(const PersonTraces& before, const CastView& now,
               std::span<const StoredTrack> tracks) {
  const TrackFinder finder(tracks);
  Heirs heirs;
  for (const PersonTrace& trace : before.persons) {
    std::map<int, double> seconds;
    for (const TrackAnchor& anchor : trace.tracks)
      for (const AnchorMatch& match : finder.find(anchor))
        if (const PersonView* person = now.person_of_track(tracks[match.track].id))
          seconds[person->id] += anchor.seconds * static_cast<double>(match.share);
    const auto most = std::max_element(seconds.begin(), seconds.end(),
                                       [](auto& a, auto& b) { return a.second < b.second; });
    if (most != seconds.end()) heirs[trace.person] = most->first;
  }
  return heirs;
}

std::vector<Move> what_moved(const PersonTraces& before, const CastView& now,
                             std::span<const StoredTrack> tracks) {
  const TrackFinder finder(tracks);
  std::map<std::pair<int, int>, Move> moves;
  for (const PersonTrace& trace : before.persons)
    for (const TrackAnchor& anchor : trace.tracks) {
      const auto matches = finder.find(anchor);
      const PersonView* person =
          matches.empty() ? nullptr : now.person_of_track(tracks[matches.front().track].id);
      const int to = person ? person->id : 0;
      if (to == trace.person) continue;
      Move& move = moves[{trace.person, to}];
      move.from = trace.person;
      move.to = to;
      ++move.tracks;
      move.seconds += anchor.seconds;
    }
  std::vector<Move> sorted;
  for (const auto& [key, move] : moves) sorted.push_back(move);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Move& a, const Move& b) { return a.seconds > b.seconds; });
  return sorted;
}

std::vector<std::string> sentences_of(const std::vector<Move>& moves, const CastView& now) {
  const auto name = [&](int id) {
    const PersonView* person = now.find(id);
    return person ? person->shown_name() : "person " + std::to_string(id);
  };
  std::vector<std::string> sentences;
  for (const Move& move : moves) {
    const std::string what =
        fmt::format("{} {} ({:.1f} s) of {}", move.tracks, move.tracks == 1 ? "track" : "tracks",
                    move.seconds, name(move.from));
    const char* verb = move.tracks == 1 ? "belongs" : "belong";
    sentences.push_back(move.to == 0 ? fmt::format("{} {} not followed any more.", what,
                                                   move.tracks == 1 ? "is" : "are")
                                     : fmt::format("{} {} to {} now.", what, verb, name(move.to)));
  }
  return sentences;
}

}  // namespace dramatis
