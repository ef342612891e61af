#include "analysis/analyse.h"

#include "analysis/cast_so_far.h"
#include "analysis/film_eyes.h"
#include "analysis/fingerprint.h"
#include "analysis/head_follower.h"
#include "analysis/think.h"
#include "project/person_ids.h"

namespace dramatis {
namespace {

/// The learned shot detector wants its network to look at every frame; no other does.
LookOptions with_learned_shots(LookOptions look, ShotDetector detector,
                               const Catalogue& catalogue) {
  if (detector == ShotDetector::transnetv2)
    look.features.transnetv2_path = catalogue.find("transnetv2").file;
  return look;
}

}  // namespace

std::vector<std::string> models_needed(const AnalysisOptions& options) {
  std::vector<std::string> names{"centerface", options.embedding};
  names.push_back(options.head_network.empty() ? "movenet" : options.head_network);
  if (!options.quality_network.empty()) names.push_back(options.quality_network);
  if (options.shots.detector == ShotDetector::transnetv2) names.push_back("transnetv2");
  return names;
}

void require_models(const AnalysisOptions& options, const Catalogue& catalogue) {
  for (const std::string& name : models_needed(options)) catalogue.require(catalogue.find(name));
}

void analyse(const std::string& film_path, Project& project, const Catalogue& catalogue,
             const AnalysisOptions& chosen, const Watcher& watcher) {
  const RunLock lock = project.lock_for_run();
  AnalysisOptions options = chosen;
  options.look = with_learned_shots(options.look, options.shots.detector, catalogue);
  AnalysisStore& store = project.analysis();
  const FilmInfo film = store.film();
  const auto prints = [&] {
    return fingerprints_of(film, options, catalogue, project.decisions().history());
  };
  remember_persons(project);
  HeadFollower follower(options.tracks, options.min_face_quality);
  CastSoFar so_far(project, options, follower, watcher);

  if (const std::string print = prints().film; store.finished_stage(stage::film) != print)
    look_at_film(film_path, print, film_eyes(film, options, catalogue, look_threads(options.look)),
                 options.look, store, watcher, [&] { so_far.think_if_due(); });
  // From here, every frame has its time and its features, and nothing opens the film again.

  store.whole([&, now = prints()] {
    find_shots(store, options.shots, now.shots);
    // From here, every frame belongs to exactly one shot.

    follow_heads(store, follower, now.tracks, watcher);
    // From here, no track crosses a cut, and no two tracks are one head.

    find_people(project, options.people, options.min_face_quality, now.people, watcher);
    // From here, every track belongs to one person, and nobody is at two places of one frame.
  });
  // From here, whoever looks on sees the new cast; until here, the one before.
}

}  // namespace dramatis
