#pragma once

#include "web/message.h"
#include "web/room.h"

namespace dramatis {

/// The room's answer to a visitor who was let in (web/doorkeeper.h). Failures become answers with
/// one sentence as "error": 400 for what makes no sense, 404 for what there is not, 409 when
/// somebody else changed the cast meanwhile, 424 when a network is
/// missing, 503 while there is no cast yet. What it throws itself
/// is a defect.
WebReply answer(Room& room, const WebRequest& request);

/// {"error": sentence}
WebReply refusal(int status, const std::string& sentence);

}  // namespace dramatis
