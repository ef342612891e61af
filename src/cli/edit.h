#pragma once

#include <functional>
#include <string>
#include <vector>

#include "project/cast_editor.h"

namespace dramatis {

/// What happened goes to standard output, what the user may not have thought of to standard error.
void print_result(const EditResult& result);

/// Opens the project, stores what the plan says, prints it.
void edit_project(const std::string& folder, const std::function<Plan(const Snapshot&)>& plan);

/// Ids of the persons meant, each by its id or its name.
std::vector<int> persons_meant_by(const Snapshot& snapshot, const std::vector<std::string>& words);

}  // namespace dramatis
