#pragma once

#include <string>

namespace dramatis {

/// 32 hexadecimal digits that name a file's content: SHA-256, cut to 128 bits, of its size, its
/// first and last MiB and sixteen pieces of 64 KiB between them. Reads 3 MiB however large the
/// film, so that a film of 50 GB on a slow disk is named at once. Throws Failure{film}.
std::string content_fingerprint(const std::string& path);

}  // namespace dramatis
