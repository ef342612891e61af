#pragma once

// From what was seen to who it was. Each stage reads what the stage before left in the project and
// puts its own result there whole; a stage that was finished with the same fingerprint is not done
// again. None opens the film.

#include <string>

#include "base/progress.h"
#include "people/cast.h"
#include "project/project.h"
#include "shots/shot_detection.h"
#include "tracks/tracker.h"

namespace dramatis {

void find_shots(AnalysisStore& store, const ShotOptions& options, const std::string& fingerprint);

/// `min_face_quality`: below it a track has no best face.
void follow_heads(AnalysisStore& store, const TrackingOptions& options, float min_face_quality,
                  const std::string& fingerprint, const Watcher& watcher);

/// The decisions of the user are its constraints; persons keep their ids from the run before, and
/// what moved is said in notes.
void find_people(Project& project, const CastOptions& options, float min_face_quality,
                 const std::string& fingerprint, const Watcher& watcher);

}  // namespace dramatis
