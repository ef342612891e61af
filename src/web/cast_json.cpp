#include "web/cast_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/failure.h"
#include "project/words.h"
#include "render/person_colour.h"
#include "web/head_pictures.h"

namespace dramatis {
namespace {

using nlohmann::json;

constexpr std::size_t kFacesOfPerson = 5;

std::string colour_text(int person) {
  const Colour colour = person_colour(person);
  return fmt::format("#{:02x}{:02x}{:02x}", colour[2], colour[1], colour[0]);
}

double rounded(double value) { return std::round(value * 1000) / 1000; }

double seconds_of(const Snapshot& snapshot, FrameNumber frame) {
  return rounded(snapshot.timeline.seconds_of(frame));
}

float quality_of(const StoredTrack& track) {
  return track.best_face ? track.track.faces[*track.best_face].quality : 0;
}

/// Tracks whose faces show the person best, from different shots while there are any.
std::vector<int> faces_of(const Sight& sight, const PersonView& person) {
  std::vector<const StoredTrack*> tracks;
  for (const int id : person.tracks) tracks.push_back(&sight.snapshot.track(id));
  // A face that surely belongs here first: a doubtful one must not stand for the whole person.
  const auto rank = [&](const StoredTrack* track) {
    const bool sure = sight.is_sure(track->id);
    return std::tuple(!sure, -quality_of(*track), -track->track.range.size(), track->id);
  };
  std::sort(tracks.begin(), tracks.end(), [&](auto* a, auto* b) { return rank(a) < rank(b); });
  std::vector<int> chosen;
  std::set<int> shots;
  for (const bool new_shots_only : {true, false})
    for (const StoredTrack* track : tracks) {
      if (chosen.size() == kFacesOfPerson) return chosen;
      if (std::find(chosen.begin(), chosen.end(), track->id) != chosen.end()) continue;
      if (shots.insert(track->shot).second || !new_shots_only) chosen.push_back(track->id);
    }
  return chosen;
}

json track_json(const Sight& sight, int id) {
  const StoredTrack& track = sight.snapshot.track(id);
  const TrackView& view = sight.track(id);
  const FrameRange& range = track.track.range;
  return {{"id", id},
          {"person", view.person},
          {"shot", track.shot},
          {"start_frame", range.start},
          {"end_frame", range.end},
          {"best_frame", best_frame(track)},
          {"start_s", seconds_of(sight.snapshot, range.start)},
          {"end_s", seconds_of(sight.snapshot, range.end)},
          {"quality", rounded(quality_of(track))},
          {"confidence", rounded(view.confidence)},
          {"sure", view.confidence >= kSureConfidence},
          {"basis", name_of(view.basis)},
          {"is_picture", track.track.is_picture}};
}

/// Who is kept apart from this person by the film, with one pair of tracks for each and a reason.
json kept_apart_json(const Sight& sight, int person) {
  std::map<int, json> by_other;
  for (const PairRule& link : sight.snapshot.cannot_links) {
    int mine = link.track_a, theirs = link.track_b;
    if (sight.track(mine).person != person) std::swap(mine, theirs);
    const int other = sight.track(theirs).person;
    if (sight.track(mine).person != person || other == person || other == 0) continue;
    json& entry = by_other[other];
    if (entry.is_null())
      entry = {
          {"person", other}, {"tracks", {mine, theirs}}, {"reason", link.reason}, {"count", 0}};
    entry["count"] = entry["count"].get<int>() + 1;
  }
  json list = json::array();
  for (auto& [other, entry] : by_other) list.push_back(std::move(entry));
  std::stable_sort(list.begin(), list.end(), [](const json& a, const json& b) {
    return a["count"].get<int>() > b["count"].get<int>();
  });
  return list;
}

json sentence_or_null(const DecisionHistory& history, std::int64_t sequence) {
  if (sequence == 0) return nullptr;
  return sentence_of(*history.entry(sequence).decision);
}

}  // namespace

json short_person_json(const Sight& sight, const PersonView& person) {
  const auto unsure = std::count_if(person.tracks.begin(), person.tracks.end(),
                                    [&](int track) { return !sight.is_sure(track); });
  return {{"id", person.id},
          {"name", person.name},
          {"shown_name", capitalised(person.shown_name())},
          {"kind", name_of(person.kind)},
          {"ignored", person.ignored},
          {"colour", colour_text(person.id)},
          {"seconds", rounded(person.seconds)},
          {"tracks", person.tracks.size()},
          {"shots", person.shots.size()},
          {"first_s", seconds_of(sight.snapshot, person.frames.start)},
          {"last_s", seconds_of(sight.snapshot, person.frames.end)},
          {"confidence", rounded(person.confidence)},
          {"unsure_tracks", unsure},
          {"faces", faces_of(sight, person)}};
}

json cast_head_json(const Sight& sight) {
  const auto& [snapshot, history, tracks] = sight;
  double at_stake = 0;
  for (const Question& question : snapshot.questions) at_stake += question.seconds_at_stake;
  return {{"sequence", history.last_sequence()},
          {"unplaced_names", snapshot.view.unplaced_names},
          {"questions", snapshot.questions.size()},
          {"seconds_at_stake", rounded(at_stake)},
          {"undo", sentence_or_null(history, next_to_undo(history))},
          {"redo", sentence_or_null(history, next_to_redo(history))}};
}

json person_json(const Sight& sight, int id) {
  const Snapshot& snapshot = sight.snapshot;
  const PersonView* person = snapshot.view.find(id);
  if (!person)
    throw usage_failure(fmt::format("There is no person {}: {}.", id, persons_there_are(snapshot)));
  std::vector<int> tracks = person->tracks;
  std::stable_sort(tracks.begin(), tracks.end(), [&](int a, int b) {
    return sight.track(a).confidence < sight.track(b).confidence;
  });
  json listed_tracks = json::array();
  for (const int track : tracks) listed_tracks.push_back(track_json(sight, track));
  return {{"person", short_person_json(sight, *person)},
          {"tracks", std::move(listed_tracks)},
          {"kept_apart", kept_apart_json(sight, id)}};
}

json questions_json(const Sight& sight) {
  const Snapshot& snapshot = sight.snapshot;
  json list = json::array();
  double at_stake = 0;
  for (const Question& question : snapshot.questions) {
    at_stake += question.seconds_at_stake;
    list.push_back(
        {{"tracks", {track_json(sight, question.track_a), track_json(sight, question.track_b)}},
         {"probability_same", rounded(question.probability_same)},
         {"seconds_at_stake", rounded(question.seconds_at_stake)}});
  }
  double total = 0;
  for (const PersonView& person : snapshot.view.persons)
    if (person.counts()) total += person.seconds;
  return {{"questions", std::move(list)},
          {"seconds_at_stake", rounded(at_stake)},
          {"seconds_total", rounded(total)}};
}

json history_json(const DecisionHistory& history) {
  const auto in_force = decisions_in_force(history);
  json list = json::array();
  for (auto entry = history.entries.rbegin(); entry != history.entries.rend(); ++entry) {
    json shown = {{"sequence", entry->sequence}, {"time", entry->time}};
    if (entry->decision) {
      shown["what"] = sentence_of(*entry->decision);
      shown["kind"] = word_of(entry->decision->kind);
      shown["in_force"] = std::binary_search(in_force.begin(), in_force.end(), entry->sequence);
    } else {
      shown["kind"] = entry->undoes ? "undo" : "redo";
      shown["about"] = entry->undoes ? entry->undoes : entry->redoes;
    }
    list.push_back(std::move(shown));
  }
  return {{"entries", std::move(list)}, {"sequence", history.last_sequence()}};
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace dramatis
