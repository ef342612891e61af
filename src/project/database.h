#pragma once

// SQLite, wrapped once: its types stay behind this header, its errors become Failures with one
// sentence. Used inside this folder only.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace dramatis {

using Bytes = std::string;  ///< raw bytes as stored; never text

/// How careful a file is with what was committed. Either way a killed program loses nothing that
/// was committed, and damages nothing; `power_cut` also waits for the disk at every commit.
enum class Durability { program_killed, power_cut };

/// An open database file. For one thread at a time; other processes may have it open as well.
class Database {
 public:
  /// Opens an existing file. Where it or its folder cannot be written, it is opened for reading
  /// alone. Throws Failure{project} when it is missing, no database, or damaged; Failure{other}
  /// when the disk or its rights are in the way.
  Database(const std::string& path, Durability durability);
  /// A new, empty one. Throws Failure{other} when it cannot be made.
  static Database create(const std::string& path, Durability durability);

  /// One or more statements without results.
  void execute(const std::string& sql) const;
  std::int64_t number(const std::string& sql) const;  ///< first column of the first row, or 0
  const std::string& path() const { return path_; }
  bool read_only() const { return read_only_; }
  /// Every page and index is well formed; throws Failure{project} otherwise. Reads the whole file.
  void check_all() const;

 private:
  friend class Statement;
  friend class Transaction;
  Database(const std::string& path, int mode, Durability durability);
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  std::string path_;
  bool read_only_ = false;
  std::unique_ptr<sqlite3, Closer> handle_;
  std::unique_ptr<int> open_transactions_ = std::make_unique<int>(0);
};

/// A prepared statement. Places are bound by position from 1; columns are read by position from 0.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  template <typename... Values>
  Statement& bind(const Values&... values) {
    rewind();
    int place = 0;
    (bind_at(++place, values), ...);
    return *this;
  }
  /// Goes to the next row; false after the last.
  bool next();
  /// Binds, runs to the end, and is ready for the next row.
  template <typename... Values>
  void run(const Values&... values) {
    bind(values...);
    while (next()) {
    }
  }

  std::int64_t integer(int column) const;
  /// One of an enumeration whose last value is given; anything else is damage: Failure{project}.
  template <typename Enum>
  Enum one_of(int column, Enum last) const {
    const std::int64_t value = integer(column);
    if (value < 0 || value > static_cast<std::int64_t>(last)) damaged();
    return static_cast<Enum>(value);
  }
  double real(int column) const;
  std::string text(int column) const;
  std::string_view blob(int column) const;  ///< valid until the next call of next()
  bool is_null(int column) const;

 private:
  [[noreturn]] void damaged() const;
  void rewind();
  void bind_at(int place, std::int64_t value);
  void bind_at(int place, int value) { bind_at(place, static_cast<std::int64_t>(value)); }
  void bind_at(int place, bool value) { bind_at(place, static_cast<std::int64_t>(value)); }
  void bind_at(int place, double value);
  void bind_at(int place, float value) { bind_at(place, static_cast<double>(value)); }
  void bind_at(int place, const std::string& text);
  void bind_at(int place, const char* text) { bind_at(place, std::string(text)); }
  void bind_at(int place, std::span<const std::byte> bytes);
  void bind_at(int place, std::nullptr_t);
  template <typename T>
  void bind_at(int place, const std::optional<T>& value) {
    if (value) {
      bind_at(place, *value);
    } else {
      bind_at(place, nullptr);
    }
  }

  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// What is written between its birth and commit() is stored whole or not at all. May be nested: the
/// inner ones become part of the outermost.
class Transaction {
 public:
  enum class Purpose { read, write };
  explicit Transaction(const Database& database, Purpose purpose = Purpose::write);
  ~Transaction();  ///< without commit(): as if nothing had been written
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  const Database* database_;
  int depth_;
  bool done_ = false;
};

/// For binding bytes as a blob.
inline std::span<const std::byte> as_blob(std::string_view bytes) {
  return std::as_bytes(std::span(bytes.data(), bytes.size()));
}

}  // namespace dramatis
