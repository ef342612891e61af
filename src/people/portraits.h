#pragma once

// Pictures of the cast, one for each name: who of the people in the film could be whom.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "people/calibration.h"
#include "people/cast.h"
#include "people/track_template.h"

namespace dramatis {

/// A picture of somebody whose name is known.
struct Portrait {
  std::string name;
  Embedding face;  ///< unit length, or the mean of several such
};

/// Somebody of the cast, and the tracks that hold them.
struct PortraitSitter {
  int person = 0;           ///< id
  std::vector<int> tracks;  ///< ids
};

/// "Person 3 may be Anna." For the user to say yes or no to.
struct NameSuggestion {
  int person = 0;
  std::string name;
  double similarity = 0;   ///< of the portrait with the faces of the person (cosine)
  double probability = 0;  ///< that it is so, 0 to 1
};

/// What the film itself says of how alike one person is, asked of portraits. Made once for the
/// results of a run; asking is quick.
class PortraitJudge {
 public:
  PortraitJudge() = default;
  PortraitJudge(std::span<const TrackEvidence> tracks, std::span<const PairRule> rules);

  /// At most one for each person and one for each portrait, surest first, and nobody who is not
  /// more likely than all else together: better no name than a wrong one. Portraits whose vectors
  /// are of another length than the film's are passed over.
  std::vector<NameSuggestion> suggestions(std::span<const Portrait> portraits,
                                          std::span<const PortraitSitter> sitters) const;

  const Calibration& calibration() const { return calibration_; }

 private:
  std::map<int, TrackTemplate> templates_;  ///< by track
  Calibration calibration_;
};

}  // namespace dramatis
