#pragma once

// The cast in the words of the interface; page/openapi.json describes each field.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "web/sight.h"

namespace dramatis {

/// A person as its card shows it.
nlohmann::json short_person_json(const Sight& sight, const PersonView& person);
/// What is said of the cast as a whole; web/cast_record.h adds the people.
nlohmann::json cast_head_json(const Sight& sight);
/// One person with all its tracks, the least certain first. Throws Failure{usage} if there is none.
nlohmann::json person_json(const Sight& sight, int person);
nlohmann::json questions_json(const Sight& sight);
/// Every entry of the log, newest first.
nlohmann::json history_json(const DecisionHistory& history);

/// As text; bytes that are no UTF-8 are replaced.
std::string text_of(const nlohmann::json& json);

}  // namespace dramatis
