#include "eval/cast_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "eval/text_fields.h"

namespace dramatis {
namespace {

using Json = nlohmann::json;

/// A value of the document and the way to it, for the sentence when it is not what it should be.
class Place {
 public:
  Place(const Json& value, std::string file, std::string way)
      : value_(value), file_(std::move(file)), way_(std::move(way)) {}

  [[noreturn]] void fail(const char* expected) const {
    throw usage_failure(fmt::format("{}: {} is not {}.", file_, way_, expected));
  }

  bool has(const char* name) const { return value_.is_object() && value_.contains(name); }
  Place at(const char* name) const {
    if (!value_.is_object()) fail("an object");
    if (!value_.contains(name))
      throw usage_failure(fmt::format("{}: {} has no \"{}\".", file_, way_, name));
    return {value_.at(name), file_, way_ == kWhole ? name : fmt::format("{}.{}", way_, name)};
  }

  bool is_null() const { return value_.is_null(); }
  int integer() const {
    if (!value_.is_number_integer() || value_ < -kMost || value_ > kMost) fail("a whole number");
    return value_.get<int>();
  }
  FrameNumber frame() const {
    const int frame = integer();
    if (frame < 0) fail("a frame, from 0");
    return frame;
  }
  std::string text() const {
    if (!value_.is_string()) fail("a text");
    return value_.get<std::string>();
  }
  Box box() const {
    const auto is_number = [](const Json& n) { return n.is_number(); };
    if (!value_.is_array() || value_.size() != 4 ||
        !std::all_of(value_.begin(), value_.end(), is_number))
      fail("[x, y, width, height]");
    const Box box{value_[0], value_[1], value_[2], value_[3]};
    if (!is_plausible(box)) fail("a box with width and height");
    return box;
  }

  template <typename Visit>
  void each(const Visit& visit) const {
    if (!value_.is_array()) fail("a list");
    for (std::size_t i = 0; i < value_.size(); ++i)
      visit(Place(value_[i], file_, fmt::format("{}[{}]", way_, i)));
  }

  static constexpr const char* kWhole = "the document";

 private:
  static constexpr int kMost = 2'000'000'000;
  const Json& value_;
  std::string file_;
  std::string way_;
};

Json parse(std::string_view text, const std::string& file) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::string_view before = text.substr(0, std::min(error.byte, text.size()));
    throw usage_failure(fmt::format("{}: line {} is not JSON.", file,
                                    1 + std::count(before.begin(), before.end(), '\n')));
  }
}

std::vector<CastFileShot> shots_of(const Place& shots) {
  std::vector<CastFileShot> result;
  shots.each([&](const Place& shot) {
    const bool cut = !shot.has("begins_with") || shot.at("begins_with").text() == "cut";
    result.push_back({shot.at("start_frame").frame(), cut});
  });
  return result;
}

/// Also where it does not say from which frame to which it goes.
bool is_whole(const Place& track, std::size_t heads) {
  if (!track.has("start_frame") || !track.has("end_frame")) return true;
  const FrameNumber frames = track.at("end_frame").frame() - track.at("start_frame").frame();
  return frames == static_cast<FrameNumber>(heads);
}

void read_heads(const Place& tracks, CastFile& cast) {
  std::vector<CastFileHead>& heads = cast.heads.emplace();
  tracks.each([&](const Place& track) {
    const int id = track.at("id").integer();
    const std::size_t before = heads.size();
    std::optional<int> person;
    if (track.has("person") && !track.at("person").is_null()) person = track.at("person").integer();
    track.at("heads").each([&](const Place& head) {
      heads.push_back({head.at("frame").frame(), head.at("box").box(), id, person});
    });
    if (!is_whole(track, heads.size() - before)) cast.every_frame_has_its_head = false;
  });
}

}  // namespace

CastFile parse_cast_file(std::string_view text, const std::string& file) {
  const Json json = parse(text, file);
  const Place document(json, file, Place::kWhole);
  if (document.at("format").text() != "dramatis/1")
    throw usage_failure(fmt::format("{}: the format is not \"dramatis/1\".", file));
  CastFile cast;
  if (document.has("shots")) cast.shots = shots_of(document.at("shots"));
  if (document.has("tracks")) read_heads(document.at("tracks"), cast);
  if (document.has("people")) {
    document.at("people").each([&](const Place& person) {
      if (person.has("name") && !person.at("name").is_null())
        cast.names[person.at("id").integer()] = person.at("name").text();
    });
  }
  return cast;
}

}  // namespace dramatis
