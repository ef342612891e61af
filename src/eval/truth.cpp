#include "eval/truth.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "base/failure.h"
#include "eval/cast_file.h"
#include "eval/text_fields.h"

namespace dramatis {
namespace {

Failure bad_line(const std::string& file, std::size_t line, std::string_view what) {
  return usage_failure(fmt::format("{}: line {} {}.", file, line, what));
}

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

/// Begins with six numbers, with commas or white space between.
bool looks_like_mot(std::string_view text) {
  std::string line(first_line(text));
  for (char& c : line)
    if (c == ' ' || c == '\t') c = ',';
  int numbers = 0;
  for (const std::string& field : fields_of(line)) {
    if (field.empty()) continue;
    if (!number_in(field)) return false;
    ++numbers;
  }
  return numbers >= 6;
}

/// A CSV file, line by line, by the names of its columns; only lines of the film where it tells
/// films apart.
class CsvLines {
 public:
  CsvLines(std::string_view text, std::string file, const std::string& film)
      : lines_(lines_of(text)), file_(std::move(file)), film_(film) {
    header_ = fields_of(first_line(text));
    if (const auto clip = columns_named(header_, {"clip"})) clip_ = clip->front();
  }

  /// visit(line number, the fields of these columns in this order). False without such columns.
  template <typename Visit>
  bool each(std::initializer_list<const char*> names, const Visit& visit) const {
    const auto columns = columns_named(header_, names);
    if (!columns) return false;
    bool film_told = !clip_;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      if (lines_[i].empty()) continue;
      const std::vector<std::string> fields = fields_of(lines_[i]);
      if (fields.size() != header_.size())
        throw bad_line(file_, i + 1,
                       fmt::format("has {} fields, not {}", fields.size(), header_.size()));
      if (clip_ && fields[*clip_] != film_) continue;
      film_told = true;
      std::vector<std::string> wanted;
      for (const std::size_t column : *columns) wanted.push_back(fields[column]);
      visit(i + 1, wanted);
    }
    if (!film_told)
      throw usage_failure(fmt::format("{}: no line speaks of the film {}.", file_, film_));
    return true;
  }

 private:
  std::vector<std::string_view> lines_;
  std::string file_;
  std::string film_;
  std::vector<std::string> header_;
  std::optional<std::size_t> clip_;
};

/// Gives each word for a person its place in the truth's list.
class Persons {
 public:
  explicit Persons(PeopleTruth& truth) : truth_(truth) {}
  int place_of(const std::string& word) {
    const auto [at, is_new] = places_.try_emplace(word, static_cast<int>(places_.size()));
    if (is_new) truth_.persons.push_back(word);
    return at->second;
  }

 private:
  PeopleTruth& truth_;
  std::map<std::string, int> places_;
};

std::optional<PeopleTruth> heads_of_csv(const CsvLines& csv, const std::string& file) {
  PeopleTruth truth{.file = file};
  Persons persons(truth);
  const auto add = [&](std::size_t line, const std::vector<std::string>& f) {
    const auto frame = frame_in(f[0]);
    const auto x = number_in(f[1]), y = number_in(f[2]), w = number_in(f[3]), h = number_in(f[4]);
    if (!frame) throw bad_line(file, line, "has no frame, a whole number from 0");
    const Box box{x.value_or(0), y.value_or(0), w.value_or(0), h.value_or(0)};
    if (!x || !y || !is_plausible(box))
      throw bad_line(file, line, "has no box: x, y, width and height in pixels");
    if (!f[5].empty()) truth.heads.push_back({*frame, box, persons.place_of(f[5])});
  };
  if (!csv.each({"frame", "x", "y", "width", "height", "person"}, add)) return std::nullopt;
  return truth;
}

std::optional<PeopleTruth> tracks_of_csv(const CsvLines& csv, const std::string& file) {
  PeopleTruth truth{.file = file};
  Persons persons(truth);
  std::set<int> seen;
  const auto add = [&](std::size_t line, const std::vector<std::string>& f) {
    const auto track = whole_number_in(f[0]);
    if (!track) throw bad_line(file, line, "has no track, a whole number");
    if (!seen.insert(*track).second)
      throw bad_line(file, line, fmt::format("speaks of track {} again", *track));
    if (!f[1].empty()) truth.tracks.push_back({*track, persons.place_of(f[1]), line});
  };
  if (!csv.each({"track", "person"}, add)) return std::nullopt;
  return truth;
}

PeopleTruth people_of_json(const CastFile& cast, const std::string& file) {
  if (!cast.heads) throw usage_failure(fmt::format("{}: it has no \"tracks\".", file));
  PeopleTruth truth{.file = file};
  Persons persons(truth);
  for (const CastFileHead& head : *cast.heads) {
    if (!head.person) continue;
    const auto name = cast.names.find(*head.person);
    const std::string word =
        name != cast.names.end() ? name->second : fmt::format("person {}", *head.person);
    truth.heads.push_back({head.frame, head.box, persons.place_of(word)});
  }
  return truth;
}

/// The reader of src/tracks does not know that a wrong truth is wrong usage.
std::vector<MotBox> mot_boxes(const std::string& path) {
  try {
    return read_mot_file(path);
  } catch (const Failure& failure) {
    throw usage_failure(failure.what());
  }
}

std::vector<MotBox> mot_of_json(const CastFile& cast, const std::string& file) {
  if (!cast.heads) throw usage_failure(fmt::format("{}: it has no \"tracks\".", file));
  std::vector<MotBox> boxes;
  for (const CastFileHead& head : *cast.heads) boxes.push_back({head.frame, head.track, head.box});
  return boxes;
}

std::vector<MotBox> each_once(std::vector<MotBox> boxes, const std::string& file) {
  std::set<std::pair<FrameNumber, int>> seen;
  for (const MotBox& box : boxes) {
    if (box.confidence != 0 && !seen.insert({box.frame, box.id}).second)
      throw usage_failure(fmt::format("{}: identity {} is twice in frame {}, counted from 0.", file,
                                      box.id, box.frame));
  }
  return boxes;
}

PeopleTruth people_of_mot(const std::string& path) {
  PeopleTruth truth{.file = path};
  Persons persons(truth);
  for (const MotBox& box : mot_boxes(path)) {
    if (box.confidence == 0 || !is_plausible(box.box)) continue;
    truth.heads.push_back({box.frame, box.box, persons.place_of(std::to_string(box.id))});
  }
  return truth;
}

ShotBoundaries sorted(ShotBoundaries boundaries) {
  for (auto* frames : {&boundaries.all, &boundaries.cuts}) {
    std::sort(frames->begin(), frames->end());
    frames->erase(std::unique(frames->begin(), frames->end()), frames->end());
    if (!frames->empty() && frames->front() == 0) frames->erase(frames->begin());
  }
  return boundaries;
}

ShotBoundaries boundaries_of_json(const CastFile& cast, const std::string& file) {
  if (!cast.shots) throw usage_failure(fmt::format("{}: it has no \"shots\".", file));
  ShotBoundaries boundaries;
  for (const CastFileShot& shot : *cast.shots) {
    boundaries.all.push_back(shot.start_frame);
    if (shot.begins_with_cut) boundaries.cuts.push_back(shot.start_frame);
  }
  return boundaries;
}

std::vector<FrameNumber> frames_of_lines(std::string_view text, const std::string& file) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::vector<FrameNumber> frames;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto frame = frame_in(lines[i]);
    if (!frame) throw bad_line(file, i + 1, "is no frame number, and the file no list of shots");
    frames.push_back(*frame);
  }
  return frames;
}

std::vector<FrameNumber> starts_in(std::string_view text, const std::string& file) {
  std::vector<FrameNumber> frames;
  const auto add = [&](std::size_t line, const std::vector<std::string>& f) {
    const auto frame = frame_in(f[0]);
    if (!frame) throw bad_line(file, line, "has no start_frame, a whole number from 0");
    frames.push_back(*frame);
  };
  if (CsvLines(text, file, "").each({"start_frame"}, add)) return frames;
  return frames_of_lines(text, file);
}

}  // namespace

PeopleTruth read_people_truth(const std::string& path, const std::string& film_name) {
  const std::string text = whole_text(path);
  if (looks_like_json(text)) return people_of_json(parse_cast_file(text, path), path);
  const CsvLines csv(text, path, film_name);
  if (auto truth = heads_of_csv(csv, path)) return *truth;
  if (auto truth = tracks_of_csv(csv, path)) return *truth;
  if (looks_like_mot(text)) return people_of_mot(path);
  throw usage_failure(
      fmt::format("{}: line 1 is no beginning of a truth: a dramatis/1 JSON, a CSV with "
                  "'frame,x,y,width,height,person' or 'track,person', or MOTChallenge boxes.",
                  path));
}

TruthContents contents_of_truth(const std::string& path) {
  const std::string text = whole_text(path);
  if (!looks_like_json(text)) return {};
  const CastFile cast = parse_cast_file(text, path);
  return {.shots = cast.shots.has_value(), .tracks = cast.heads && cast.every_frame_has_its_head};
}

std::vector<MotBox> read_track_truth(const std::string& path) {
  const std::string text = whole_text(path);
  return each_once(
      looks_like_json(text) ? mot_of_json(parse_cast_file(text, path), path) : mot_boxes(path),
      path);
}

ShotBoundaries read_shot_boundaries(const std::string& path) {
  const std::string text = whole_text(path);
  if (looks_like_json(text)) return sorted(boundaries_of_json(parse_cast_file(text, path), path));
  const std::vector<FrameNumber> frames = starts_in(text, path);
  return sorted({.all = frames, .cuts = frames});
}

}  // namespace dramatis
