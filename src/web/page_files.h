#pragma once

#include <span>
#include <string_view>

namespace dramatis {

/// A file of src/web/page, as it was when the program was built.
struct PageFile {
  std::string_view name;  ///< "room.js"
  std::string_view bytes;
};

std::span<const PageFile> page_files();

}  // namespace dramatis
