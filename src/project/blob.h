#pragma once

// Compact rows of numbers as bytes: little endian, packed, with a check sum and a version in front.
// docs/project-format.md describes each kind. Used inside this folder only.

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace dramatis {

static_assert(std::endian::native == std::endian::little, "blobs are stored as they lie in memory");

/// A 64-bit hash of bytes (multiply and fold, eight bytes at a time). Finds damage, not attackers.
std::uint64_t check_sum(std::string_view bytes);

class BlobWriter {
 public:
  explicit BlobWriter(std::uint16_t version);

  template <typename T>
  void put(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  /// How many, then the values.
  template <typename T>
  void put_all(std::span<const T> values) {
    static_assert(std::is_arithmetic_v<T>);
    put(static_cast<std::uint32_t>(values.size()));
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  void put_bytes(std::string_view bytes);
  /// The finished blob; the writer is spent.
  std::string finish();

 private:
  std::string bytes_;
};

class BlobReader {
 public:
  /// Throws Failure{project} naming `where` when the bytes are not what was written, or when they
  /// are of a newer version than `newest`.
  BlobReader(std::string_view blob, std::uint16_t newest, const std::string& where);

  std::uint16_t version() const { return version_; }
  template <typename T>
  T take() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, need(sizeof value), sizeof value);
    return value;
  }
  template <typename Container>
  Container take_all() {
    using T = typename Container::value_type;
    const std::size_t count = take<std::uint32_t>();
    const char* start = need(count * sizeof(T));
    Container values(count);
    if (count > 0) std::memcpy(values.data(), start, count * sizeof(T));
    return values;
  }
  /// How many records follow; each takes at least `least_bytes`, so that damage cannot ask for the
  /// whole memory.
  std::size_t take_count(std::size_t least_bytes);
  bool at_end() const { return rest_.empty(); }

 private:
  const char* need(std::size_t bytes);
  [[noreturn]] void damaged() const;

  std::string_view rest_;
  std::uint16_t version_ = 0;
  std::string where_;
};

}  // namespace dramatis
