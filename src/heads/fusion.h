#pragma once

#include <vector>

#include "heads/head.h"

namespace dramatis {

/// One head, one box. `from_faces` and `from_others` (keypoints or a head network) are the heads of
/// the same frame, not clipped.
///
/// A face and a keypoint head that share much of their boxes are one head, and the face's box is
/// kept: most looks seek faces only, and a box made the same way in every look does not jump. The
/// keypoints still raise the score: two networks agree. Where only one network sees a head, it
/// stands alone. The keypoints win against a weak face (below `weak_face`) that lies in their head
/// but claims another size: small textures on a big head are often taken for faces. A head network
/// that was trained for whole heads wins over the box guessed from a face, and takes over the face.
///
/// Best first. Boxes are not clipped.
struct FusionOptions {
  float same_head = 0.3f;  ///< overlap from which two boxes are one head
  /// Overlap from which a sure face in the middle of keypoints that claim a far larger head is its
  /// face.
  float same_place = 0.1f;
  float weak_face = 0.45f;  ///< score
};
std::vector<Head> fused(std::vector<Head> from_faces, std::vector<Head> from_others,
                        const FusionOptions& options = {});

/// Clips the boxes to the picture and drops what is hardly in it: less than a quarter of the head,
/// or less than 4 pixels.
std::vector<Head> in_picture(std::vector<Head> heads, int picture_width, int picture_height);

}  // namespace dramatis
