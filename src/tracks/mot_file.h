#pragma once

// Boxes with identities in the text format of the MOTChallenge (Milan et al. 2016): what other
// trackers and their judges read and write. A line a box,
//
//     frame,id,left,top,width,height,confidence,class or x,visibility or y[,z]
//
// with frames and ids from 1 in the file; frames from 0 here. Detections have id -1. In a truth
// file a confidence of 0 means: do not count this box.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/frame_time.h"
#include "base/geometry.h"
#include "heads/head.h"
#include "tracks/track.h"

namespace dramatis {

struct MotBox {
  FrameNumber frame = 0;
  int id = -1;
  Box box;
  float confidence = 1;
};

/// In the order of the file. Throws Failure{usage} that names file and line when one cannot be
/// read.
std::vector<MotBox> read_mot_file(const std::filesystem::path& file);
/// A line a box, as they come.
std::string mot_text(std::span<const MotBox> boxes);
/// Whole or not at all: see base/whole_file.h.
void write_mot_file(const std::filesystem::path& file, std::span<const MotBox> boxes);

/// A look for every frame from 0 to `frames` (0: to the last box), also where it found nothing.
/// When all detections lie n frames apart, or a multiple of that, only every n-th frame was looked
/// at. Confidences between 0 and 1 are taken as scores; files with others (-1, or the margins of an
/// old detector) say nothing of how sure they are, so all their scores are 1.
std::vector<Look> looks_from_mot(std::span<const MotBox> detections, FrameNumber frames = 0);

/// Tracks are numbered from 1 in their order; one box for each frame.
std::vector<MotBox> mot_from_tracks(std::span<const Track> tracks);

}  // namespace dramatis
