#include "models/test_cache.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dramatis::test {
namespace {

namespace fs = std::filesystem;

/// Writes the entries and frees the archive.
void write_archive(archive* goal, const std::string& path,
                   const std::vector<std::pair<std::string, std::string>>& entries) {
  bool well = archive_write_open_filename(goal, path.c_str()) == ARCHIVE_OK;
  for (const auto& [name, content] : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    well = well && archive_write_header(goal, entry) == ARCHIVE_OK &&
           archive_write_data(goal, content.data(), content.size()) ==
               static_cast<la_ssize_t>(content.size());
    archive_entry_free(entry);
  }
  well = archive_write_free(goal) == ARCHIVE_OK && well;
  if (!well) throw std::runtime_error("cannot write " + path);
}

}  // namespace

TestCache::TestCache() : old_path_(std::getenv("PATH")) {
  std::string pattern = (fs::temp_directory_path() / "dramatis-models-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  ::setenv("TEST", folder_.c_str(), 1);
}

TestCache::~TestCache() {
  ::setenv("PATH", old_path_.c_str(), 1);
  fs::remove_all(folder_);
}

void TestCache::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
}

std::string TestCache::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void TestCache::use_own_programs() {
  fs::create_directory(path("programs"));
  ::setenv("PATH", path("programs").c_str(), 1);
}

void TestCache::add_program(const std::string& name, const std::string& lines) const {
  write("programs/" + name, "#!/bin/sh\n" + lines + "\n");
  fs::permissions(path("programs/" + name), fs::perms::owner_all);
}

void TestCache::add_client(const std::string& name, const std::string& package) const {
  add_program(name, "echo \"" + name +
                        " $*\" >> \"$TEST/calls\"\n"
                        "while [ $# -gt 0 ]; do\n"
                        "  case \"$1\" in --dest | --pack-destination) goal=\"$2\" ;; esac\n"
                        "  shift\n"
                        "done\n"
                        "/bin/cp \"$TEST/" +
                        package + "\" \"$goal/\"");
}

void TestCache::write_wheel(const std::string& name, const Entries& entries) const {
  archive* goal = archive_write_new();
  archive_write_set_format_zip(goal);
  write_archive(goal, path(name), entries);
}

void TestCache::write_npm_package(const std::string& name, const Entries& entries) const {
  archive* goal = archive_write_new();
  archive_write_set_format_ustar(goal);
  archive_write_add_filter_gzip(goal);
  write_archive(goal, path(name), entries);
}

}  // namespace dramatis::test
