#pragma once

#include <optional>
#include <span>
#include <vector>

#include "people/calibration.h"
#include "people/constraints.h"
#include "people/track_template.h"

namespace dramatis {

using Templates = std::vector<std::optional<TrackTemplate>>;

/// A cast in the making. Faces gather in clusters; a person is one cluster, or several that the
/// user joined (with and without a beard, at ten and at forty), which need not look alike.
struct Identities {
  std::vector<int> cluster_of;  ///< for each track
  std::vector<std::vector<int>>
      members;                 ///< of each cluster, ascending; empty: no cluster any more
  std::vector<int> person_of;  ///< for each cluster

  int person_of_track(int track) const {
    return person_of[static_cast<std::size_t>(cluster_of[static_cast<std::size_t>(track)])];
  }
  void move(int track, int cluster);
  /// A new cluster and person of this track alone.
  void set_apart(int track);
  /// From here, a person is one cluster.
  void join_persons();
};

/// Merges the tracks whose faces are the same person: the two clusters most alike on average first,
/// until the odds are against it. Clusters with tracks of one group are one person; tracks that are
/// apart stay so, and clusters and persons inherit that. Tracks without a template are alone.
/// `people`: how many there are, as far as is known, or 0; of many strangers some look alike, so
/// the more there are, the better must be the odds. When it is known, poor faces must be more
/// alike.
Identities identities_by_face(const Templates& templates, const TrackConstraints& constraints,
                              const Calibration& calibration, int threads, double people = 0);

/// How many clusters have a face.
std::size_t people_with_face(const Identities& identities, const Templates& templates);

/// Takes back what should not have been joined: a merge sees two clusters as they were, and the
/// company that came later may not suit all. Tracks that are nearer to another cluster go there,
/// tracks that suit none of their company leave, and a cluster that falls into two is split.
void correct_identities(Identities& identities, const Templates& templates,
                        const TrackConstraints& constraints, const Calibration& calibration);

/// The mean similarity of a track's faces with those of a cluster, itself left out; nothing when
/// one of them has no face.
std::optional<double> similarity_to(const Identities& identities, const Templates& templates,
                                    int track, int cluster);
/// The same of two clusters.
std::optional<double> similarity_between(const Identities& identities, const Templates& templates,
                                         int a, int b);
/// Whether the persons they belong to can never be the same.
bool are_apart(const Identities& identities, const TrackConstraints& constraints, int a, int b);
/// The same of a track and the person of a cluster.
bool is_apart_from(const Identities& identities, const TrackConstraints& constraints, int track,
                   int cluster);

/// Pairs of templates to learn from: all of them, or an even choice when there are very many.
std::vector<SeenPair> seen_pairs(const Templates& templates, const TrackConstraints& constraints);
/// What they teach.
Calibration calibration_of(const Templates& templates, const TrackConstraints& constraints);

}  // namespace dramatis
