#include "cli/portraits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <vector>

#include "analysis/portrait_reader.h"
#include "base/failure.h"
#include "cli/output.h"
#include "film/picture_file.h"
#include "project/portraits.h"
#include "quality/face_quality.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> listed(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename().string().front() != '.') paths.push_back(entry.path());
  if (error) throw usage_failure("The folder '" + folder.string() + "' cannot be read.");
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// NAME.jpg, or a folder NAME with several pictures of one person.
std::map<std::string, std::vector<fs::path>> pictures_in(const std::string& folder) {
  std::map<std::string, std::vector<fs::path>> pictures;
  for (const fs::path& path : listed(folder)) {
    if (!fs::is_directory(path)) {
      pictures[path.stem().string()].push_back(path);
      continue;
    }
    for (const fs::path& file : listed(path)) pictures[path.filename().string()].push_back(file);
  }
  return pictures;
}

/// Nothing, and a word on standard error, where there is no face or no picture.
std::optional<Embedding> face_in(const fs::path& file, PortraitReader& reader) {
  std::string why = "no face to be read";
  try {
    if (auto face = reader.read(read_picture(file.string()))) return face;
  } catch (const Failure& failure) {
    if (failure.kind() != FailureKind::film) throw;
    why = "no picture";
  }
  fmt::print(stderr, "{}: {}\n", file.filename().string(), why);
  return std::nullopt;
}

/// The mean of the faces of one person.
std::optional<Embedding> face_of(const std::vector<fs::path>& files, PortraitReader& reader) {
  Embedding sum;
  float count = 0;
  for (const fs::path& file : files)
    if (const auto face = face_in(file, reader)) {
      sum.resize(face->size(), 0.0f);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += (*face)[i];
      ++count;
    }
  if (sum.empty()) return std::nullopt;
  for (float& value : sum) value /= count;
  return sum;
}

}  // namespace

void suggest_names_from(const std::string& project_folder, const std::string& pictures_folder) {
  Project project = Project::open(project_folder);
  const Snapshot snapshot = snapshot_of(project);
  const Catalogue catalogue;
  const std::string embedding = embedding_of_run(project.analysis(), catalogue);
  const auto pictures = pictures_in(pictures_folder);
  PortraitReader reader(catalogue, embedding);
  int found = 0;
  for (const auto& [name, files] : pictures)
    if (auto face = face_of(files, reader)) {
      store_portrait(project_folder, {name, std::move(*face)});
      ++found;
    }
  const auto suggestions =
      suggested_names(portrait_judge_of(project.analysis(), default_min_face_quality),
                      snapshot.view, portraits_of(project_folder));
  std::string table = "person,name,probability\n";
  for (const NameSuggestion& one : suggestions)
    table += fmt::format("{},{},{:.3f}\n", one.person, one.name, one.probability);
  write_result("", table);
  fmt::print(stderr,
             "{} portraits read, {} suggestions; nobody was named. Say yes in the room, or:\n",
             found, suggestions.size());
  for (const NameSuggestion& one : suggestions)
    fmt::print(stderr, "  dramatis name {} {} \"{}\"\n", shell_word(project_folder), one.person,
               one.name);
}

}  // namespace dramatis
