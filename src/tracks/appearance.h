#pragma once

// Do two sightings look like the same person? Faces speak where both have been embedded, the
// colours of hair and clothes otherwise. Answers are log odds: the log of how much more probable
// what we see is when they are one person than when they are two. Zero says nothing; log odds of
// independent evidence add up.

#include <array>
#include <deque>
#include <optional>
#include <span>

#include "heads/head.h"
#include "tracks/tracker.h"

namespace dramatis {

/// 1 - cosine, 0 to 2. For unit vectors half of the squared L2 distance.
double cosine_distance(std::span<const float> a, std::span<const float> b);

/// Of two embeddings, whatever their lengths: that of the vectors brought to unit length, 0 to 2.
double face_distance_l2(std::span<const float> a, std::span<const float> b);

/// Log odds below which two are taken to be different people whatever motion says.
inline constexpr double clearly_different = -3;

bool has_face_evidence(const Head& head);

/// How much an embedded face says, 0 to 1: its quality, and how far it looks at us. A profile or a
/// blur is far from the same person's good faces, so it must not speak as loudly.
double face_weight(const Head& head);
/// 1 for a face that looks at the camera, 0 for a profile, from where the nose is between the eyes.
double frontality(const Landmarks& landmarks);

/// What two faces say.
struct FaceMatch {
  double distance_l2 = 0;
  double weight = 0;  ///< of the weaker one, 0 to 1
};
/// Log odds from faces and colours together: what the faces are too poor to say is left to the
/// colours. Nothing when there is neither.
std::optional<double> log_odds(const std::optional<FaceMatch>& faces,
                               const std::optional<double>& colour_distance,
                               const TrackingOptions& options);

/// The mean of what several heads' colours were (heads/colours.h). A part that one of them does not
/// show, hair or clothes, is taken from the others.
class ColourMean {
 public:
  /// `share` of the new one in the mean of the parts that both have, 0 to 1; by default, all alike.
  void add(std::span<const float> colours, std::optional<float> share = std::nullopt);
  const std::vector<float>& colours() const { return mean_; }  ///< empty before the first

 private:
  std::vector<float> mean_;
  std::array<int, 2> counts_{};  ///< heads that showed hair, clothes
};

/// What a track has looked like lately (DeepSORT's gallery): it is compared by its nearest entry.
class Gallery {
 public:
  void add(const Head& head, const TrackingOptions& options);
  /// Log odds that `head` belongs here; nothing when there is nothing to compare. Weighed by
  /// quality.
  std::optional<double> log_odds(const Head& head, const TrackingOptions& options) const;

 private:
  std::optional<FaceMatch> nearest_face(const Head& head) const;

  std::deque<const Head*> faces_;
  ColourMean colours_;  ///< recent sightings count more
};

}  // namespace dramatis
