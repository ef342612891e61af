#pragma once

// Reading `dramatis/1` JSON back (docs/json-format.md): what a truth needs of it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"

namespace dramatis {

struct CastFileShot {
  FrameNumber start_frame = 0;
  bool begins_with_cut = true;  ///< also where the file does not say
};

struct CastFileHead {
  FrameNumber frame = 0;
  Box box;
  int track = 0;
  std::optional<int> person;  ///< nobody: a picture, or ignored
};

/// "shots" and "tracks" are nothing when the file has none.
struct CastFile {
  std::optional<std::vector<CastFileShot>> shots;
  std::optional<std::vector<CastFileHead>> heads;
  bool every_frame_has_its_head = true;  ///< of every track's range
  std::map<int, std::string> names;      ///< of those persons that have one, by id
};

/// Throws Failure{usage} that names file and line, or the place in the document. `file` is only a
/// name.
CastFile parse_cast_file(std::string_view text, const std::string& file);

}  // namespace dramatis
