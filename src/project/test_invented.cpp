#include "project/test_invented.h"

#include <algorithm>
#include <map>

namespace dramatis::invented {
namespace {

/// A float that looks arbitrary and is the same every time.
float number(std::int64_t a, std::int64_t b = 0, std::int64_t c = 0) {
  const auto mixed = static_cast<std::uint32_t>(a * 2654435761 + b * 40503 + c * 9973 + 12345);
  return static_cast<float>(mixed % 100000) / 997.0f;
}

Box box(std::int64_t a, std::int64_t b) {
  return {number(a, b), number(b, a), 20 + number(a + 1, b), 30 + number(b + 1, a)};
}

Face face(std::int64_t a, std::int64_t b) {
  const auto point = [&](int i) { return Point{number(a, b, i), number(b, a, i)}; };
  return {box(a, b), {point(1), point(2), point(3), point(4), point(5)}, number(a, b) / 101};
}

std::vector<float> numbers(int count, std::int64_t a, std::int64_t b) {
  std::vector<float> values;
  for (int i = 0; i < count; ++i) values.push_back(number(a, b, i));
  return values;
}

Head head(FrameNumber frame, int place, int length) {
  Head head;
  head.box = box(frame, place);
  head.score = number(frame, place) / 101;
  head.source = static_cast<HeadSource>(place % 3);
  if (place % 3 == 0) {
    head.face = face(frame, place);
    head.face_quality = number(frame);
    head.embedding = numbers(length, frame, place);
  }
  head.colours = numbers(place, frame, 7);
  return head;
}

FrameFeatures features_at(FrameNumber frame) {
  FrameFeatures features;
  features.hue_change = number(frame, 1);
  features.saturation_change = number(frame, 2);
  features.luma_change = number(frame, 3);
  features.edge_change = number(frame, 4);
  features.brightness = number(frame, 5);
  features.histogram_correlation = number(frame, 6);
  features.hash_distance = number(frame, 7);
  features.cut_probability = number(frame, 8);
  features.transition_probability = number(frame, 9);
  features.shift_x = number(frame, 10);
  features.shift_y = number(frame, 11);
  features.colour_change = number(frame, 12);
  features.structure_change = number(frame, 13);
  for (std::size_t i = 0; i < features.mosaic.luma.size(); ++i)
    features.mosaic.luma[i] = static_cast<std::uint8_t>(frame + static_cast<FrameNumber>(i));
  return features;
}

}  // namespace

FilmInfo film(const std::string& fingerprint) {
  FilmInfo info;
  info.path = "invented.mkv";
  info.width = 1280;
  info.height = 720;
  info.frame_rate = {24000, 1001};
  info.pixel_aspect = {64, 45};
  info.time_base = {1, 24000};
  info.rotation_degrees = 90;
  info.duration_s = 12.5;
  info.expected_frames = 300;
  info.codec = "invented";
  info.has_sound = true;
  info.fingerprint = fingerprint;
  return info;
}

FilmChunk chunk(std::int64_t index, FrameNumber frames, int heads, int length) {
  FilmChunk chunk;
  chunk.index = index;
  chunk.range = {index * frames, (index + 1) * frames};
  for (FrameNumber frame = chunk.range.start; frame < chunk.range.end; ++frame) {
    chunk.stamps.push_back(frame * 1001);
    chunk.features.push_back(features_at(frame));
    if (frame % 2 != 0) continue;
    Look look{.frame = frame, .sought_faces = frame % 4 == 0, .sought_bodies = frame % 6 == 0};
    for (int place = 0; place < heads; ++place) look.heads.push_back(head(frame, place, length));
    chunk.looks.push_back(look);
  }
  chunk.pictures.push_back({chunk.range.start, box(index, 1), {1, 2, 3, std::uint8_t(index)}});
  return chunk;
}

Timeline timeline(FrameNumber frames) {
  std::vector<std::int64_t> stamps;
  for (FrameNumber frame = 0; frame < frames; ++frame) stamps.push_back(frame * 1001);
  return {Rational(1, 24000), stamps, frames * 1001};
}

std::vector<Shot> shots(int count, FrameNumber frames_each) {
  std::vector<Shot> shots;
  for (int i = 0; i < count; ++i) {
    const FrameRange range{i * frames_each, (i + 1) * frames_each};
    shots.push_back({range, i == 0 ? TransitionKind::start_of_film : TransitionKind::cut,
                     range.start, range.end});
  }
  return shots;
}

StoredTrack track(int id, int shot, const FrameRange& range, int lane, int length) {
  StoredTrack stored{.id = id, .shot = shot};
  stored.track.range = range;
  for (FrameNumber frame = range.start; frame < range.end; ++frame) {
    const float drift = static_cast<float>(frame - range.start) * 0.25f;
    const Box place{10 + 120.0f * static_cast<float>(lane) + drift, 100, 80, 100};
    stored.track.points.push_back({frame, place, frame % 5 != 4, number(frame, 9)});
  }
  for (FrameNumber frame = range.start; frame < range.end; frame += 10)
    stored.track.faces.push_back({frame, face(frame, lane), number(frame, lane),
                                  numbers(length, frame, lane), frame % 20 != 0});
  stored.track.colours = numbers(lane % 4, id, 3);
  stored.track.score = number(id) / 101;
  stored.best_face = stored.track.faces.empty() ? std::nullopt : std::optional<std::size_t>(0);
  stored.best_face_reason = "the first";
  return stored;
}

StoredCast cast_of(const std::vector<StoredTrack>& tracks, const std::vector<int>& labels,
                   const Timeline& timeline) {
  std::map<int, CastMember> by_label;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    by_label[labels[i]].tracks.push_back(tracks[i].id);
    by_label[labels[i]].seconds += timeline.duration_s(tracks[i].track.range);
  }
  StoredCast stored;
  for (auto& [label, member] : by_label) stored.cast.people.push_back(member);
  std::stable_sort(stored.cast.people.begin(), stored.cast.people.end(),
                   [](const CastMember& a, const CastMember& b) { return a.seconds > b.seconds; });
  std::map<int, int> place_of_track;
  for (std::size_t i = 0; i < stored.cast.people.size(); ++i)
    for (const int track : stored.cast.people[i].tracks)
      place_of_track[track] = static_cast<int>(i);
  for (const StoredTrack& track : tracks)
    stored.cast.memberships.push_back({track.id, place_of_track.at(track.id), 0.9f});
  return stored;
}

Project finished_project(const std::string& folder) {
  Project project = Project::for_film(folder, film());
  AnalysisStore& store = project.analysis();
  store.begin_film("look");
  for (int i = 0; i < 4; ++i) store.put_chunk(chunk(i));
  store.finish_film({.end_stamp = 100 * 1001});
  store.replace_shots(shots(4, 25), "shots");
  const std::vector<StoredTrack> tracks{track(1, 1, {0, 20}, 0),  track(2, 1, {10, 25}, 1),
                                        track(3, 2, {25, 50}, 0), track(4, 2, {30, 36}, 2),
                                        track(5, 3, {50, 75}, 1), track(6, 4, {75, 100}, 0),
                                        track(7, 4, {75, 100}, 3)};
  store.replace_tracks(tracks, "tracks");
  StoredCast stored = cast_of(tracks, {1, 2, 1, 3, 2, 1, 4}, timeline(100));
  // By screen time: person 1, then 2, then the picture, then the extra.
  stored.person_ids = {1, 2, 4, 3};
  stored.cast.people[2].kind = PersonKind::picture;
  stored.cast.people[3].kind = PersonKind::extra;
  stored.cast.cannot_links = {
      {1, 2, PairRuleKind::different, "both in the picture at frame 10", 10}};
  stored.cast.questions = {{4, 5, 0.4f, 1.5}};
  store.replace_cast(stored, "people");
  return project;
}

}  // namespace dramatis::invented
