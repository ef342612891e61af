#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "project/cast_editor.h"
#include "web/cast_record.h"

namespace dramatis {

/// What a window asks to be changed; page/openapi.json describes the fields. Every function throws
/// Failure{usage}, one sentence, for what makes no sense.

/// The entry of the log up to which the window knows the cast, if it says so.
std::optional<std::int64_t> sequence_seen(const nlohmann::json& request);
/// The cast that it has, if it says so: then the answer tells what is new.
std::optional<KnownCast> known_cast_in(const nlohmann::json& request);
Plan plan_of(const Snapshot& snapshot, const nlohmann::json& request);

/// Stored; what happened.
nlohmann::json edit_json(CastEditor& editor, const nlohmann::json& request);
/// Not stored; what would happen: a sentence, notes, and every person that would change, before and
/// after.
nlohmann::json preview_json(CastEditor& editor, const nlohmann::json& request);
nlohmann::json result_json(const EditResult& result, const DecisionHistory& history);

}  // namespace dramatis
