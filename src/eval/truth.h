#pragma once

// Truths: what a film really shows, written down by people. docs/eval.md describes each format. The
// format is told by content, never by the file's name.

#include <string>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"
#include "tracks/mot_file.h"

namespace dramatis {

/// Whose head is at a place in one frame.
struct LabelledHead {
  FrameNumber frame = 0;
  Box box;
  int person = 0;  ///< a place in PeopleTruth::persons
};

/// Whose head one of the project's tracks follows.
struct LabelledTrack {
  int track = 0;
  int person = 0;
  std::size_t line = 0;  ///< of the truth's file, from 1
};

/// Who is who: heads or tracks, never both.
struct PeopleTruth {
  std::string file;                  ///< where it was read
  std::vector<std::string> persons;  ///< a word for each, without doubles
  std::vector<LabelledHead> heads;   ///< not every head, and not every frame, need be labelled
  std::vector<LabelledTrack> tracks;
};

/// A `dramatis/1` JSON export, a CSV with the columns frame,x,y,width,height,person, one with
/// track,person, or MOTChallenge boxes. Where a CSV has a column `clip`, the lines that name the
/// film's file are meant. Heads of nobody are left out. Throws Failure{usage}, one sentence that
/// names file and line, when it is none of these or has none for this film.
PeopleTruth read_people_truth(const std::string& path, const std::string& film_name);

/// What a truth of people tells beside them; only a `dramatis/1` export tells more. Its tracks
/// count where each has a head in every one of its frames.
struct TruthContents {
  bool shots = false;
  bool tracks = false;
};
TruthContents contents_of_truth(const std::string& path);

/// MOTChallenge boxes, or a `dramatis/1` export (identities: its tracks). Throws likewise.
std::vector<MotBox> read_track_truth(const std::string& path);

/// Where shots begin: first frames, ascending, each once. Frame 0 is none.
struct ShotBoundaries {
  std::vector<FrameNumber> all;
  std::vector<FrameNumber> cuts;  ///< those that are cuts, or that nobody called anything else
};

/// The CSV of `dramatis shots`, any `dramatis/1` JSON with shots, or one frame number a line.
/// Throws likewise.
ShotBoundaries read_shot_boundaries(const std::string& path);

}  // namespace dramatis
