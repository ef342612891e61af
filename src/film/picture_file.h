#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/picture.h"

namespace dramatis {

/// A photograph: PNG, JPEG, WebP, …, told by content, not by name. Throws Failure{film}.
Picture read_picture(const std::string& path);
Picture decode_picture(const std::vector<std::uint8_t>& bytes);
/// Bytes of a JPEG file, quality 1 to 100.
std::vector<std::uint8_t> encode_jpeg(const Picture& picture, int quality = 90);
/// Lossless. Written whole or not at all; throws Failure{other}.
void write_png(const std::string& path, const Picture& picture);

}  // namespace dramatis
