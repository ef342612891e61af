#pragma once

// Lists of shots in the formats that editors and scripts read. Each returns the file's whole text.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/frame_time.h"
#include "film/film_reader.h"
#include "shots/frame_features.h"
#include "shots/shot.h"
#include "shots/shot_detection.h"

namespace dramatis {

enum class ShotFormat { csv, json, edl, otio };

/// "csv", "json", "edl", "otio".
std::optional<ShotFormat> shot_format_named(std::string_view name);

std::string format_shots(ShotFormat format, std::span<const Shot> shots, const Timeline& timeline,
                         const FilmInfo& film);

/// Columns shot,start_frame,end_frame,start_s,end_s: shots from 1 (as everywhere), frames from 0,
/// ends excluded.
std::string shots_as_csv(std::span<const Shot> shots, const Timeline& timeline);

/// {"format": "dramatis/1", "film": …, "shots": [{id, start_frame, end_frame, start_s, end_s,
/// begins_with, clean_start_frame, clean_end_frame}]}: the head of the project's JSON export.
std::string shots_as_json(std::span<const Shot> shots, const Timeline& timeline,
                          const FilmInfo& film);

/// CMX 3600: an event a shot, source and record times alike. Non-drop-frame time code at the
/// nearest whole rate, counted in frames from 00:00:00:00, so that frame numbers come back exactly;
/// at a variable rate it counts frames as well, not seconds. A reel name and the film's name as a
/// comment.
std::string shots_as_edl(std::span<const Shot> shots, const FilmInfo& film);

/// OpenTimelineIO's Timeline.1: one video track, a clip a shot, cut from the film by frame numbers
/// at its nominal rate; the transition that begins it in the metadata.
std::string shots_as_otio(std::span<const Shot> shots, const FilmInfo& film);

/// What every detector measures, a line a frame, to choose thresholds by: PySceneDetect's columns
/// and names, then ours.
std::string stats_as_csv(std::span<const FrameFeatures> features, const Timeline& timeline,
                         const ShotOptions& options);

}  // namespace dramatis
