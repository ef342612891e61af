#include "film/fingerprint.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <vector>

#include "base/failure.h"

namespace dramatis {
namespace {

struct Piece {
  std::uint64_t start;
  std::uint64_t bytes;
};

std::vector<Piece> pieces_of(std::uint64_t file_bytes) {
  constexpr std::uint64_t edge = 1 << 20, sample = 1 << 16, samples = 16;
  if (file_bytes <= 2 * edge + samples * sample) return {{0, file_bytes}};
  std::vector<Piece> pieces{{0, edge}};
  const std::uint64_t between = file_bytes - 2 * edge - sample;
  for (std::uint64_t i = 0; i < samples; ++i)
    pieces.push_back({edge + between / (samples - 1) * i, sample});
  pieces.push_back({file_bytes - edge, edge});
  return pieces;
}

class Sha256 {
 public:
  Sha256() : state_(av_sha_alloc()) {
    if (!state_ || av_sha_init(state_.get(), 256) < 0) throw std::bad_alloc();
  }
  void add(const char* bytes, std::size_t size) {
    av_sha_update(state_.get(), reinterpret_cast<const std::uint8_t*>(bytes), size);
  }
  std::string first_128_bits() {
    std::array<std::uint8_t, 32> digest{};
    av_sha_final(state_.get(), digest.data());
    return fmt::format("{:02x}", fmt::join(digest.begin(), digest.begin() + 16, ""));
  }

 private:
  struct Free {
    void operator()(AVSHA* p) const { av_free(p); }
  };
  std::unique_ptr<AVSHA, Free> state_;
};

}  // namespace

std::string content_fingerprint(const std::string& path) {
  std::error_code error;
  const std::uint64_t file_bytes = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  const std::string size_text = fmt::format("{}\n", file_bytes);
  hash.add(size_text.data(), size_text.size());
  std::vector<char> bytes;
  for (const Piece& piece : pieces_of(error ? 0 : file_bytes)) {
    bytes.resize(piece.bytes);
    file.seekg(static_cast<std::streamoff>(piece.start));
    file.read(bytes.data(), static_cast<std::streamsize>(piece.bytes));
    hash.add(bytes.data(), bytes.size());
  }
  if (error || !file) throw film_failure(path, "opening the film", "the file cannot be read");
  return hash.first_128_bits();
}

}  // namespace dramatis
