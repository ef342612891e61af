#include "people/other_methods.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "people/clustering.h"

namespace dramatis {
namespace {

/// Tracks with a face, a row each.
struct Rows {
  EmbeddingMatrix matrix;
  std::vector<int> track_of_row;
  std::vector<int> row_of_track;  ///< -1 without a face
};

Rows rows_of(std::size_t tracks, const std::vector<Embedding>& vectors) {
  Rows rows{{}, {}, std::vector<int>(tracks, -1)};
  for (std::size_t i = 0; i < tracks; ++i) {
    if (vectors[i].empty()) continue;
    rows.row_of_track[i] = static_cast<int>(rows.track_of_row.size());
    rows.track_of_row.push_back(static_cast<int>(i));
    rows.matrix.columns = vectors[i].size();
    rows.matrix.values.insert(rows.matrix.values.end(), vectors[i].begin(), vectors[i].end());
  }
  rows.matrix.rows = rows.track_of_row.size();
  return rows;
}

Embedding best_face(const TrackEvidence& track) {
  const auto best =
      std::max_element(track.faces.begin(), track.faces.end(),
                       [](const auto& a, const auto& b) { return a.quality < b.quality; });
  return best == track.faces.end() ? Embedding{} : best->embedding;
}

Embedding unit_template(const TrackEvidence& track) {
  const auto made = template_of(track);
  if (!made) return {};
  Embedding vector = made->vector;
  double squares = 0;
  for (float v : vector) squares += static_cast<double>(v) * v;
  for (float& v : vector) v = static_cast<float>(v / std::sqrt(squares));
  return vector;
}

RowConstraints row_constraints(const Rows& rows, const TrackConstraints& constraints) {
  RowConstraints result;
  std::map<int, int> first_of_group;
  for (std::size_t i = 0; i < rows.row_of_track.size(); ++i) {
    const int row = rows.row_of_track[i];
    if (row < 0) continue;
    const auto [first, fresh] = first_of_group.try_emplace(constraints.group_of[i], row);
    if (!fresh) result.same.push_back({first->second, row});
    for (int other : constraints.apart[i]) {
      const int other_row = rows.row_of_track[static_cast<std::size_t>(other)];
      if (other_row > row) result.different.push_back({row, other_row});
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (rows.row_of_track[j] >= 0 && constraints.picture[i] != constraints.picture[j]) {
        result.different.push_back({rows.row_of_track[j], row});
      }
    }
  }
  return result;
}

Identities as_identities(const Clustering& clustering, const Rows& rows,
                         const TrackConstraints& constraints) {
  Identities identities;
  std::map<int, int> of_cluster, of_group;  // to clusters here; a group without a face has its own
  for (std::size_t i = 0; i < rows.row_of_track.size(); ++i) {
    const int row = rows.row_of_track[i];
    if (row < 0) continue;
    of_group.try_emplace(constraints.group_of[i],
                         clustering.cluster_of[static_cast<std::size_t>(row)]);
  }
  int next = clustering.clusters;
  for (std::size_t i = 0; i < rows.row_of_track.size(); ++i) {
    const int row = rows.row_of_track[i];
    const bool faceless = row < 0 && !of_group.contains(constraints.group_of[i]);
    if (faceless) of_group[constraints.group_of[i]] = next++;
    identities.cluster_of.push_back(row >= 0 ? clustering.cluster_of[static_cast<std::size_t>(row)]
                                             : of_group[constraints.group_of[i]]);
  }
  identities.members.resize(static_cast<std::size_t>(next));
  for (std::size_t i = 0; i < identities.cluster_of.size(); ++i) {
    identities.members[static_cast<std::size_t>(identities.cluster_of[i])].push_back(
        static_cast<int>(i));
  }
  identities.person_of.resize(identities.members.size());
  std::iota(identities.person_of.begin(), identities.person_of.end(), 0);
  return identities;
}

}  // namespace

Identities identities_by_method(std::span<const TrackEvidence> tracks,
                                const TrackConstraints& constraints, const CastOptions& options) {
  const bool average = options.method == CastMethod::average;
  std::vector<Embedding> vectors;
  for (const TrackEvidence& track : tracks) {
    vectors.push_back(average ? unit_template(track) : best_face(track));
  }
  const Rows rows = rows_of(tracks.size(), vectors);
  const RowConstraints limits = row_constraints(rows, constraints);
  const std::size_t length = rows.matrix.columns;
  if (average) {
    const double usual = usual_threshold_average(options.metric, length);
    return as_identities(cluster_average(rows.matrix, {}, limits,
                                         {.metric = options.metric,
                                          .threshold = options.threshold.value_or(usual),
                                          .threads = options.threads}),
                         rows, constraints);
  }
  std::vector<int> shots;
  for (int t : rows.track_of_row) shots.push_back(tracks[static_cast<std::size_t>(t)].shot);
  const double usual = usual_threshold_ducros2023(options.metric, length);
  return as_identities(cluster_ducros2023(rows.matrix, shots,
                                          {.metric = options.metric,
                                           .threshold = options.threshold.value_or(usual),
                                           .threads = options.threads},
                                          limits),
                       rows, constraints);
}

}  // namespace dramatis
