#pragma once

// For tests alone: where real photographs and clips lie, and the default networks, on machines that
// have them. No test needs them to pass; one that wants them skips with a word.

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "models/catalogue.h"

namespace dramatis::test {

/// $DRAMATIS_DATA, or the folder shared/data beside the source tree.
inline std::optional<std::filesystem::path> data_folder() {
  namespace fs = std::filesystem;
  const char* named = std::getenv("DRAMATIS_DATA");
  const fs::path folder =
      named ? fs::path(named) : fs::path(__FILE__).parent_path() / "../../../shared/data";
  std::error_code ignored;
  if (!fs::exists(folder / "pairs.csv", ignored)) return std::nullopt;
  return fs::canonical(folder, ignored);
}

/// A default network that was fetched, or nothing.
inline std::optional<ModelDescription> fetched_model(const std::string& name) {
  const Catalogue catalogue;
  const ModelDescription& model = catalogue.find(name);
  std::error_code ignored;
  if (!std::filesystem::exists(model.file, ignored)) return std::nullopt;
  return model;
}

}  // namespace dramatis::test
