#pragma once

#include "project/analysis_store.h"
#include "project/database.h"

namespace dramatis {

/// What an AnalysisStore holds. Its functions are written in analysis_store.cpp (opening, stages),
/// film_chunks.cpp (looking) and analysis_results.cpp (thinking).
struct AnalysisStore::Machine {
  Database database;
  std::int64_t generation_in_work = 0;  ///< of begin_film(); 0: none

  Statement prepare(std::string_view sql) const { return Statement(database, sql); }
  /// The look at the film that readers see: the newest finished one, else the newest.
  std::int64_t readable_generation() const;
  std::int64_t generation_to_write() const;
  void finish_stage(const char* name, const std::string& fingerprint) const;
  /// Removes the records and the results of the stages after this one; a new version().
  void drop_after(const char* name) const;
};

}  // namespace dramatis
