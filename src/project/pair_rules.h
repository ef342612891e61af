#pragma once

#include <span>
#include <vector>

#include "people/cast.h"
#include "project/decision.h"
#include "project/stored_track.h"

namespace dramatis {

/// What the decisions in force demand of the next cast: pairs of tracks (ids) that are the same
/// person, are not, or may be in spite of the film. Free of contradictions: later decisions have
/// replaced earlier ones. Few: a person is bound through its longest tracks, not all with all.
///   Tracks merged, moved or taken out together     same
///   Persons of which one was taken out of another  different
///   Persons with different names, and named ones from ignored ones and from pictures: different
///   Answers, releases                              as they are
std::vector<PairRule> rules_of(const DecisionHistory& history, std::span<const StoredTrack> tracks);

/// A track that the user calls a picture, or a real person.
struct PictureMark {
  int track = 0;
  bool is_picture = false;
};
std::vector<PictureMark> picture_marks_of(const DecisionHistory& history,
                                          std::span<const StoredTrack> tracks);

/// Says which decisions a cast was computed with: part of the fingerprint of the people stage.
std::string fingerprint_of(const DecisionHistory& history);

}  // namespace dramatis
