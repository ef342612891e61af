#pragma once

// What windows are told of the cast. A film has hundreds of people and an edit changes one or two
// of them: a window that knows the rest is told those alone.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "web/sight.h"

namespace dramatis {

/// The cast that a window has already.
struct KnownCast {
  std::int64_t sequence = 0;  ///< of the last entry in the log of decisions
  std::string version;        ///< of the results of the run
};

class CastRecord {
 public:
  /// Takes down how the cast is now, and who is not as before.
  void note(const Sight& sight, const std::string& version);

  /// Everybody; page/openapi.json describes the fields.
  nlohmann::json whole() const;
  /// Those who changed since, with "since" and the "order" of all; everybody for who knows another
  /// version, or more than there is.
  nlohmann::json since(const KnownCast& known) const;

 private:
  struct Told {
    PersonView view;
    std::vector<bool> sure;  ///< for each of its tracks
    std::int64_t changed = 0;
    nlohmann::json json;
  };

  void note_person(const Sight& sight, const PersonView& person);

  std::string version_;
  std::int64_t sequence_ = -1;
  std::int64_t first_ = 0;  ///< what was noted first of this version
  std::map<int, Told> people_;
  std::vector<int> order_;
  nlohmann::json head_;  ///< all but the people
};

}  // namespace dramatis
