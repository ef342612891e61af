#include "eval/text_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/failure.h"

namespace dramatis {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kWhite = " \t\r\n";

std::string_view without_white_ends(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kWhite);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhite) - begin + 1);
}

template <typename Number>
std::optional<Number> number_of(std::string_view field) {
  Number number{};
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (error != std::errc() || end != field.data() + field.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string whole_text(const std::string& file) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, ignored))
    throw usage_failure(fmt::format("{}: cannot be read.", file));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw usage_failure(fmt::format("{}: cannot be read.", file));
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(without_white_ends(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string_view first_line(std::string_view text) {
  return without_white_ends(text.substr(0, text.find('\n')));
}

std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  std::string field;
  bool quoted = false, was_quoted = false;
  const auto finish = [&] {
    fields.emplace_back(was_quoted ? field : std::string(without_white_ends(field)));
    field.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      field += line[++i];
    } else if (c == '"' && (quoted || without_white_ends(field).empty())) {
      quoted = !quoted;
      was_quoted = true;
      if (quoted) field.clear();
    } else if (c == ',' && !quoted) {
      finish();
    } else {
      field += c;
    }
  }
  finish();
  return fields;
}

std::optional<float> number_in(std::string_view field) {
  const auto number = number_of<float>(field);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<int> whole_number_in(std::string_view field) { return number_of<int>(field); }

std::optional<FrameNumber> frame_in(std::string_view field) {
  const auto frame = number_of<FrameNumber>(field);
  return frame && *frame >= 0 ? frame : std::nullopt;
}

bool is_plausible(const Box& box) {
  constexpr float most_px = 1e6f;
  return box.width > 0 && box.height > 0 && std::abs(box.x) < most_px &&
         std::abs(box.y) < most_px && box.width < most_px && box.height < most_px;
}

std::optional<std::vector<std::size_t>> columns_named(const std::vector<std::string>& header,
                                                      std::initializer_list<const char*> names) {
  std::vector<std::size_t> columns;
  for (const char* name : names) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) return std::nullopt;
    columns.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  return columns;
}

}  // namespace dramatis
