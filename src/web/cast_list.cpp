#include "web/cast_list.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/failure.h"
#include "base/whole_file.h"
#include "project/words.h"

namespace dramatis {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNames = 5000;
constexpr std::size_t kLongestName = 200;

std::string path_in(const std::string& folder) { return folder + "/room.json"; }

std::string trimmed(const std::string& text) {
  const char* space = " \t\r\n\"";
  const std::size_t start = text.find_first_not_of(space);
  if (start == std::string::npos) return "";
  return text.substr(start, text.find_last_not_of(space) - start + 1);
}

bool is_number(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isdigit(c) != 0 || c == '.' || c == '-' || c == '#';
  });
}

/// Fields of a line as RFC 4180, with any of the separators people use.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ',' || c == ';' || c == '\t')) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

}  // namespace

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && names.size() < kMostNames;)
    for (const std::string& field : fields_of(line)) {
      const std::string name = trimmed(field);
      if (name.empty() || is_number(name) || name.size() > kLongestName) continue;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      break;
    }
  return names;
}

std::vector<std::string> cast_list_of(const std::string& project_folder) {
  std::ifstream file(path_in(project_folder), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const json stored = json::parse(bytes, nullptr, false);
  std::vector<std::string> names;
  if (stored.is_object() && stored.contains("names") && stored["names"].is_array())
    for (const json& name : stored["names"])
      if (name.is_string()) names.push_back(name.get<std::string>());
  return names;
}

std::vector<std::string> store_cast_list(const std::string& project_folder, const json& request) {
  if (!request.contains("text") || !request["text"].is_string())
    throw usage_failure("The field 'text' must be a text.");
  const std::vector<std::string> names = names_in(request["text"].get<std::string>());
  write_whole_file(path_in(project_folder),
                   json{{"format", "dramatis-room/1"}, {"names", names}}.dump(1) + "\n");
  return names;
}

}  // namespace dramatis
