#pragma once

#include <string>
#include <string_view>

namespace dramatis {

/// A result: to standard output if `path` is empty or "-", else to a file, written whole or not at
/// all.
void write_result(const std::string& path, std::string_view text);

/// A path as a word that can be copied into a shell: quoted where it must be, and no option.
std::string shell_word(const std::string& path);

}  // namespace dramatis
