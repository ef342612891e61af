#include "project/schema.h"

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

}  // namespace

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
