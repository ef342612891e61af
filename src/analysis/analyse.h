#pragma once

#include <string>

#include "analysis/look_at_film.h"
#include "base/progress.h"
#include "models/catalogue.h"
#include "people/cast.h"
#include "project/project.h"
#include "quality/face_quality.h"
#include "shots/shot_detection.h"
#include "tracks/tracker.h"

namespace dramatis {

/// Every choice of a run. The defaults are the best we know for films.
struct AnalysisOptions {
  std::string embedding = "mobilefacenet";  ///< names in the catalogue
  std::string head_network;                 ///< empty: faces and body keypoints
  std::string quality_network;              ///< empty: our own measure
  float min_face_quality =
      default_min_face_quality;  ///< below it a face is weak evidence of who it is, 0 to 100
  LookOptions look;
  ShotOptions shots;
  TrackingOptions tracks;
  CastOptions people;
  /// Now and then, while looking, a cast of what was seen so far; see analysis/cast_so_far.h.
  bool cast_so_far = true;
};

/// Names of the networks that a run with these options loads.
std::vector<std::string> models_needed(const AnalysisOptions& options);

/// Throws Failure{model}, with the command that mends it, unless every network that the options
/// need is there. To be asked before a project is made.
void require_models(const AnalysisOptions& options, const Catalogue& catalogue);

/// The whole run: who is in the film, when and where. Goes on where an earlier run stopped; what is
/// finished and would come out the same is not done again. What a person decided is kept and
/// obeyed.
void analyse(const std::string& film_path, Project& project, const Catalogue& catalogue,
             const AnalysisOptions& options, const Watcher& watcher);

}  // namespace dramatis
