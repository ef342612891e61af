#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dramatis {

/// Writes a file whole or not at all: beside its goal under another name, then moved there. Throws
/// Failure{other}, one sentence, when the folder is missing, not writable or full; nothing is left
/// behind then, and what stood there before still stands. A device or a pipe (/dev/null) is written
/// to and never replaced; of a link, what it leads to is written.
void write_whole_file(const std::string& path, std::string_view bytes);

/// Where a file moved to `path` belongs: behind its links, so that the links stay.
std::string behind_links(const std::string& path);

}  // namespace dramatis
