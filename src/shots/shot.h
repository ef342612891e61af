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

/// A run of frames from one camera. Shots cover the film without gaps, in order. The frames of a
/// gradual transition, or those blended at a cut, show neither shot cleanly: they lie between the
/// clean_end of the shot before and the clean_start of the shot after, and the boundary somewhere
/// among them (in the middle of a dissolve, a wipe, or the black of a fade; at the abrupt side of a
/// fade that has one).
struct Shot {
  FrameRange range;
  TransitionKind begins_with = TransitionKind::cut;
  /// [range.start, clean_start) shows no clean picture of this shot: no best face is taken from
  /// there. Equal to range.start after a clean cut.
  FrameNumber clean_start = 0;
  /// Likewise [clean_end, range.end) at the end.
  FrameNumber clean_end = 0;
};

}  // namespace dramatis
