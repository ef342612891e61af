#pragma once

#include <string_view>

#include "base/frame_time.h"

namespace dramatis {

/// How a shot begins.
enum class TransitionKind { start_of_film, cut, fade, dissolve, wipe };

/// "start_of_film", "cut", …: as in the exports.
constexpr std::string_view name_of(TransitionKind kind) {
  constexpr std::string_view names[] = {"start_of_film", "cut", "fade", "dissolve", "wipe"};
  return names[static_cast<int>(kind)];
}

/// A run of frames from one camera. Shots cover the film without gaps, in order; the frames of a
/// gradual transition belong to the shot that follows it: [range.start, clean_start).
struct Shot {
  FrameRange range;
  TransitionKind begins_with = TransitionKind::cut;
  /// Blended or black frames at the beginning: [range.start, clean_start) shows no clean picture of
  /// this shot, so no best face is taken from there. Equal to range.start after a clean cut.
  FrameNumber clean_start = 0;
  /// Likewise [clean_end, range.end) at the end.
  FrameNumber clean_end = 0;
};

}  // namespace dramatis
