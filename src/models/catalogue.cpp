#include "models/catalogue.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/whole_file.h"
#include "models/conversion.h"
#include "models/description_file.h"
#include "models/file_lock.h"
#include "models/manifest.h"
#include "models/package_client.h"
#include "models/receipt.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kListFormat = "dramatis-models/1";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string default_cache_folder() {
  if (const std::string own = environment("DRAMATIS_CACHE"); !own.empty()) return own;
  if (const std::string all = environment("XDG_CACHE_HOME"); !all.empty()) return all + "/dramatis";
  const std::string home = environment("HOME");
  return (home.empty() ? fs::temp_directory_path().string() : home + "/.cache") + "/dramatis";
}

std::vector<std::string> hashes(const ModelDescription& model) {
  if (!model.built_in()) return {model.sha256};
  std::vector<std::string> hashes;
  for (const PackageFile& file : model.package_files) hashes.push_back(file.sha256);
  return hashes;
}

/// A receipt of this very version of the model.
std::optional<Receipt> receipt_of(const ModelDescription& model, const std::string& path) {
  std::optional<Receipt> receipt = read_receipt(path);
  if (!receipt || receipt->sources != hashes(model) || receipt->files[0].path != model.file)
    return {};
  return receipt;
}

/// So that a file whose date has changed is hashed once and not every time.
void remember_dates(const Receipt& receipt, const std::string& path) {
  const Receipt present = with_present_dates(receipt);
  if (present == receipt) return;
  try {
    write_receipt(path, present);
  } catch (const Failure&) {  // a cache that may only be read works too
  }
}

/// A scratch folder of its own, gone at the end. One a model, so that nothing piles up.
class Scratch {
 public:
  explicit Scratch(fs::path path) : path_(std::move(path)) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const fs::path& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw model_failure(folder, "the cache folder cannot be made");
}

std::string own_models_path(const std::string& folder) { return folder + "/own-models.json"; }

/// The descriptions of the user's own networks by name, as JSON.
Json read_own_list(const std::string& path) {
  std::ifstream file(path);
  if (!file) return Json::object();
  try {
    const Json json = Json::parse(file);
    const Json& models = json.at("models");
    const bool whole = std::all_of(models.begin(), models.end(), [](const Json& entry) {
      return entry.at("description").is_object() && entry.at("sha256").is_string();
    });
    if (json.at("format") == kListFormat && models.is_object() && whole) return models;
  } catch (const Json::exception&) {
  }
  throw model_failure(path,
                      "the list of your own networks is damaged; remove it and add them again");
}

void write_own_list(const std::string& path, const Json& models) {
  write_whole_file(path, Json({{"format", kListFormat}, {"models", models}}).dump(2) + "\n");
}

}  // namespace

std::string role_text(ModelRole role) {
  switch (role) {
    case ModelRole::face_detector:
      return "face_detector";
    case ModelRole::body_keypoints:
      return "body_keypoints";
    case ModelRole::head_detector:
      return "head_detector";
    case ModelRole::face_quality:
      return "face_quality";
    case ModelRole::embedding:
      return "embedding";
    case ModelRole::shot_detector:
      return "shot_detector";
  }
  return "";
}

std::string how_to_mend(const ModelDescription& model) {
  return model.built_in() ? fmt::format("run: dramatis models fetch {}", model.name)
                          : "add it again: dramatis models add DESCRIPTION.json";
}

Catalogue::Catalogue() : Catalogue(default_cache_folder()) {}
Catalogue::Catalogue(std::string cache_folder)
    : Catalogue(std::move(cache_folder), built_in_models()) {}

Catalogue::Catalogue(std::string cache_folder, std::vector<ModelDescription> built_in)
    : cache_folder_(fs::absolute(cache_folder).string()), models_(std::move(built_in)) {
  for (ModelDescription& model : models_) model.file = folder() + "/" + model.file;
  read_own_models();
}

std::string Catalogue::folder() const { return cache_folder_ + "/models"; }

std::string Catalogue::receipt_path(const ModelDescription& model) const {
  return fmt::format("{}/{}.receipt", folder(), model.name);
}

void Catalogue::read_own_models() {
  std::erase_if(models_, [](const ModelDescription& model) { return !model.built_in(); });
  const std::string path = own_models_path(folder());
  const Json list = read_own_list(path);
  for (const auto& [name, entry] : list.items()) {
    models_.push_back(parse_description(entry.at("description"), path, folder()));
    models_.back().sha256 = entry.at("sha256");
  }
}

const ModelDescription& Catalogue::find(const std::string& name) const {
  std::vector<std::string> names;
  for (const ModelDescription& model : models_) {
    if (model.name == name) return model;
    names.push_back(model.name);
  }
  throw usage_failure(
      fmt::format("There is no network called {}; these exist: {}.", name, fmt::join(names, ", ")));
}

const ModelDescription& Catalogue::find(const std::string& name, ModelRole role) const {
  std::vector<std::string> names;
  for (const ModelDescription& model : models_) {
    if (model.role != role) continue;
    if (model.name == name) return model;
    names.push_back(model.name);
  }
  throw usage_failure(fmt::format("There is no {} called {}; {}.", role_text(role), name,
                                  names.empty()
                                      ? "none is known (see: dramatis models add --help)"
                                      : fmt::format("these exist: {}", fmt::join(names, ", "))));
}

const ModelDescription& Catalogue::default_for(ModelRole role) const {
  for (const ModelDescription& model : models_)
    if (model.role == role && model.built_in()) return model;
  throw usage_failure(fmt::format("There is no built-in {}.", role_text(role)));
}

ModelState Catalogue::state(const ModelDescription& model) const {
  const std::optional<Receipt> receipt = receipt_of(model, receipt_path(model));
  if (!receipt) return ModelState::missing;
  ModelState state = ModelState::ready;
  for (const ReceiptFile& file : receipt->files) {
    const FileState seen = look_at(file);
    if (seen == FileState::absent) return ModelState::missing;
    if (seen == FileState::changed) state = ModelState::damaged;
  }
  return state;
}

void Catalogue::require(const ModelDescription& model) const {
  const std::optional<Receipt> receipt = receipt_of(model, receipt_path(model));
  const auto fail = [&](const std::string& what) {
    throw model_failure(model.name, fmt::format("{}; {}", what, how_to_mend(model)));
  };
  if (!receipt) fail(fmt::format("the network is not in {}", folder()));
  for (const ReceiptFile& file : receipt->files) {
    const FileState seen = glance_at(file);
    if (seen == FileState::absent) fail(fmt::format("{} is missing", file.path));
    if (seen == FileState::changed) fail(fmt::format("{} is damaged or was changed", file.path));
  }
  remember_dates(*receipt, receipt_path(model));
}

void Catalogue::fetch(const ModelDescription& model, const Watcher& watcher) const {
  if (!model.built_in())
    throw model_failure(model.name, "this is your own network; it is not fetched");
  make_folder(folder());
  const FileLock lock(fmt::format("{}/.{}.lock", folder(), model.name), watcher);
  if (state(model) == ModelState::ready) return;
  try {
    const Scratch scratch(fmt::format("{}/.{}.partial", folder(), model.name));
    const std::vector<std::string> sources = fetch_package(model, scratch.path(""), watcher);
    const std::string made = scratch.path(fs::path("made") / fs::path(model.file).filename());
    fs::create_directories(fs::path(made).parent_path());
    convert(model.conversion, sources, made);
    watcher.check();
    install(model, made);
  } catch (const fs::filesystem_error& error) {
    throw model_failure(model.name, fmt::format("the cache folder {} cannot be written ({})",
                                                folder(), error.code().message()));
  }
}

/// Moves the files that the engine reads into their place. Until the new receipt is there the model
/// counts as missing, so nobody loads half of it.
void Catalogue::install(const ModelDescription& model, const std::string& made) const {
  fs::remove(receipt_path(model));
  const std::vector<std::string> from = files_of_model(made), to = files_of_model(model.file);
  for (std::size_t i = 0; i < from.size(); ++i) fs::rename(from[i], to[i]);
  write_receipt(receipt_path(model), receipt_for(model.file, hashes(model)));
}

ModelDescription Catalogue::add(const std::string& description_file) {
  ModelDescription model = read_description(description_file);
  for (const ModelDescription& known : models_)
    if (known.built_in() && known.name == model.name)
      throw model_failure(description_file,
                          "\"name\" is that of a built-in network; choose another");
  check_network(model, description_file);
  make_folder(folder());
  const FileLock lock(folder() + "/.own-models.lock", Watcher{});
  Json list = read_own_list(own_models_path(folder()));
  std::ifstream file(description_file);
  Json description = Json::parse(file);
  description["file"] = model.file;
  list[model.name] = {{"description", description}, {"sha256", model.sha256}};
  write_receipt(receipt_path(model), receipt_for(model.file, hashes(model)));
  write_own_list(own_models_path(folder()), list);
  read_own_models();
  return model;
}

void Catalogue::remove(const std::string& name) {
  const ModelDescription model = find(name);
  if (model.built_in())
    throw usage_failure(fmt::format("{} is built in and cannot be removed.", name));
  const FileLock lock(folder() + "/.own-models.lock", Watcher{});
  Json list = read_own_list(own_models_path(folder()));
  list.erase(name);
  write_own_list(own_models_path(folder()), list);
  std::error_code ignored;
  fs::remove(receipt_path(model), ignored);
  read_own_models();
}

}  // namespace dramatis
