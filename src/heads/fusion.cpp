#include "heads/fusion.h"

#include <algorithm>
#include <cmath>

namespace dramatis {
namespace {

struct Pair {
  std::size_t face;
  std::size_t other;
  float likeness;  // overlap of the boxes
};

/// Keypoints that claim a head round the middle of a surer face's head and are not that head: two
/// people mixed up.
bool is_mixed_up(const Head& other, const std::vector<Head>& faces, const FusionOptions& options) {
  return other.source == HeadSource::keypoints &&
         std::any_of(faces.begin(), faces.end(), [&](const Head& face) {
           return face.score >= std::max(options.weak_face, other.score) &&
                  other.box.contains(face.box.centre()) &&
                  overlap(face.box, other.box) >= options.same_place;
         });
}

bool may_be_one_head(const Head& face, const Head& other, const FusionOptions& options) {
  const float shared = overlap(face.box, other.box);
  const bool far_too_large = shared >= options.same_place && face.score >= options.weak_face &&
                             other.box.contains(face.box.centre());
  return shared >= options.same_head || far_too_large;
}

/// The pairs that may be one head, most alike first; each face and each other head at most once.
std::vector<Pair> same_heads(const std::vector<Head>& faces, const std::vector<Head>& others,
                             const FusionOptions& options) {
  std::vector<Pair> pairs;
  for (std::size_t f = 0; f < faces.size(); ++f)
    for (std::size_t o = 0; o < others.size(); ++o)
      if (may_be_one_head(faces[f], others[o], options))
        pairs.push_back({f, o, overlap(faces[f].box, others[o].box)});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.likeness > b.likeness; });
  std::vector<bool> face_taken(faces.size()), other_taken(others.size());
  std::erase_if(pairs, [&](const Pair& p) {
    if (face_taken[p.face] || other_taken[p.other]) return true;
    face_taken[p.face] = other_taken[p.other] = true;
    return false;
  });
  return pairs;
}

/// Two independent witnesses of one head: it is missing only if both are wrong.
float both(float a, float b) { return 1 - (1 - a) * (1 - b); }

Head joined(const Head& face, const Head& other) {
  Head head = face;
  if (other.source == HeadSource::head_network) {
    head = other;
    head.face = face.face;
  }
  head.score = both(face.score, other.score);
  return head;
}

/// A weak face that fills only a corner of somebody else's head.
bool is_texture_on(const Head& weak_face, const Head& other) {
  return share_inside(weak_face.box, other.box) > 0.7f &&
         weak_face.box.area() < 0.35f * other.box.area();
}

}  // namespace

std::vector<Head> fused(std::vector<Head> from_faces, std::vector<Head> from_others,
                        const FusionOptions& options) {
  std::erase_if(from_faces, [&](const Head& face) {
    return face.score < options.weak_face &&
           std::any_of(from_others.begin(), from_others.end(),
                       [&](const Head& other) { return is_texture_on(face, other); });
  });
  const std::vector<Head> all_faces = from_faces;
  std::vector<Head> heads;
  std::vector<bool> face_used(from_faces.size()), other_used(from_others.size());
  for (const Pair& pair : same_heads(from_faces, from_others, options)) {
    heads.push_back(joined(from_faces[pair.face], from_others[pair.other]));
    face_used[pair.face] = other_used[pair.other] = true;
  }
  for (std::size_t f = 0; f < from_faces.size(); ++f)
    if (!face_used[f]) heads.push_back(std::move(from_faces[f]));
  for (std::size_t o = 0; o < from_others.size(); ++o)
    if (!other_used[o] && !is_mixed_up(from_others[o], all_faces, options))
      heads.push_back(std::move(from_others[o]));
  std::stable_sort(heads.begin(), heads.end(),
                   [](const Head& a, const Head& b) { return a.score > b.score; });
  return heads;
}

std::vector<Head> in_picture(std::vector<Head> heads, int picture_width, int picture_height) {
  std::erase_if(heads, [&](Head& head) {
    const Box visible = clipped(head.box, picture_width, picture_height);
    const bool hardly =
        visible.area() < head.box.area() / 4 || std::min(visible.width, visible.height) < 4;
    head.box = visible;
    return hardly;
  });
  return heads;
}

}  // namespace dramatis
