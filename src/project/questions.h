#pragma once

#include <vector>

#include "people/cast.h"
#include "project/cast_view.h"

namespace dramatis {

/// The questions of a cast that are still worth asking, most worth first: whether two persons are
/// one, at most one question for each two, and whether a track belongs to its person. Heads
/// that nobody knows are persons here. Not asked is what was answered, what names answer, and what
/// is about pictures and the ignored.
std::vector<Question> open_questions(const Cast& cast, const CastView& view);

}  // namespace dramatis
