#include "project/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace dramatis {
namespace {

/// The version of the file; throws when it is not ours to read.
std::int64_t checked_version(const Database& database, const Schema& schema) {
  const std::int64_t kind = database.number("PRAGMA application_id");
  const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (kind != schema.application_id && !(kind == 0 && empty))
    throw project_failure(database.path(), "the file is not part of a dramatis project");
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version > std::ssize(schema.steps))
    throw NewerVersion(FailureKind::project,
                       database.path() +
                           ": the project was made by a newer version of dramatis (format " +
                           std::to_string(version) + "; this program knows format " +
                           std::to_string(schema.steps.size()) + ")");
  return version;
}

/// A database under construction; what is left of it goes away with its owner.
class Scaffold {
 public:
  explicit Scaffold(const std::string& path)
      : path_(path + ".new" + std::to_string(getpid())), goal_(path) {
    remove_all();
  }
  ~Scaffold() { remove_all(); }
  const std::string& path() const { return path_; }

  /// Gives it its name, unless somebody was quicker.
  void reveal() const {
    const bool linked = link(path_.c_str(), goal_.c_str()) == 0 || errno == EEXIST;
    // Some file systems know no links.
    if (!linked && rename(path_.c_str(), goal_.c_str()) != 0)
      throw Failure(FailureKind::other, goal_ + ": cannot be made (" + std::strerror(errno) + ")");
    const std::string folder = std::filesystem::path(goal_).parent_path().string();
    const int handle = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
    if (handle < 0) return;
    fsync(handle);  // the name, too, outlives a power cut
    close(handle);
  }

 private:
  void remove_all() const {
    for (const char* part : {"", "-wal", "-shm", "-journal"}) unlink((path_ + part).c_str());
  }
  std::string path_;
  std::string goal_;
};

}  // namespace

void create_if_missing(const std::string& path, const Schema& schema, Durability durability,
                       const std::function<void(const Database&)>& fill) {
  if (std::filesystem::exists(path)) return;
  const Scaffold scaffold(path);
  {
    const Database database = Database::create(scaffold.path(), durability);
    bring_up_to_date(database, schema);
    fill(database);
    // Everything into the one file: closing would do the same, but not say when the disk is full.
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  scaffold.reveal();
}

void bring_up_to_date(const Database& database, const Schema& schema) {
  if (checked_version(database, schema) == std::ssize(schema.steps)) return;
  Transaction transaction(database);
  // Read again: another program may have done it while this one waited.
  const std::int64_t version = checked_version(database, schema);
  for (const char* step : schema.steps.subspan(static_cast<std::size_t>(version)))
    database.execute(step);
  database.execute("PRAGMA application_id=" + std::to_string(schema.application_id));
  database.execute("PRAGMA user_version=" + std::to_string(schema.steps.size()));
  transaction.commit();
}

}  // namespace dramatis
