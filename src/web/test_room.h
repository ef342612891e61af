#pragma once

// An invented project to look at and to edit: drawn faces in drawn shots, a cast with the mistakes
// that real ones have, and a film if one is wanted.

#include <string>

#include "base/embedding.h"
#include "base/frame_time.h"
#include "base/picture.h"

namespace dramatis::invented {

struct RoomPlan {
  int people = 6;  ///< characters; beside them there are extras and a portrait on a wall
  int shots = 24;
  FrameNumber frames_per_shot = 25;  ///< at 25 a second
  int heads_per_shot = 2;
  int extras = 3;
  bool with_film = false;     ///< 640 x 360, FOLDER/film.mp4; else the film is not there
  bool with_pictures = true;  ///< of heads, as a run keeps them
  int portrait_of = 0;        ///< the character of whom somebody brought a portrait, as "Anna"
  bool with_cast = true;      ///< false: the film was looked at, nothing more
  bool so_far = false;        ///< all of this is the first half of a film that a run is looking at
};

/// The mistakes: character 1 is split, its tracks of every fourth appearance are a person of their
/// own and there is a question about it; the second appearance of character 2 was given to
/// character 3, with little confidence. Who is in one shot with another is kept apart.
/// Makes the folder.
void make_room(const std::string& folder, const RoomPlan& plan);

/// What a network would make of that person's face.
Embedding face_vector(int person);

/// A drawn face, different for each person.
Picture drawn_face(int person, int side_px);

}  // namespace dramatis::invented
