#pragma once

// Who is on the screen when: what the formats for subtitles, editing and annotation have in common.

#include <string>
#include <vector>

#include "project/snapshot.h"

namespace dramatis {

/// Frames during which a person is on the screen, with at least one head.
struct Presence {
  const PersonView* person = nullptr;
  FrameRange range;
};

/// Of every person that counts, in the order of the cast, then of time. Not joined over gaps.
/// `by_shot`: also cut where a shot ends.
std::vector<Presence> presences_of(const Snapshot& snapshot, bool by_shot);

/// Frames during which the same persons are on the screen, at least one of them.
struct Moment {
  FrameRange range;
  std::vector<const PersonView*> persons;  ///< in the order of the cast
};
std::vector<Moment> moments_of(const Snapshot& snapshot);

/// The part of a box that the picture shows: where a head is cut off by the edge, up to the edge.
Box box_in_picture(const Snapshot& snapshot, const Box& box);

/// "01:02:03.456", with the given sign before the milliseconds.
std::string subtitle_time(double seconds, char before_milliseconds);

/// "&lt;" for "<" and so on, for XML and its relatives; control characters become spaces.
std::string xml_text(const std::string& text);

/// The film's name without its folder.
std::string film_name(const Snapshot& snapshot);

}  // namespace dramatis
