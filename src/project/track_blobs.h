#pragma once

// The parts of a track as bytes; see docs/project-format.md. Embeddings lie apart, since most
// readers of a track have no need of them.

#include <string>
#include <string_view>
#include <vector>

#include "tracks/track.h"

namespace dramatis {

std::string points_blob(const std::vector<TrackPoint>& points);
std::vector<TrackPoint> points_from(std::string_view blob, const std::string& where);

/// Without their embeddings.
std::string faces_blob(const std::vector<FaceSighting>& faces);
std::vector<FaceSighting> faces_from(std::string_view blob, const std::string& where);

std::string embeddings_blob(const std::vector<FaceSighting>& faces);
/// Puts the embeddings where they belong; throws Failure{project} if their number does not fit.
void add_embeddings(std::string_view blob, std::vector<FaceSighting>& faces,
                    const std::string& where);

std::string numbers_blob(const std::vector<float>& numbers);
std::vector<float> numbers_from(std::string_view blob, const std::string& where);

}  // namespace dramatis
