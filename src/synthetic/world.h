#pragma once

// An invented film whose truth is known: people walk, cross, turn their heads, cover one another,
// leave and come back, and a detector looks at them and errs as told. Same options, same film.
// Everything that looks can find is invented too: boxes, scores, landmarks, face quality,
// embeddings, colours.

#include <vector>

#include "base/embedding.h"
#include "base/frame_time.h"
#include "heads/head.h"
#include "tracks/tracker.h"

namespace dramatis {

enum class Movement {
  sitting,    ///< each in their place, swaying a little
  wandering,  ///< anywhere in the picture
  crossing,   ///< to and fro along the middle of the picture, through one another
  passing,    ///< likewise, but out of the picture on either side and back again
};

struct WorldOptions {
  unsigned seed = 1;

  // The film.
  int people = 4;         ///< in the whole film
  int people_a_shot = 0;  ///< drawn anew for each shot; 0: all of them
  int shots = 1;
  FrameNumber frames_a_shot = 150;
  double frames_per_second = 25;
  int picture_width = 1280;
  int picture_height = 720;

  // What happens.
  Movement movement = Movement::wandering;
  float head_height_px = 80;  ///< give or take a third, each person their own
  double speed = 2;           ///< typical, in head heights a second
  double head_turns = 0.6;  ///< how far heads turn, 0: never, 1: up to the full profile and beyond
  float camera_pan_px = 0;  ///< the camera pans by up to this many pixels to and fro, each second
  int portraits = 0;        ///< still faces on the wall, beside the people

  // How it is seen.
  FrameNumber frames_a_look = 3;
  int looks_a_body_look = 1;  ///< every how many looks bodies are sought too; 0: never
  double missed = 0;          ///< share of the heads that a look should find, 0 to 1
  double false_heads = 0;     ///< for each real head, how many that are not there
  double box_jitter = 0.03;   ///< deviation of each edge, in head heights
  float covered_from = 0.6f;  ///< a head covered by more than this share is not found
  bool faces = true;          ///< landmarks and quality; without: boxes alone
  bool embeddings = true;
  double embedding_noise = 0.6;  ///< length of what is added to a person's vector; 0.6 gives the
                                 ///< median same-person distance of real photos, 0.74
  bool colours = true;
  float camera_motion_error_px = 0;  ///< deviation of the camera motion that the tracker is told
};

/// Where a head truly is.
struct TruthPoint {
  FrameNumber frame = 0;
  Box box;
  float visible = 1;  ///< share of it that nothing covers and that lies in the picture
};

/// One person (or portrait) while in the picture, without a break.
struct TruthTrack {
  int person = 0;  ///< portraits are numbered after the people
  bool is_portrait = false;
  std::vector<TruthPoint> points;  ///< consecutive frames
};

struct WorldShot {
  FrameRange range;
  std::vector<Look> looks;
  std::vector<std::vector<int>> person_of_head;  ///< for each look and head; -1: nobody there
  std::vector<Point> camera_motion;
  std::vector<TruthTrack> truth;
};

struct World {
  WorldOptions options;
  std::vector<WorldShot> shots;
  std::vector<Embedding> identities;  ///< of each person, then of each portrait
};

World make_world(const WorldOptions& options);

/// What the tracker is given of a shot; refers to the world.
ShotLooks looks_of(const World& world, const WorldShot& shot);

}  // namespace dramatis
