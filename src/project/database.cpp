#include "project/database.h"

#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>

#include "base/failure.h"

namespace dramatis {
namespace {

constexpr int kBusyTimeoutMs = 10000;
constexpr std::uintmax_t kSmallestPageBytes = 512;  ///< every database is a multiple of it

/// The one sentence for an error of SQLite.
Failure failure_of(sqlite3* handle, const std::string& path, int code) {
  const auto other = [&](const std::string& what) {
    return Failure(FailureKind::other, path + ": " + what);
  };
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return project_failure(path, "the file is damaged or is not part of a dramatis project");
    case SQLITE_FULL:
      return other("the disk is full; what was stored before is safe");
    case SQLITE_IOERR:
      return other("the disk reports an error; what was stored before is safe");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return other("cannot be written; its folder or file is read-only");
    case SQLITE_CANTOPEN:
      return other("cannot be opened; check its rights and those of its folder");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return other("another program keeps the file locked; try again when it is done");
    default:
      return other(handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
  }
}

bool writable(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const bool file_ok = access(path.c_str(), F_OK) != 0 || access(path.c_str(), W_OK) == 0;
  return file_ok && access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

std::string name_of(int depth) { return "inner_" + std::to_string(depth); }

/// The path of a file that can be a whole database. SQLite would take one of a few bytes for a new
/// one and fill up a last page that is cut; what was there would be gone without a word.
const std::string& checked(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw project_failure(path, "there is no such file");
  const auto size = fs::file_size(path, error);
  // While another program moves its log into the file, the last page may be unfinished.
  const bool log_beside =
      fs::exists(path + "-wal", error) && fs::file_size(path + "-wal", error) > 0;
  if (size < kSmallestPageBytes || (!log_beside && size % kSmallestPageBytes != 0))
    throw project_failure(path, "the file is damaged: a part of it is missing");
  return path;
}

/// A path as a file: address, with the signs that mean something there written out.
std::string address_of(const std::string& path) {
  std::string address = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      char written[4];
      std::snprintf(written, sizeof written, "%%%02X", static_cast<unsigned char>(c));
      address += written;
    } else {
      address += c;
    }
  }
  return address;
}

}  // namespace

void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Database Database::create(const std::string& path, Durability durability) {
  return Database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, durability);
}

Database::Database(const std::string& path, Durability durability)
    : Database(checked(path), writable(path) ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY,
               durability) {}

Database::Database(const std::string& path, int mode, Durability durability)
    : path_(path), read_only_(mode == SQLITE_OPEN_READONLY) {
  // In a folder that cannot be written SQLite cannot make its log beside the file; "immutable"
  // reads without one. A log that is there already must be read, though: it holds the latest.
  const bool immutable = read_only_ && !std::filesystem::exists(path + "-wal");
  const std::string address = address_of(path) + (immutable ? "?immutable=1" : "");
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(address.c_str(), &handle, mode | SQLITE_OPEN_URI, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) throw failure_of(handle, path, code);

  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  if (!read_only_) {
    execute("PRAGMA journal_mode=WAL");
    execute(durability == Durability::power_cut ? "PRAGMA synchronous=FULL"
                                                : "PRAGMA synchronous=NORMAL");
    execute("PRAGMA foreign_keys=ON");
  }
  number("SELECT count(*) FROM sqlite_schema");  // reads the first page: is it a database at all?
}

void Database::execute(const std::string& sql) const {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw failure_of(handle_.get(), path_, code);
}

std::int64_t Database::number(const std::string& sql) const {
  Statement statement(*this, sql);
  return statement.next() ? statement.integer(0) : 0;
}

void Database::check_all() const {
  Statement statement(*this, "PRAGMA quick_check(1)");
  if (!statement.next() || statement.text(0) != "ok")
    throw failure_of(handle_.get(), path_, SQLITE_CORRUPT);
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.handle_.get(), sql.data(),
                                      static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) throw failure_of(database.handle_.get(), database.path_, code);
}

bool Statement::next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  // Back to the start at once: a statement that stands still keeps the file locked.
  sqlite3_reset(statement_.get());
  if (code == SQLITE_DONE) return false;
  throw failure_of(database_->handle_.get(), database_->path_, code);
}

void Statement::damaged() const { throw project_failure(database_->path(), "the file is damaged"); }

void Statement::rewind() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

void Statement::bind_at(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), place, value);
}
void Statement::bind_at(int place, double value) {
  sqlite3_bind_double(statement_.get(), place, value);
}
void Statement::bind_at(int place, const std::string& text) {
  sqlite3_bind_text64(statement_.get(), place, text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}
void Statement::bind_at(int place, std::span<const std::byte> bytes) {
  if (bytes.empty()) {
    sqlite3_bind_zeroblob(statement_.get(), place, 0);
  } else {
    sqlite3_bind_blob64(statement_.get(), place, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  }
}
void Statement::bind_at(int place, std::nullptr_t) { sqlite3_bind_null(statement_.get(), place); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }
std::string Statement::text(int column) const {
  const auto* start = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return start ? std::string(reinterpret_cast<const char*>(start), static_cast<std::size_t>(size))
               : std::string();
}
std::string_view Statement::blob(int column) const {
  const void* start = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return start ? std::string_view(static_cast<const char*>(start), static_cast<std::size_t>(size))
               : std::string_view();
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Transaction::Transaction(const Database& database, Purpose purpose)
    : database_(&database), depth_(*database.open_transactions_) {
  // IMMEDIATE takes the right to write at once, so two writers wait for each other here and never
  // fail in the middle. A reader needs no right: it keeps seeing what there was at its first look.
  const char* begin = purpose == Purpose::write ? "BEGIN IMMEDIATE" : "BEGIN";
  database.execute(depth_ == 0 ? begin : "SAVEPOINT " + name_of(depth_));
  ++*database.open_transactions_;
}

Transaction::~Transaction() {
  if (done_) return;
  --*database_->open_transactions_;
  const std::string inner = name_of(depth_);
  const std::string sql = depth_ == 0 ? "ROLLBACK" : "ROLLBACK TO " + inner + "; RELEASE " + inner;
  sqlite3_exec(database_->handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_->execute(depth_ == 0 ? "COMMIT" : "RELEASE " + name_of(depth_));
  --*database_->open_transactions_;
  done_ = true;
}

}  // namespace dramatis
