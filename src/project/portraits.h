#pragma once

#include <string>
#include <vector>

#include "people/portraits.h"
#include "project/snapshot.h"

namespace dramatis {

/// Portraits that somebody brought: portraits.json in the project's folder, their vectors alone.
/// Losing the file loses no name that was given. A damaged one holds nobody.
std::vector<Portrait> portraits_of(const std::string& project_folder);
/// Adds it, or puts it in the place of the one of that name.
void store_portrait(const std::string& project_folder, const Portrait& portrait);
/// True if there was one of that name.
bool forget_portrait(const std::string& project_folder, const std::string& name);

/// Reads the faces of all tracks (a fraction of a second for a long film). Faces below this
/// quality, 0 to 100, say nothing of who it is.
PortraitJudge portrait_judge_of(const AnalysisStore& store, float least_quality);

/// For those who have no name yet, from the portraits whose name nobody has.
std::vector<NameSuggestion> suggested_names(const PortraitJudge& judge, const CastView& view,
                                            const std::vector<Portrait>& portraits);

}  // namespace dramatis
