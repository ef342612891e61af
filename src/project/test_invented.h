#pragma once

// An invented film for tests: shots, tracks with boxes and faces, a cast, all by a formula, so that
// what comes back from a store can be compared with what went in.

#include <filesystem>
#include <random>
#include <string>

#include "project/project.h"

namespace dramatis::invented {

/// A folder that goes away with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dramatis_XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

FilmInfo film(const std::string& fingerprint = "film-a");

/// Chunk `index` of `frames` frames each, with `heads` heads in every second frame.
FilmChunk chunk(std::int64_t index, FrameNumber frames = 25, int heads = 3, int length = 8);

/// Stamps of a film of so many frames at 24000/1001, in ticks of 1/24000 s.
Timeline timeline(FrameNumber frames);

/// Equal shots that cover the frames.
std::vector<Shot> shots(int count, FrameNumber frames_each);

/// A track whose head stands at a place of its own (`lane`) and drifts a little.
StoredTrack track(int id, int shot, const FrameRange& range, int lane, int length = 8);

/// The cast in which tracks of one label (any number) are one person. Ids are not given.
StoredCast cast_of(const std::vector<StoredTrack>& tracks, const std::vector<int>& labels,
                   const Timeline& timeline);

/// A small finished project: 4 shots of 25 frames at 24000/1001; persons 1 (tracks 1, 3, 6), 2 (2,
/// 5), 3 (4, an extra) and 4 (7, a picture). Tracks 1 and 2 are in the picture together, and a
/// question is open about tracks 4 and 5.
Project finished_project(const std::string& folder);

}  // namespace dramatis::invented
