#include "tracks/appearance.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "heads/colours.h"

namespace dramatis {
namespace {

Eigen::Map<const Eigen::VectorXf> vector(std::span<const float> v) {
  return {v.data(), static_cast<Eigen::Index>(v.size())};
}

/// Log odds that fall in a straight line through zero at `boundary`, within bounds: no single piece
/// of evidence is ever more certain than its bound, whatever its distance.
double straight_line(double distance, double boundary, double slope, double bound) {
  return std::clamp(slope * (boundary - distance), -bound, bound);
}

}  // namespace

double cosine_distance(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size() || a.empty()) return 1;
  const double lengths = static_cast<double>(vector(a).norm()) * vector(b).norm();
  return lengths > 0 ? 1 - vector(a).dot(vector(b)) / lengths : 1;
}

double face_distance_l2(std::span<const float> a, std::span<const float> b) {
  return std::sqrt(std::max(0.0, 2 * cosine_distance(a, b)));
}

bool has_face_evidence(const Head& head) { return !head.embedding.empty(); }

double frontality(const Landmarks& l) {
  const double eyes = l.right_eye.x - l.left_eye.x, rise = l.right_eye.y - l.left_eye.y;
  const double squared = eyes * eyes + rise * rise;
  if (squared <= 0) return 0;
  // Where the nose falls on the line through the eyes: 0 at the left eye, 1 at the right.
  const double nose =
      ((l.nose.x - l.left_eye.x) * eyes + (l.nose.y - l.left_eye.y) * rise) / squared;
  return std::clamp(1.4 - 2 * std::abs(nose - 0.5) * 1.4, 0.0, 1.0);
}

double face_weight(const Head& head) {
  if (head.embedding.empty()) return 0;
  const double quality = head.face_quality ? std::clamp(*head.face_quality / 60.0, 0.0, 1.0) : 1.0;
  const double facing = head.face ? frontality(head.face->landmarks) : 1.0;
  return quality * (0.25 + 0.75 * facing);
}

// The slopes and bounds are of 300,000 pairs of sightings in eleven film excerpts, the same track
// or two tracks of one shot (docs/tracks.md). Poor faces are all somewhat alike and somewhat unlike
// themselves: they keep a fifth of a good face's say.
std::optional<double> log_odds(const std::optional<FaceMatch>& faces,
                               const std::optional<double>& colour_distance,
                               const TrackingOptions& options) {
  if (!faces && !colour_distance) return std::nullopt;
  double odds = 0;
  if (faces)
    odds += (0.2 + 0.8 * faces->weight) *
            straight_line(faces->distance_l2, options.face_boundary_l2, 18, 6);
  if (colour_distance)
    odds += (faces ? 1 - faces->weight : 1) *
            straight_line(*colour_distance, options.colour_boundary, 12, 2.5);
  return odds;
}

void ColourMean::add(std::span<const float> colours, std::optional<float> share) {
  if (colours.empty() || (!mean_.empty() && mean_.size() != colours.size())) return;
  mean_.resize(colours.size());
  const std::size_t length = colours.size() / counts_.size();
  for (std::size_t part = 0; part < counts_.size(); ++part) {
    const auto shown = colours.subspan(part * length, length);
    if (std::all_of(shown.begin(), shown.end(), [](float c) { return c == 0; })) continue;
    const float first = 1.0f / static_cast<float>(++counts_[part]);
    const float weight = std::max(first, share.value_or(first));
    for (std::size_t i = 0; i < length; ++i) {
      float& mean = mean_[part * length + i];
      mean += weight * (shown[i] - mean);
    }
  }
}

void Gallery::add(const Head& head, const TrackingOptions& options) {
  if (has_face_evidence(head)) {
    faces_.push_back(&head);
    if (static_cast<int>(faces_.size()) > options.gallery_size) faces_.pop_front();
  }
  colours_.add(head.colours, 0.2f);
}

std::optional<double> Gallery::log_odds(const Head& head, const TrackingOptions& options) const {
  return dramatis::log_odds(nearest_face(head), colour_distance(colours_.colours(), head.colours),
                            options);
}

std::optional<FaceMatch> Gallery::nearest_face(const Head& head) const {
  if (faces_.empty() || !has_face_evidence(head)) return std::nullopt;
  double nearest = 2;
  const Head* nearest_head = nullptr;
  for (const Head* entry : faces_) {
    if (entry->embedding.size() != head.embedding.size()) continue;
    // Unit vectors: no need to divide by their lengths.
    const double distance = 1 - vector(entry->embedding).dot(vector(head.embedding));
    if (distance < nearest) nearest = distance, nearest_head = entry;
  }
  if (!nearest_head) return std::nullopt;
  return FaceMatch{std::sqrt(std::max(0.0, 2 * nearest)),
                   std::min(face_weight(head), face_weight(*nearest_head))};
}

}  // namespace dramatis
