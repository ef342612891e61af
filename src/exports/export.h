#pragma once

// A finished project in the words of other programs. One function a format, listed by name in
// export.cpp; a new one is a line there.

#include <span>
#include <string>

#include "project/snapshot.h"

namespace dramatis {

struct ExportFormat {
  const char* name;     ///< as in --format
  const char* ending;   ///< of files, with its dot
  const char* purpose;  ///< in a few words
  /// The whole file. The same project gives the same bytes.
  std::string (*write)(const Snapshot& snapshot);
};

std::span<const ExportFormat> export_formats();
/// Throws Failure{usage} naming those that exist.
const ExportFormat& export_format(const std::string& name);

}  // namespace dramatis
