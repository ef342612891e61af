#include "project/decision_json.h"

#include <nlohmann/json.hpp>

#include "base/failure.h"

namespace dramatis {
namespace {

using nlohmann::json;

json json_of(const Decision& decision) {
  json out{{"person", decision.person}};
  if (!decision.name.empty()) out["name"] = decision.name;
  if (!decision.on) out["on"] = false;
  if (!decision.tracks.empty()) out["tracks"] = decision.tracks;
  for (const PersonBefore& person : decision.before)
    out["before"].push_back({{"person", person.person}, {"tracks", person.tracks}});
  return out;
}

Decision decision_of(DecisionKind kind, const json& in) {
  Decision decision;
  decision.kind = kind;
  decision.person = in.at("person").get<int>();
  decision.name = in.value("name", "");
  decision.on = in.value("on", true);
  decision.tracks = in.value("tracks", std::vector<AnchorId>());
  if (in.contains("before"))
    for (const json& person : in.at("before"))
      decision.before.push_back(
          {person.at("person").get<int>(), person.at("tracks").get<std::vector<AnchorId>>()});
  return decision;
}

}  // namespace

std::string kind_word_of(const LogEntry& entry) {
  if (entry.decision) return word_of(entry.decision->kind);
  return entry.undoes != 0 ? "undo" : "redo";
}

std::string payload_of(const LogEntry& entry) {
  if (entry.decision) return json_of(*entry.decision).dump();
  return json{{"entry", entry.undoes != 0 ? entry.undoes : entry.redoes}}.dump();
}

void read_payload(const std::string& kind, const std::string& payload, const std::string& where,
                  LogEntry& entry) {
  try {
    const json in = json::parse(payload);
    if (kind == "undo") {
      entry.undoes = in.at("entry").get<std::int64_t>();
    } else if (kind == "redo") {
      entry.redoes = in.at("entry").get<std::int64_t>();
    } else if (const auto known = kind_of(kind)) {
      entry.decision = decision_of(*known, in);
    } else {
      throw project_failure(where, "a decision of an unknown kind, \"" + kind + "\"");
    }
  } catch (const json::exception&) {
    throw project_failure(where, "the file is damaged");
  }
}

}  // namespace dramatis
