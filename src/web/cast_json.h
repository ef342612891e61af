#pragma once

// The cast in the words of the interface; page/openapi.json describes each field.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "project/cast_editor.h"

namespace dramatis {

/// Tracks that belong to their person with less certainty are worth a look.
inline constexpr float kSureConfidence = 0.75f;

nlohmann::json cast_json(const Snapshot& snapshot, const DecisionHistory& history);
/// One person with all its tracks, the least certain first. Throws Failure{usage} if there is none.
nlohmann::json person_json(const Snapshot& snapshot, int person);
nlohmann::json questions_json(const Snapshot& snapshot);
/// Every entry of the log, newest first.
nlohmann::json history_json(const DecisionHistory& history);

/// As text; bytes that are no UTF-8 are replaced.
std::string text_of(const nlohmann::json& json);

}  // namespace dramatis
