#include "people/embedding_file.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <regex>
#include <unordered_map>

#include "base/failure.h"

namespace dramatis {
namespace {

struct NpyHeader {
  std::string type;  ///< "<f4"
  bool fortran_order = false;
  std::size_t rows = 0;
  std::size_t columns = 0;
};

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw usage_failure(path + ": " + why);
}

template <typename Number>
std::optional<Number> read_number(std::ifstream& file) {
  Number number;
  if (!file.read(reinterpret_cast<char*>(&number), sizeof number)) return std::nullopt;
  return number;  // .npy counts in little-endian, as do the machines that this program is built for
}

/// The Python dictionary at the head of a .npy file, as text.
std::string header_text(std::ifstream& file, const std::string& path) {
  char magic[8] = {};
  file.read(magic, sizeof magic);
  if (!file || std::memcmp(magic, "\x93NUMPY", 6) != 0)
    refuse(path, "this is not a NumPy file (.npy).");
  std::optional<std::uint32_t> length;
  if (magic[6] == 1) {
    if (const auto small = read_number<std::uint16_t>(file)) length = *small;
  } else {
    length = read_number<std::uint32_t>(file);
  }
  if (!length || *length > (1u << 20)) refuse(path, "the head of this NumPy file is damaged.");
  std::string text(*length, ' ');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) {
    refuse(path, "this NumPy file is cut short.");
  }
  return text;
}

NpyHeader parsed(const std::string& text, const std::string& path) {
  static const std::regex type(R"('descr'\s*:\s*'([^']*)')");
  static const std::regex order(R"('fortran_order'\s*:\s*(True|False))");
  static const std::regex shape(R"('shape'\s*:\s*\(\s*(\d{1,12})\s*,\s*(\d{1,12})\s*,?\s*\))");
  NpyHeader header;
  std::smatch match;
  if (!std::regex_search(text, match, type))
    refuse(path, "the head of this NumPy file is damaged.");
  header.type = match[1];
  if (!std::regex_search(text, match, order))
    refuse(path, "the head of this NumPy file is damaged.");
  header.fortran_order = match[1] == "True";
  if (!std::regex_search(text, match, shape)) {
    refuse(path, "embeddings must have two dimensions: persons, and numbers of each.");
  }
  header.rows = std::stoull(match[1]);
  header.columns = std::stoull(match[2]);
  if (header.type != "<f4" && header.type != "<f8") {
    refuse(path, fmt::format("embeddings must be 32-bit floats ('<f4'), not '{}'.", header.type));
  }
  if (header.columns == 0 && header.rows > 0) refuse(path, "embeddings of length 0 say nothing.");
  return header;
}

/// Bytes from here to the end.
std::size_t bytes_left(std::ifstream& file) {
  const auto here = file.tellg();
  file.seekg(0, std::ios::end);
  const auto end = file.tellg();
  file.seekg(here);
  return static_cast<std::size_t>(end - here);
}

template <typename Value>
void read_values(std::ifstream& file, const NpyHeader& header, EmbeddingMatrix& matrix) {
  const std::size_t lines = header.fortran_order ? header.columns : header.rows;
  const std::size_t length = header.fortran_order ? header.rows : header.columns;
  std::vector<Value> line(length);
  for (std::size_t i = 0; i < lines; ++i) {
    file.read(reinterpret_cast<char*>(line.data()),
              static_cast<std::streamsize>(length * sizeof(Value)));
    for (std::size_t k = 0; k < length; ++k) {
      const std::size_t at = header.fortran_order ? k * header.columns + i : i * header.columns + k;
      matrix.values[at] = static_cast<float>(line[k]);
    }
  }
}

}  // namespace

EmbeddingMatrix read_embeddings(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(path, "no such file, or it may not be read.");
  const NpyHeader header = parsed(header_text(file, path), path);
  const std::size_t value_size = header.type == "<f4" ? 4 : 8;
  const std::size_t left = bytes_left(file);
  if (header.rows > 0 && left / value_size / header.columns < header.rows) {
    refuse(path, fmt::format("this NumPy file is cut short: {} rows were promised.", header.rows));
  }
  EmbeddingMatrix matrix{header.rows, header.columns,
                         std::vector<float>(header.rows * header.columns)};
  value_size == 4 ? read_values<float>(file, header, matrix)
                  : read_values<double>(file, header, matrix);
  if (!file) refuse(path, "this file cannot be read to its end.");
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (const float value : matrix.row(i)) {
      if (!std::isfinite(value))
        refuse(path, fmt::format("row {} holds a value that is not finite.", i));
    }
  }
  return matrix;
}

std::vector<int> read_shot_ids(const std::string& path, std::size_t rows) {
  std::ifstream file(path);
  if (!file) refuse(path, "no such file, or it may not be read.");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    const auto end = line.find_last_not_of(" \t\r");
    lines.push_back(end == std::string::npos ? "" : line.substr(0, end + 1));
  }
  if (file.bad()) refuse(path, "this file cannot be read to its end.");
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (lines.size() == rows + 1 && lines.front() == "shot") lines.erase(lines.begin());
  if (lines.size() != rows) {
    refuse(path, fmt::format("there are {} shots for {} embeddings; one line is needed for each.",
                             lines.size(), rows));
  }
  std::unordered_map<std::string, int> number;
  std::vector<int> shots;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) refuse(path, fmt::format("line {} is empty.", i + 1));
    shots.push_back(number.try_emplace(lines[i], static_cast<int>(number.size())).first->second);
  }
  return shots;
}

}  // namespace dramatis
