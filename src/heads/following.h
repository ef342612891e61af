#pragma once

#include <vector>

#include "heads/grey_levels.h"
#include "heads/head.h"

namespace dramatis {

/// A look with the picture that it was a look at, and how the way there from the look before went.
struct PicturedLook {
  Look* look = nullptr;
  GreyLevels grey;
  Point camera;            ///< motion of the picture since the look before, in pixels of the frame
  bool after_cut = false;  ///< the picture changed suddenly since the look before
};

struct FollowingOptions {
  float longest_s = 2.5f;       ///< that a head is followed beyond the last look that found it
  float least_likeness = 0.8f;  ///< of a patch and the same a look later, -1 to 1
  float least_lasting = 0.3f;   ///< of a patch and the one where the head was last found, -1 to 1
  float most_strayed = 0.1f;    ///< of the way there and back, in heads
  float reach = 0.6f;           ///< how far a head moves from look to look, in heads
  float other_head = 0.3f;      ///< overlap with another head from which it is that head
  float score = 0.25f;          ///< of a followed head
};

/// Heads that no detector finds in a look although the look before or after it has them are sought
/// in the picture itself, and added to the look as followed heads.
///
/// Method: the patch of grey under the head is found in the next picture by normalised correlation
/// and must lead back from there to where it came from (the forward-backward check of Kalal,
/// Mikolajczyk, Matas 2010). From look to look the patch is taken anew, so that a head may turn;
/// it must stay somewhat like the patch of the last look that found the head, so that it does not
/// drift away. Following ends at a sudden change, after `longest_s`, and where another head is.
/// First forwards for all looks, then backwards for what begins late.
///
/// `looks` ascend. Faces, bodies and their order stay; followed heads come after them.
void follow_lost_heads(const std::vector<PicturedLook>& looks, double frames_per_second,
                       const FollowingOptions& options = {});

}  // namespace dramatis
