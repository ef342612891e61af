#include "cli/output.h"

#include <cstdio>

#include "base/failure.h"
#include "base/whole_file.h"

namespace dramatis {

void write_result(const std::string& path, std::string_view text) {
  if (!path.empty() && path != "-") return write_whole_file(path, text);
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0)
    throw Failure(FailureKind::other, "standard output: cannot be written");
}

}  // namespace dramatis
