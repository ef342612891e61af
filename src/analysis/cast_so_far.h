#pragma once

#include "analysis/analyse.h"
#include "analysis/head_follower.h"

namespace dramatis {

/// The cast of what was seen so far, for who looks on while a film is still being looked at: shots,
/// tracks and people of the frames there are, from time to time.
///
/// When: first after 20 seconds of film, and then whenever the film seen has grown by a fifth. Each
/// time costs in proportion to what was seen, so all of them together cost less than six times the
/// last one, which takes seconds after hours of film; following heads, which is most of it, is done
/// once for each shot anyhow.
///
/// Nothing of it reaches the result: it reads what was seen and writes what replaces itself.
/// A finished cast of an earlier run stays what is shown until its successor is finished.
class CastSoFar {
 public:
  /// All must outlive it.
  CastSoFar(Project& project, const AnalysisOptions& options, HeadFollower& follower,
            const Watcher& watcher);

  /// To be called between chunks.
  void think_if_due();

 private:
  Project& project_;
  const AnalysisOptions& options_;
  HeadFollower& follower_;
  const Watcher& watcher_;
};

}  // namespace dramatis
