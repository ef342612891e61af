#pragma once

#include <functional>
#include <string>

#include "analysis/eyes.h"
#include "analysis/look_planner.h"
#include "base/progress.h"
#include "film/film_reader.h"
#include "project/analysis_store.h"
#include "shots/feature_stream.h"

namespace dramatis {

struct LookOptions {
  LookPlanOptions plan;
  FeatureOptions features;
  /// Frames of a chunk, a multiple of FeatureStream::alignment: what a killed run loses at most.
  FrameNumber chunk_frames = 250;
  int threads = 0;  ///< that look, and that decode; 0: as many as the machine has
};

int look_threads(const LookOptions& options);

/// Looks at the whole film in one decode and stores what it sees, chunk by chunk; chunks that are
/// already stored under `fingerprint` are not looked at again. However often it is stopped and
/// called again, the store ends with the same chunks: a chunk depends on its own frames, and on a
/// few before it for the features, alone.
///
/// `between_chunks` is called, by the thread of the caller, whenever a chunk was stored.
///
/// Threads: one decodes, one measures features and plans looks, `threads` look. Memory: a handful
/// of frames, and the chunks whose last looks are not back yet.
void look_at_film(const std::string& film_path, const std::string& fingerprint,
                  const EyesFactory& make_eyes, const LookOptions& options, AnalysisStore& store,
                  const Watcher& watcher, const std::function<void()>& between_chunks);

}  // namespace dramatis
