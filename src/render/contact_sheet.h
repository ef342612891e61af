#pragma once

// The cast at a glance: what a user looks at first.

#include <cstdint>
#include <string>
#include <vector>

#include "base/picture.h"

namespace dramatis {

/// A face on the sheet. Either `jpeg` (the bytes of any picture file) or `picture`.
struct SheetFace {
  std::vector<std::uint8_t> jpeg;
  Picture picture;
  int shot = 0;
  double time_s = 0;
  double quality = 0;  ///< 0 to 100
};

/// A row: a person, or what is no person of the cast and is not counted (pictures, heads without a
/// face).
struct SheetPerson {
  int id = 0;        ///< gives the colour, as in the annotated film; 0: no single person
  std::string name;  ///< empty: "person 3"
  bool counts = true;
  std::string note;  ///< "not sure", "on a screen"; may be empty
  double screen_time_s = 0;
  int tracks = 0;
  int shots = 0;
  std::vector<SheetFace> faces;  ///< best first
};

struct ContactSheet {
  std::string title;                ///< the film's name
  double duration_s = 0;            ///< of the film; 0: unknown
  std::vector<SheetPerson> people;  ///< in the order of the sheet
};

struct ContactSheetOptions {
  int faces_a_person = 8;  ///< one row
  int people_a_page = 24;  ///< 300 people make 13 pages
};

/// At least one page, also without people. A face that cannot be read is left out.
std::vector<Picture> draw_contact_sheet(const ContactSheet& sheet,
                                        const ContactSheetOptions& options = {});

/// Writes `path` (PNG), further pages beside it as NAME-2.png and so on; pages of an earlier,
/// longer sheet are removed. Returns what it wrote. Throws Failure{other}.
std::vector<std::string> write_contact_sheet(const std::string& path, const ContactSheet& sheet,
                                             const ContactSheetOptions& options = {});

}  // namespace dramatis
