#pragma once

// From what was seen to who it was. Each stage reads what the stage before left in the project and
// puts its own result there whole; a stage that was finished with the same fingerprint is not done
// again. None opens the film.

#include <string>

#include "analysis/head_follower.h"
#include "base/progress.h"
#include "people/cast.h"
#include "project/project.h"
#include "shots/shot_detection.h"

namespace dramatis {

void find_shots(AnalysisStore& store, const ShotOptions& options, const std::string& fingerprint);

void follow_heads(AnalysisStore& store, HeadFollower& follower, const std::string& fingerprint,
                  const Watcher& watcher);

/// The decisions of the user are its constraints; persons keep their ids from the run before, and
/// what moved is said in notes.
void find_people(Project& project, const CastOptions& options, float min_face_quality,
                 const std::string& fingerprint, const Watcher& watcher);

/// All three for the frames that have been seen, while the film is still being looked at: a cast
/// for who looks on (AnalysisStore::replace_so_far). It has no questions, since most of them answer
/// themselves when more of the film is seen. Persons keep the ids they had in the cast so far.
void think_so_far(Project& project, const ShotOptions& shot_options, HeadFollower& follower,
                  const CastOptions& options, float min_face_quality, const Watcher& watcher);

}  // namespace dramatis
