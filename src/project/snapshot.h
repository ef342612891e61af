#pragma once

#include <string>
#include <vector>

#include "film/film_reader.h"
#include "project/cast_view.h"
#include "project/project.h"
#include "shots/shot.h"

namespace dramatis {

/// Which casts will do: the finished one alone, or, while the film is still being looked at, also
/// one of the frames seen so far.
enum class CastWanted { finished, so_far };

/// A project in memory: all that exports, renders and tables need. No embeddings.
struct Snapshot {
  FilmInfo film;
  FilmEnd film_end;
  Timeline timeline;
  std::vector<Shot> shots;
  std::vector<StoredTrack> tracks;  ///< by id
  CastView view;
  std::vector<PairRule> cannot_links;  ///< between tracks, with reasons
  std::vector<Question> questions;     ///< still open, most worth asking first
  int highest_person_id = 0;           ///< ever given; a new person gets the next

  const StoredTrack& track(int id) const;  ///< which must exist
};

/// The finished project. Throws Failure{project} naming the stage that is not finished.
Snapshot snapshot_of(Project& project);

/// The same, from parts: for tests, and for who holds them already.
Snapshot snapshot_of(const AnalysisStore& store, const DecisionHistory& history,
                     CastWanted wanted = CastWanted::finished);

/// Brings view and questions up to date with the history; the rest stays.
void show_decisions(Snapshot& snapshot, const StoredCast& cast, const DecisionHistory& history);

}  // namespace dramatis
