#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/picture.h"
#include "web/room.h"

namespace dramatis {

/// So many of the heads seen last are shown while there is no cast yet.
inline constexpr std::size_t kHeadsSeen = 48;

/// The film, and how far the project is.
nlohmann::json state_json(Room& room);
/// What windows are told when it changes: the cast, the results of a run, its progress.
nlohmann::json pulse_json(Room& room, const RoomState& state);

/// Boxes of the heads of that frame, in the colours of their persons: of one track, or of all when
/// `only_track` is 0. The picture may be of another size than the film.
void draw_boxes(Picture& picture, const Snapshot& snapshot, FrameNumber frame, int only_track);

}  // namespace dramatis
