// A truth for dramatis eval, in any of its formats: it is understood and scored, or refused.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/failure.h"
#include "eval/evaluation.h"
#include "eval/truth.h"

namespace {

/// One file for the whole run; the readers take a path.
const std::string& truth_file() {
  static const std::string file = [] {
    std::string pattern = "/tmp/truth_fuzz_XXXXXX";
    const int descriptor = mkstemp(pattern.data());
    if (descriptor < 0) std::abort();
    close(descriptor);
    return pattern;
  }();
  return file;
}

template <typename Read>
void read(const Read& reader) {
  try {
    reader();
  } catch (const dramatis::Failure&) {
    // One sentence is a good answer.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(truth_file(), std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const std::vector<dramatis::CastTrack> cast{{1, 1, 0, {{0, 0, 9, 9}, {0, 0, 9, 9}}},
                                              {2, {}, 1, {{5, 0, 9, 9}}}};
  read([] { dramatis::contents_of_truth(truth_file()); });
  read([] { dramatis::read_shot_boundaries(truth_file()); });
  read([&] {
    dramatis::evaluate_people(dramatis::read_people_truth(truth_file(), "film.mp4"), cast);
  });
  read([&] { dramatis::evaluate_tracks(dramatis::read_track_truth(truth_file()), cast); });
  return 0;
}
