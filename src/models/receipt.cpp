#include "models/receipt.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/whole_file.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFormat = "dramatis-receipt/1";

std::int64_t modified(const std::string& path) {
  std::error_code error;
  const auto time = fs::last_write_time(path, error);
  return error ? 0 : time.time_since_epoch().count();
}

/// The name of a file in the receipt's own folder, else the whole path.
std::string name_beside(const std::string& file, const std::string& receipt) {
  const fs::path path(file);
  return path.parent_path() == fs::path(receipt).parent_path() ? path.filename().string() : file;
}

bool size_is(const ReceiptFile& file) {
  std::error_code error;
  return fs::file_size(file.path, error) == file.size && !error;
}

}  // namespace

std::string sha256_of_file(const std::string& path) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state(EVP_MD_CTX_new(),
                                                                      EVP_MD_CTX_free);
  EVP_DigestInit_ex(state.get(), EVP_sha256(), nullptr);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw model_failure(path, "the file cannot be read");
  std::array<char, 1 << 16> block;
  while (file.read(block.data(), block.size()) || file.gcount() > 0)
    EVP_DigestUpdate(state.get(), block.data(), static_cast<std::size_t>(file.gcount()));
  if (file.bad()) throw model_failure(path, "the file cannot be read");
  std::array<unsigned char, 32> digest;
  EVP_DigestFinal_ex(state.get(), digest.data(), nullptr);
  std::string text;
  for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

std::vector<std::string> files_of_model(const std::string& model_file) {
  if (fs::path(model_file).extension() != ".xml") return {model_file};
  return {model_file, fs::path(model_file).replace_extension(".bin").string()};
}

Receipt receipt_for(const std::string& model_file, std::vector<std::string> sources) {
  Receipt receipt{std::move(sources), {}};
  for (const std::string& path : files_of_model(model_file))
    receipt.files.push_back({path, fs::file_size(path), modified(path), sha256_of_file(path)});
  return receipt;
}

std::optional<Receipt> read_receipt(const std::string& path) {
  std::ifstream file(path);
  if (!file) return {};
  try {
    const Json json = Json::parse(file);
    if (json.at("format") != kFormat) return {};
    Receipt receipt{json.at("sources"), {}};
    for (const Json& entry : json.at("files"))
      receipt.files.push_back(
          {(fs::path(path).parent_path() / entry.at("path").get<std::string>()).string(),
           entry.at("size"), entry.at("modified"), entry.at("sha256")});
    if (receipt.files.empty()) return {};
    return receipt;
  } catch (const Json::exception&) {
    return {};
  }
}

void write_receipt(const std::string& path, const Receipt& receipt) {
  Json files = Json::array();
  for (const ReceiptFile& file : receipt.files)
    files.push_back({{"path", name_beside(file.path, path)},
                     {"size", file.size},
                     {"modified", file.modified},
                     {"sha256", file.sha256}});
  const Json json = {{"format", kFormat}, {"sources", receipt.sources}, {"files", files}};
  write_whole_file(path, json.dump(2) + "\n");
}

FileState glance_at(const ReceiptFile& file) {
  if (!fs::exists(file.path)) return FileState::absent;
  if (!size_is(file)) return FileState::changed;
  return modified(file.path) == file.modified ? FileState::whole : look_at(file);
}

FileState look_at(const ReceiptFile& file) {
  if (!fs::exists(file.path)) return FileState::absent;
  return size_is(file) && sha256_of_file(file.path) == file.sha256 ? FileState::whole
                                                                   : FileState::changed;
}

Receipt with_present_dates(Receipt receipt) {
  for (ReceiptFile& file : receipt.files) file.modified = modified(file.path);
  return receipt;
}

}  // namespace dramatis
