#include "analysis/cast_so_far.h"

#include <algorithm>

#include "analysis/think.h"

namespace dramatis {
namespace {

constexpr double kFirstAfter_s = 20;
constexpr double kGrowth = 1.2;

}  // namespace

CastSoFar::CastSoFar(Project& project, const AnalysisOptions& options, HeadFollower& follower,
                     const Watcher& watcher)
    : project_(project), options_(options), follower_(follower), watcher_(watcher) {}

void CastSoFar::think_if_due() {
  const AnalysisStore& store = project_.analysis();
  if (!options_.cast_so_far || store.finished_stage(stage::film)) return;
  const FilmInfo film = store.film();
  const FrameNumber seen = store.frames_seen();
  const double wanted = std::max(kFirstAfter_s * film.frame_rate.to_double(),
                                 kGrowth * static_cast<double>(store.frames_of_cast()));
  if (static_cast<double>(seen) < wanted) return;
  if (seen >= film.expected_frames) return;  // the finished cast is about to come
  think_so_far(project_, options_.shots, follower_, options_.people, options_.min_face_quality,
               watcher_);
}

}  // namespace dramatis
