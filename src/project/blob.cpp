#include "project/blob.h"

#include "base/failure.h"

namespace dramatis {
namespace {

constexpr std::size_t kHeaderBytes = sizeof(std::uint64_t) + sizeof(std::uint16_t);

std::uint64_t folded(std::uint64_t value) {
  value *= 0x9E3779B97F4A7C15u;
  return value ^ (value >> 29);
}

}  // namespace

std::uint64_t check_sum(std::string_view bytes) {
  std::uint64_t sum = folded(bytes.size() + 1);
  while (bytes.size() >= 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data(), 8);
    sum = folded(sum ^ word);
    bytes.remove_prefix(8);
  }
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  return folded(sum ^ word);
}

BlobWriter::BlobWriter(std::uint16_t version) {
  put(std::uint64_t{0});  // the check sum, known at the end
  put(version);
}

void BlobWriter::put_bytes(std::string_view bytes) {
  put_all(std::span<const char>(bytes.data(), bytes.size()));
}

std::string BlobWriter::finish() {
  const std::uint64_t sum = check_sum(std::string_view(bytes_).substr(sizeof(std::uint64_t)));
  std::memcpy(bytes_.data(), &sum, sizeof sum);
  return std::move(bytes_);
}

BlobReader::BlobReader(std::string_view blob, std::uint16_t newest, const std::string& where)
    : rest_(blob), where_(where) {
  if (blob.size() < kHeaderBytes) damaged();
  const auto sum = take<std::uint64_t>();
  if (sum != check_sum(rest_)) damaged();
  version_ = take<std::uint16_t>();
  if (version_ > newest)
    throw project_failure(where_, "a part of it was written by a newer version of dramatis");
}

std::size_t BlobReader::take_count(std::size_t least_bytes) {
  const std::size_t count = take<std::uint32_t>();
  if (count * least_bytes > rest_.size()) damaged();
  return count;
}

const char* BlobReader::need(std::size_t bytes) {
  if (bytes > rest_.size()) damaged();
  const char* start = rest_.data();
  rest_.remove_prefix(bytes);
  return start;
}

void BlobReader::damaged() const { throw project_failure(where_, "the file is damaged"); }

}  // namespace dramatis
