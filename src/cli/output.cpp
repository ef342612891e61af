#include "cli/output.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>

#include "base/failure.h"
#include "base/whole_file.h"

namespace dramatis {

void write_result(const std::string& path, std::string_view text) {
  if (!path.empty() && path != "-") return write_whole_file(path, text);
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0)
    throw Failure(FailureKind::other, "standard output: cannot be written");
}

std::string shell_word(const std::string& path) {
  const auto plain = [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 || std::strchr("/._-+=:,@%", c) != nullptr;
  };
  std::string word = path.starts_with('-') ? "./" + path : path;
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  for (std::size_t at = 0; (at = word.find('\'', at)) != std::string::npos; at += 4)
    word.replace(at, 1, "'\\''");
  return "'" + word + "'";
}

}  // namespace dramatis
