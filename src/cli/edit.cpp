#include "cli/edit.h"

#include <fmt/format.h>

#include <cstdio>

#include "cli/output.h"

namespace dramatis {

void print_result(const EditResult& result) {
  write_result("", result.sentence + "\n");
  for (const std::string& note : result.notes) fmt::print(stderr, "{}\n", note);
}

void edit_project(const std::string& folder, const std::function<Plan(const Snapshot&)>& plan) {
  Project project = Project::open(folder);
  print_result(CastEditor(project).apply(plan));
}

std::vector<int> persons_meant_by(const Snapshot& snapshot, const std::vector<std::string>& words) {
  std::vector<int> ids;
  for (const std::string& word : words) ids.push_back(person_meant_by(snapshot, word));
  return ids;
}

}  // namespace dramatis
