#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/failure.h"
#include "project/database.h"

namespace dramatis {

/// What kind of file it is, and how its layout came about: step i leads from version i to i + 1.
/// Steps are kept for good, so that every project ever written can be read.
struct Schema {
  std::int64_t application_id = 0;  ///< stored in the file; tells it from any other SQLite file
  std::span<const char* const> steps;
};

/// The file is whole, but a later program made it.
class NewerVersion : public Failure {
  using Failure::Failure;
};

/// Checks that the file is of this kind and brings it to the newest version, whole or not at all.
/// Throws Failure{project} when it is another kind of file, NewerVersion when it comes from a newer
/// dramatis.
void bring_up_to_date(const Database& database, const Schema& schema);

/// Makes the file if there is none, with what `fill` puts into it: under another name first, so
/// that whoever sees it sees it whole, wherever the program may be killed. Of two programs that try
/// at the same time one succeeds, and both go on with its file.
void create_if_missing(const std::string& path, const Schema& schema, Durability durability,
                       const std::function<void(const Database&)>& fill);

}  // namespace dramatis
