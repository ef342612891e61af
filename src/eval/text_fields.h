#pragma once

// Reading small text files, for the readers of truths.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"

namespace dramatis {

/// A byte order mark at the beginning is left out. Throws Failure{usage} when it cannot be read.
std::string whole_text(const std::string& file);

/// Without their ends, be they \n or \r\n, and without white space around.
std::vector<std::string_view> lines_of(std::string_view text);
std::string_view first_line(std::string_view text);

/// Between commas, without white space around; never empty. A field in quotation marks may hold
/// commas, and a doubled mark for a mark (RFC 4180), but no line break.
std::vector<std::string> fields_of(std::string_view line);

/// A number and nothing else; a frame is not negative.
std::optional<float> number_in(std::string_view field);
std::optional<int> whole_number_in(std::string_view field);
std::optional<FrameNumber> frame_in(std::string_view field);

/// A box that can be in a film: with width and height, and within a million pixels.
bool is_plausible(const Box& box);

/// Where in a header's fields each of these columns is; nothing when one is not among them.
std::optional<std::vector<std::size_t>> columns_named(const std::vector<std::string>& header,
                                                      std::initializer_list<const char*> names);

}  // namespace dramatis
