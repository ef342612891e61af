#pragma once

// One folder on disk, by default FILM.dramatis beside the film: analysis.sqlite, which can be
// computed again, and decisions.sqlite, which cannot. docs/project-format.md describes both.

#include <string>

#include "film/film_reader.h"
#include "project/analysis_store.h"
#include "project/decision_log.h"
#include "project/run_lock.h"

namespace dramatis {

/// An open project. For one thread at a time; another thread or program opens its own.
class Project {
 public:
  /// An existing project, to read or to edit. Throws Failure{project}, one sentence, when the
  /// folder is missing or is none, a file is missing or damaged, or a newer version made it.
  static Project open(const std::string& folder);
  /// For a run: made if there is none, along with its folder. A missing analysis is begun again;
  /// one that is damaged is never thrown away in silence. Throws Failure{project} as above and when
  /// the project was made from another film; Failure{other} when it cannot be written.
  static Project for_film(const std::string& folder, const FilmInfo& film);
  /// FILM's name with ".dramatis" beside it.
  static std::string default_folder(const std::string& film_path);

  const std::string& folder() const { return folder_; }
  AnalysisStore& analysis() { return analysis_; }
  const AnalysisStore& analysis() const { return analysis_; }
  DecisionLog& decisions() { return decisions_; }
  /// Held for as long as a run works; see RunLock.
  RunLock lock_for_run() const { return RunLock(folder_); }

 private:
  Project(std::string folder, AnalysisStore analysis, DecisionLog decisions);

  std::string folder_;
  AnalysisStore analysis_;
  DecisionLog decisions_;
};

/// Where a project's film is today: where the run found it, or beside the project when both were
/// moved together. The former when it is in neither place.
std::string film_file(const std::string& project_folder, const FilmInfo& film);

}  // namespace dramatis
