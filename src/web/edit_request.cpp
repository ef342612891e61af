#include "web/edit_request.h"

#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/failure.h"
#include "project/words.h"

namespace dramatis {
namespace {

using nlohmann::json;

constexpr std::size_t kMostAtOnce = 10000;

const json& field(const json& request, const char* name) {
  if (!request.is_object() || !request.contains(name))
    throw usage_failure(std::string("The field '") + name + "' is missing.");
  return request.at(name);
}

int id_in(const json& value, const char* name) {
  if (!value.is_number_integer() || value < 1 || value > std::numeric_limits<int>::max())
    throw usage_failure(std::string("The field '") + name + "' must hold numbers from 1.");
  return value.get<int>();
}

int person_in(const json& request) { return id_in(field(request, "person"), "person"); }

std::vector<int> ids_in(const json& request, const char* name) {
  const json& list = field(request, name);
  if (!list.is_array() || list.size() > kMostAtOnce)
    throw usage_failure(std::string("The field '") + name + "' must be a list of numbers.");
  std::vector<int> ids;
  for (const json& value : list) ids.push_back(id_in(value, name));
  return ids;
}

std::pair<int, int> two_tracks_in(const json& request) {
  const std::vector<int> tracks = ids_in(request, "tracks");
  if (tracks.size() != 2) throw usage_failure("The field 'tracks' must name two tracks.");
  return {tracks[0], tracks[1]};
}

std::string text_in(const json& request, const char* name) {
  const json& value = field(request, name);
  if (!value.is_string())
    throw usage_failure(std::string("The field '") + name + "' must be a text.");
  return value.get<std::string>();
}

bool switch_in(const json& request) {
  if (!request.contains("on")) return true;
  if (!request.at("on").is_boolean()) throw usage_failure("The field 'on' must be true or false.");
  return request.at("on").get<bool>();
}

json size_json(const PersonView* person) {
  if (!person) return nullptr;
  return {{"shown_name", capitalised(person->shown_name())},
          {"seconds", std::round(person->seconds * 1000) / 1000},
          {"tracks", person->tracks.size()},
          {"shots", person->shots.size()},
          {"ignored", person->ignored},
          {"picture", person->kind == PersonKind::picture}};
}

json changes_json(const CastView& before, const CastView& after) {
  std::set<int> ids;
  for (const CastView* view : {&before, &after})
    for (const PersonView& person : view->persons) ids.insert(person.id);
  json changes = json::array();
  for (const int id : ids) {
    const PersonView* old_person = before.find(id);
    const PersonView* new_person = after.find(id);
    const json was = size_json(old_person), becomes = size_json(new_person);
    const bool moved = old_person && new_person && old_person->tracks != new_person->tracks;
    if (was != becomes || moved)
      changes.push_back({{"person", id}, {"before", was}, {"after", becomes}});
  }
  return changes;
}

}  // namespace

std::optional<std::int64_t> sequence_seen(const json& request) {
  if (!request.is_object() || !request.contains("seen")) return std::nullopt;
  if (!request.at("seen").is_number_integer())
    throw usage_failure("The field 'seen' must be a number.");
  return request.at("seen").get<std::int64_t>();
}

std::optional<KnownCast> known_cast_in(const json& request) {
  const auto seen = sequence_seen(request);
  if (!seen || !request.contains("version")) return std::nullopt;
  return KnownCast{*seen, text_in(request, "version")};
}

Plan plan_of(const Snapshot& snapshot, const json& request) {
  const std::string text = text_in(request, "kind");
  const auto kind = kind_of(text);
  if (!kind) throw usage_failure("There is no edit of that kind.");
  const auto on_pair = [&](Plan (*plan)(const Snapshot&, int, int)) {
    const auto [a, b] = two_tracks_in(request);
    return plan(snapshot, a, b);
  };
  switch (*kind) {
    case DecisionKind::name:
      return plan_name(snapshot, person_in(request), text_in(request, "name"));
    case DecisionKind::merge:
      return plan_merge(snapshot, ids_in(request, "people"));
    case DecisionKind::split:
      return plan_split(snapshot, ids_in(request, "tracks"));
    case DecisionKind::move:
      return plan_move(snapshot, ids_in(request, "tracks"), person_in(request));
    case DecisionKind::ignore:
      return plan_ignore(snapshot, ids_in(request, "people"), switch_in(request));
    case DecisionKind::picture:
      return plan_picture(snapshot, ids_in(request, "people"), switch_in(request));
    case DecisionKind::same:
      return on_pair(plan_same);
    case DecisionKind::different:
      return on_pair(plan_different);
    case DecisionKind::release:
      return on_pair(plan_release);
  }
  throw usage_failure("There is no edit of that kind.");
}

json result_json(const EditResult& result, const DecisionHistory& history) {
  return {{"decision", result.sequence},
          {"sequence", history.last_sequence()},
          {"sentence", result.sentence},
          {"notes", result.notes}};
}

json edit_json(CastEditor& editor, const json& request) {
  const EditResult result =
      editor.apply([&](const Snapshot& snapshot) { return plan_of(snapshot, request); });
  return result_json(result, editor.history());
}

json preview_json(CastEditor& editor, const json& request) {
  const CastView before = editor.snapshot().view;
  const Plan plan = plan_of(editor.snapshot(), request);
  return {{"sentence", plan.sentence},
          {"notes", plan.notes},
          {"person", plan.decision.person},
          {"changes", changes_json(before, editor.preview(plan))}};
}

}  // namespace dramatis
