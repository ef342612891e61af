#include "project/snapshot.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "base/failure.h"
#include "project/questions.h"

namespace dramatis {
namespace {

void require_finished(const AnalysisStore& store) {
  for (const char* name : {stage::film, stage::shots, stage::tracks, stage::people})
    if (!store.finished_stage(name)) {
      const std::string folder = std::filesystem::path(store.path()).parent_path().string();
      throw project_failure(folder, "the analysis is not finished (stage \"" + std::string(name) +
                                        "\"); dramatis run goes on where it stopped");
    }
}

}  // namespace

const StoredTrack& Snapshot::track(int id) const {
  const auto found = std::lower_bound(tracks.begin(), tracks.end(), id,
                                      [](const StoredTrack& t, int i) { return t.id < i; });
  if (found == tracks.end() || found->id != id) throw std::out_of_range("no track has this id");
  return *found;
}

Snapshot snapshot_of(const AnalysisStore& store, const DecisionHistory& history,
                     CastWanted wanted) {
  Snapshot snapshot;
  StoredCast cast;
  store.steady([&] {
    if (wanted == CastWanted::finished || store.frames_of_cast() == 0) require_finished(store);
    snapshot = {.film = store.film(),
                .film_end = store.film_end(),
                .timeline = store.timeline(),
                .shots = store.shots(),
                .tracks = store.tracks()};
    cast = store.cast().value();
  });
  snapshot.cannot_links = cast.cast.cannot_links;
  snapshot.highest_person_id = store.remembered_persons().highest_id;
  show_decisions(snapshot, cast, history);
  return snapshot;
}

void show_decisions(Snapshot& snapshot, const StoredCast& cast, const DecisionHistory& history) {
  snapshot.view = view_of(cast, snapshot.tracks, snapshot.timeline, history);
  snapshot.questions = open_questions(cast.cast, snapshot.view);
  snapshot.highest_person_id = std::max(snapshot.highest_person_id, snapshot.view.highest_id);
}

Snapshot snapshot_of(Project& project) {
  return snapshot_of(project.analysis(), project.decisions().history());
}

}  // namespace dramatis
