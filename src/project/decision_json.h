#pragma once

#include <string>

#include "project/decision.h"

namespace dramatis {

/// An entry's content as the JSON that decisions.sqlite keeps; see docs/project-format.md.
std::string payload_of(const LogEntry& entry);
/// "undo", "redo", or the word of the decision's kind.
std::string kind_word_of(const LogEntry& entry);
/// Fills in what kind and payload say. Throws Failure{project} naming `where` when they say
/// nothing.
void read_payload(const std::string& kind, const std::string& payload, const std::string& where,
                  LogEntry& entry);

}  // namespace dramatis
