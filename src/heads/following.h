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

/// The likenesses are the least at which, on films, 95 in 100 boxes that were followed for 1.5 to
/// 2.5 seconds are still on the head (docs/heads.md has the table).
struct FollowingOptions {
  float longest_s = 2.5f;   ///< that a head is followed beyond the last look that found it
  float like_head = 0.8f;   ///< least likeness of a head's patch and the same a look later, -1 to 1
  float like_bust = 0.85f;  ///< likewise of a bust
  float like_in_bust = 0.4f;  ///< and of the head in that bust: shoulders stay when a head ducks
  float lasting = 0.6f;  ///< least likeness to the patch where the head was last found, -1 to 1
  float most_strayed = 0.1f;  ///< of the way there and back, in heads
  float reach = 0.6f;         ///< how far a head moves from look to look, in heads
  float covered = 0.2f;       ///< share of it in another head's box from which it is that head, or
                              ///< half hidden and drawn along by it
  float score = 0.25f;        ///< of a followed head: it may continue a track, never begin one
};

/// Heads that no detector finds in a look although the look before or after it has them are sought
/// in the picture itself, and added to the look as followed heads.
///
/// Method: the patch of grey under the head is found in the next picture by normalised correlation
/// and must lead back from there to where it came from (the forward-backward check of Kalal,
/// Mikolajczyk, Matas 2010). From look to look the patch is taken anew, so that a head may turn;
/// it must stay somewhat like the patch of the last look that found the head, so that it does not
/// drift away, nor stay on the wall when the head has left. A head that turns faster than that is
/// followed by its bust: neck and shoulders stay. Following ends at a sudden change, after
/// `longest_s`, and where another head is. First forwards for all looks, then backwards for what
/// begins late.
///
/// Cost: two searches a lost head and look, of 24 x 24 pixels in 53 x 53; four where the head's own
/// patch is not enough.
///
/// `looks` ascend. Faces, bodies and their order stay; followed heads come after them.
void follow_lost_heads(const std::vector<PicturedLook>& looks, double frames_per_second,
                       const FollowingOptions& options = {});

}  // namespace dramatis
