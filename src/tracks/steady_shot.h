#pragma once

// A shot with the camera's own motion taken out: what the passes of the tracker work on.

#include <span>
#include <vector>

#include "tracks/tracker.h"

namespace dramatis {

/// One head of one look, by number.
struct Sighting {
  int look = 0;
  int head = 0;
  friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// Sightings that are taken to be one head, ascending looks.
using Fragment = std::vector<Sighting>;

/// Looks whose boxes are all in the picture of the shot's first frame, as if the camera had not
/// moved: a standing head stays where it is while the camera pans. Refers to the ShotLooks given.
class SteadyShot {
 public:
  /// With `hold_camera` false, boxes stay in the picture.
  explicit SteadyShot(const ShotLooks& shot, bool hold_camera = true);

  const ShotLooks& source() const { return source_; }
  int looks() const { return static_cast<int>(source_.looks.size()); }
  const Look& look(int i) const { return source_.looks[i]; }
  FrameNumber frame(int look) const { return source_.looks[look].frame; }
  double time_s(int look) const { return static_cast<double>(frame(look)) / fps(); }
  double fps() const { return source_.frames_per_second; }
  /// Usual number of frames from a look that would find a head like this one to the next; at
  /// least 1.
  FrameNumber usual_interval(const Head& head) const {
    const bool any_look = head.source == HeadSource::face || head.source == HeadSource::followed;
    return any_look ? face_interval_ : body_interval_;
  }

  /// Area in which heads can be: the picture, or where heads are when its size is not known.
  double scene_px2() const { return scene_px2_; }
  /// Detected ones, mean over the looks, at least 1.
  double heads_a_look() const { return heads_a_look_; }

  const Head& head(const Sighting& s) const { return source_.looks[s.look].heads[s.head]; }
  const Box& box(const Sighting& s) const { return boxes_[s.look][s.head]; }
  FrameNumber frame(const Sighting& s) const { return frame(s.look); }
  double time_s(const Sighting& s) const { return time_s(s.look); }

  /// Was it found by a detector, not followed in the picture?
  bool detected(const Sighting& s) const { return head(s).source != HeadSource::followed; }

  /// How much further off than a detected one its box is: see the table in docs/heads.md.
  double jitter_factor(const Sighting& s) const { return detected(s) ? 1.0 : 2.0; }

  /// Would a look of this kind have found a head like this one, as last seen? A head that was
  /// followed is sought in every look.
  bool sought(int look, const Head& head) const;

  /// From the steady picture to that of `frame`.
  Box in_picture(const Box& steady, FrameNumber frame) const;

 private:
  Point drift(FrameNumber frame) const;

  const ShotLooks& source_;
  std::vector<Point> drift_;             ///< of each frame of the range, from the first
  std::vector<std::vector<Box>> boxes_;  ///< of each head of each look
  double scene_px2_ = 1;
  double heads_a_look_ = 1;
  FrameNumber face_interval_ = 1;
  FrameNumber body_interval_ = 1;
};

/// What detectors found of a fragment: only that is evidence that there is a head at all.
Fragment detected_part(const SteadyShot& shot, std::span<const Sighting> fragment);

}  // namespace dramatis
