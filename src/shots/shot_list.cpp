#include "shots/shot_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string_view>

#include "base/failure.h"

namespace dramatis {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
  throw usage_failure(path + ": " + what);
}

std::vector<std::string_view> cells_of(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  std::vector<std::string_view> cells;
  while (true) {
    const auto comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

struct Columns {
  std::size_t start, end;
};

Columns columns_of(const std::string& path, const std::string& heading) {
  const auto names = cells_of(heading);
  const auto column = [&](std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end())
      refuse(path, fmt::format("its first line names no column {}; a list of shots is what "
                               "'dramatis shots' writes.",
                               name));
    return static_cast<std::size_t>(at - names.begin());
  };
  return {column("start_frame"), column("end_frame")};
}

/// -1 when it is no frame number.
FrameNumber frame_of(const std::vector<std::string_view>& cells, std::size_t column) {
  if (column >= cells.size()) return -1;
  const std::string_view cell = cells[column];
  FrameNumber frame = -1;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), frame);
  const bool whole = error == std::errc() && end == cell.data() + cell.size();
  return whole && frame >= 0 ? frame : -1;
}

}  // namespace

std::vector<FrameRange> read_shot_ranges(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!file) refuse(path, "no such file, or it may not be read.");
  if (!std::getline(file, line)) refuse(path, "it is empty, or cannot be read.");
  const Columns columns = columns_of(path, line);
  std::vector<FrameRange> shots;
  for (int number = 2; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \r") == std::string::npos) continue;
    const auto cells = cells_of(line);
    const FrameRange shot{frame_of(cells, columns.start), frame_of(cells, columns.end)};
    if (shot.start < 0 || shot.empty())
      refuse(path,
             fmt::format("line {} is no shot: a start_frame, and a later end_frame.", number));
    if (!shots.empty() && shot.start < shots.back().end)
      refuse(path, fmt::format("the shot of line {} begins before the last one ends.", number));
    shots.push_back(shot);
  }
  return shots;
}

}  // namespace dramatis
