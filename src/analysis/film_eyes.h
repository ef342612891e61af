#pragma once

#include "analysis/analyse.h"
#include "analysis/eyes.h"

namespace dramatis {

/// The eyes of a real run: the networks of the options, loaded once and shared by all threads.
/// Throws Failure{model}, with the command that mends it, when one is missing or damaged.
EyesFactory film_eyes(const FilmInfo& film, const AnalysisOptions& options,
                      const Catalogue& catalogue, int threads);

}  // namespace dramatis
