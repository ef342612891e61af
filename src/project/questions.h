#pragma once

#include <vector>

#include "people/cast.h"
#include "project/cast_view.h"

namespace dramatis {

/// The questions still worth asking, most worth first, at most one for each two persons: not those
/// that were answered, that names answer, or that are about pictures and ignored persons.
std::vector<Question> open_questions(const std::vector<Question>& questions, const CastView& view);

}  // namespace dramatis
