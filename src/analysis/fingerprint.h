#pragma once

#include <string>

#include "analysis/analyse.h"

namespace dramatis {

/// What each stage's result is computed from, as text: the stage before it, the options and the
/// networks. Equal texts, equal results; so a finished stage with the same text is not done again.
struct Fingerprints {
  std::string film;
  std::string shots;
  std::string tracks;
  std::string people;
};

Fingerprints fingerprints_of(const FilmInfo& film, const AnalysisOptions& options,
                             const Catalogue& catalogue, const DecisionHistory& history);

}  // namespace dramatis
