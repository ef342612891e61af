#include "tracks/best_face.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "tracks/appearance.h"

namespace dramatis {
namespace {

bool better(const FaceSighting& a, const FaceSighting& b) {
  if (a.quality != b.quality) return a.quality > b.quality;
  if (a.face.box.height != b.face.box.height) return a.face.box.height > b.face.box.height;
  return a.frame < b.frame;
}

/// Place in a ranking where few are better: "largest", "one of the largest", or nothing.
std::string standing(std::size_t better_than_it, std::size_t all, const std::string& superlative) {
  if (better_than_it == 0) return superlative;
  return better_than_it * 10 < all ? fmt::format("one of the {}", superlative) : "";
}

std::string pose_word(const Landmarks& landmarks) {
  const double facing = frontality(landmarks);
  return facing > 0.75 ? "frontal" : facing > 0.35 ? "half turned" : "in profile";
}

std::string reason(const std::vector<const FaceSighting*>& faces, const FaceSighting& best) {
  const std::string quality = fmt::format("quality {:.0f}", best.quality);
  const std::string pose = pose_word(best.face.landmarks);
  if (faces.size() == 1) return fmt::format("the only face, {}, {}", pose, quality);
  const auto larger = std::count_if(faces.begin(), faces.end(), [&](const FaceSighting* f) {
    return f->face.box.height > best.face.box.height;
  });
  const std::string size = standing(larger, faces.size(), "largest");
  return fmt::format("best{}{} of {} faces, {}, {}", size.empty() ? "" : " and ", size,
                     faces.size(), pose, quality);
}

}  // namespace

std::optional<BestFace> best_face(const Track& track, float min_quality) {
  std::vector<const FaceSighting*> faces;
  for (const FaceSighting& f : track.faces)
    if (f.clean && f.quality >= min_quality) faces.push_back(&f);
  if (faces.empty()) return std::nullopt;
  const FaceSighting& best = **std::min_element(
      faces.begin(), faces.end(),
      [](const FaceSighting* a, const FaceSighting* b) { return better(*a, *b); });
  return BestFace{static_cast<std::size_t>(&best - track.faces.data()), reason(faces, best)};
}

}  // namespace dramatis
