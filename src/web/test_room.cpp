#include "web/test_room.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <opencv2/imgproc.hpp>

#include "film/film_writer.h"
#include "film/picture_file.h"
#include "project/portraits.h"
#include "project/project.h"
#include "project/test_invented.h"

namespace dramatis::invented {
namespace {

constexpr int kWidth = 640, kHeight = 360;

cv::Scalar tone(int person, int which) {
  const int mixed = (person * 7919 + which * 104729) % 997;
  return cv::Scalar(70 + mixed % 150, 70 + mixed * 7 % 150, 70 + mixed * 13 % 150);
}

/// A head in a shot: whose it is, and who it was taken for.
struct Appearance {
  int person = 0;
  int label = 0;
  float confidence = 0.97f;
  int lane = 0;
  bool is_picture = false;
};

constexpr int kPortrait = 900, kFirstExtra = 500, kSplitOff = 400;

std::vector<Appearance> appearances_in(int shot, const RoomPlan& plan, std::map<int, int>& seen) {
  std::vector<Appearance> found;
  for (int lane = 0; lane < plan.heads_per_shot; ++lane) {
    const int person = 1 + (shot * (lane + 1) + lane * (shot / plan.people + 1)) % plan.people;
    if (std::any_of(found.begin(), found.end(), [&](auto& a) { return a.person == person; }))
      continue;
    Appearance head{.person = person, .label = person, .lane = lane};
    const int before = seen[person]++;
    if (person == 1 && before % 4 == 3) head.label = kSplitOff;
    if (person == 2 && before == 1) head.label = 3, head.confidence = 0.41f;
    found.push_back(head);
  }
  if (shot % (plan.shots / std::max(1, plan.extras) + 1) == 1)
    found.push_back({.person = kFirstExtra + shot, .label = kFirstExtra + shot, .lane = 3});
  if (shot % 8 == 5)
    found.push_back({.person = kPortrait, .label = kPortrait, .lane = 4, .is_picture = true});
  return found;
}

Box head_box(const Appearance& head, FrameNumber frame_of_shot) {
  const float drift = static_cast<float>(frame_of_shot) * 0.6f;
  return {20 + 124.0f * static_cast<float>(head.lane) + drift,
          60 + 12.0f * static_cast<float>(head.person % 4), 96, 118};
}

StoredTrack track_of(int id, int shot, const FrameRange& range, const Appearance& head) {
  StoredTrack stored{.id = id, .shot = shot};
  stored.track.range = range;
  for (FrameNumber frame = range.start; frame < range.end; ++frame)
    stored.track.points.push_back({frame, head_box(head, frame - range.start)});
  const FrameNumber middle = (range.start + range.end) / 2;
  const Box& box = stored.track.points[static_cast<std::size_t>(middle - range.start)].box;
  FaceSighting face{.frame = middle, .quality = 40.0f + static_cast<float>(id * 13 % 55)};
  face.embedding = face_vector(head.person);
  face.face.box = {box.x + 10, box.y + 20, box.width - 20, box.height - 24};
  stored.track.faces.push_back(face);
  stored.best_face = 0;
  stored.best_face_reason = "the only one";
  stored.track.score = 0.9f;
  stored.track.is_picture = head.is_picture;
  return stored;
}

struct Invention {
  std::vector<Shot> shots;
  std::vector<StoredTrack> tracks;
  std::vector<Appearance> heads;  ///< one a track
};

Invention invent(const RoomPlan& plan) {
  Invention invention{.shots = shots(plan.shots, plan.frames_per_shot)};
  std::map<int, int> seen;
  for (int shot = 0; shot < plan.shots; ++shot)
    for (const Appearance& head : appearances_in(shot, plan, seen)) {
      const int id = static_cast<int>(invention.tracks.size()) + 1;
      const FrameRange& range = invention.shots[static_cast<std::size_t>(shot)].range;
      invention.tracks.push_back(track_of(id, shot + 1, range, head));
      invention.heads.push_back(head);
    }
  return invention;
}

Timeline plain_timeline(FrameNumber frames) {
  std::vector<std::int64_t> stamps;
  for (FrameNumber frame = 0; frame < frames; ++frame) stamps.push_back(frame);
  return {Rational(1, 25), stamps, frames};
}

StoredCast cast_for(const Invention& invention, const Timeline& timeline) {
  std::vector<int> labels;
  for (const Appearance& head : invention.heads) labels.push_back(head.label);
  StoredCast stored = cast_of(invention.tracks, labels, timeline);
  for (std::size_t i = 0; i < invention.heads.size(); ++i)
    stored.cast.memberships[i].confidence = invention.heads[i].confidence;
  std::map<int, int> first_track_of;
  for (std::size_t i = 0; i < labels.size(); ++i)
    first_track_of.emplace(labels[i], static_cast<int>(i) + 1);
  for (std::size_t i = 0; i < stored.cast.people.size(); ++i) {
    stored.person_ids.push_back(static_cast<int>(i) + 1);
    const Appearance& head =
        invention.heads[static_cast<std::size_t>(stored.cast.people[i].tracks.front() - 1)];
    if (head.is_picture) stored.cast.people[i].kind = PersonKind::picture;
    if (head.label >= kFirstExtra && !head.is_picture)
      stored.cast.people[i].kind = PersonKind::extra;
  }
  for (std::size_t i = 0; i < invention.tracks.size(); ++i)
    for (std::size_t k = i + 1;
         k < invention.tracks.size() && invention.tracks[k].shot == invention.tracks[i].shot; ++k)
      stored.cast.cannot_links.push_back(
          {invention.tracks[i].id, invention.tracks[k].id, PairRuleKind::different,
           "both in the picture at frame " +
               std::to_string(invention.tracks[i].track.range.start)});
  if (first_track_of.contains(kSplitOff))
    stored.cast.questions.push_back(
        {first_track_of.at(1), first_track_of.at(kSplitOff), 0.71f, 4.0});
  if (first_track_of.contains(4) && first_track_of.contains(5))
    stored.cast.questions.push_back({first_track_of.at(4), first_track_of.at(5), 0.22f, 1.0});
  return stored;
}

void draw_shot(Picture& picture, int shot, const std::vector<const StoredTrack*>& tracks,
               const std::vector<int>& persons, FrameNumber frame) {
  picture.setTo(tone(shot, 3) * 0.6);
  cv::rectangle(picture, {0, kHeight * 3 / 4, kWidth, kHeight / 4}, tone(shot, 4) * 0.4,
                cv::FILLED);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const Box& box =
        tracks[i]->track.points[static_cast<std::size_t>(frame - tracks[i]->track.range.start)].box;
    const cv::Rect place(static_cast<int>(box.x), static_cast<int>(box.y), 96, 118);
    Picture face;
    cv::resize(drawn_face(persons[i], 128), face, place.size());
    const cv::Rect inside = place & cv::Rect(0, 0, kWidth, kHeight);
    face(inside - place.tl()).copyTo(picture(inside));
  }
}

FilmInfo write_film(const std::string& path, const Invention& invention) {
  FilmWriter writer(path, {.width = kWidth,
                           .height = kHeight,
                           .time_base = {1, 25},
                           .frame_rate = {25, 1},
                           .quality = 24});
  Picture picture(kHeight, kWidth, CV_8UC3);
  for (std::size_t shot = 0; shot < invention.shots.size(); ++shot) {
    std::vector<const StoredTrack*> tracks;
    std::vector<int> persons;
    for (std::size_t i = 0; i < invention.tracks.size(); ++i)
      if (invention.tracks[i].shot == static_cast<int>(shot) + 1) {
        tracks.push_back(&invention.tracks[i]);
        persons.push_back(invention.heads[i].person);
      }
    const FrameRange& range = invention.shots[shot].range;
    for (FrameNumber frame = range.start; frame < range.end; ++frame) {
      draw_shot(picture, static_cast<int>(shot), tracks, persons, frame);
      writer.write(picture, frame);
    }
  }
  writer.finish(invention.shots.back().range.end);
  return FilmReader(path).info();
}

FilmInfo film_not_there(const RoomPlan& plan) {
  FilmInfo info = film("film-of-a-room");
  info.path = "/nowhere/film-that-is-gone.mp4";
  info.width = kWidth, info.height = kHeight;
  info.frame_rate = {25, 1}, info.time_base = {1, 25}, info.pixel_aspect = {1, 1};
  info.rotation_degrees = 0;
  info.expected_frames = plan.shots * plan.frames_per_shot * (plan.so_far ? 2 : 1);
  info.duration_s = static_cast<double>(info.expected_frames) / 25;
  return info;
}

std::vector<std::int64_t> stamps_of(const FilmInfo& info, FrameNumber frames, bool from_film) {
  std::vector<std::int64_t> stamps;
  if (!from_film) return plain_timeline(frames).stamps();
  FilmReader reader(info.path);
  while (const auto frame = reader.next()) stamps.push_back(frame->stamp());
  return stamps;
}

void put_chunks(AnalysisStore& store, const Invention& invention,
                const std::vector<std::int64_t>& stamps, bool with_pictures) {
  std::map<int, std::vector<std::uint8_t>> faces;
  for (std::size_t shot = 0; shot < invention.shots.size(); ++shot) {
    FilmChunk chunk{.index = static_cast<std::int64_t>(shot), .range = invention.shots[shot].range};
    for (FrameNumber frame = chunk.range.start; frame < chunk.range.end; ++frame)
      chunk.stamps.push_back(stamps[static_cast<std::size_t>(frame)]);
    chunk.features.resize(chunk.stamps.size());
    for (std::size_t i = 0; with_pictures && i < invention.tracks.size(); ++i) {
      if (invention.tracks[i].shot != static_cast<int>(shot) + 1) continue;
      std::vector<std::uint8_t>& jpeg = faces[invention.heads[i].person];
      if (jpeg.empty()) jpeg = encode_jpeg(drawn_face(invention.heads[i].person, 128));
      for (const std::size_t at : {std::size_t{2}, chunk.stamps.size() - 2})
        chunk.pictures.push_back({chunk.range.start + static_cast<FrameNumber>(at),
                                  invention.tracks[i].track.points[at].box, jpeg});
    }
    std::stable_sort(chunk.pictures.begin(), chunk.pictures.end(),
                     [](auto& a, auto& b) { return a.frame < b.frame; });
    store.put_chunk(chunk);
  }
}

}  // namespace

Embedding face_vector(int person) {
  Embedding vector(32, 0.0f);
  for (std::size_t k = 0; k < vector.size(); ++k)
    vector[k] = std::sin(static_cast<float>(person * 31) * static_cast<float>(k + 1)) / 4;
  float squares = 0;
  for (const float v : vector) squares += v * v;
  for (float& v : vector) v /= std::sqrt(squares);
  return vector;
}

Picture drawn_face(int person, int side_px) {
  Picture face(128, 128, CV_8UC3, tone(person, 0) * 0.5);
  const int shade = person * 37 % 90;
  const cv::Scalar skin(140 + shade, 165 + shade * 0.8, 190 + shade * 0.6), dark(30, 30, 40);
  const cv::Scalar hair = tone(person, 1) * 0.6;
  cv::ellipse(face, {64, 128}, {54, 34}, 0, 180, 360, tone(person, 2), cv::FILLED, cv::LINE_AA);
  const int hair_height = 44 + person * 11 % 18;
  cv::ellipse(face, {64, 56}, {42 + person % 3 * 3, hair_height}, 0, 0, 360, hair, cv::FILLED,
              cv::LINE_AA);
  cv::ellipse(face, {64, 68}, {34, 42}, 0, 0, 360, skin, cv::FILLED, cv::LINE_AA);
  for (const int x : {51, 77}) {
    cv::circle(face, {x, 62}, 4, dark, cv::FILLED, cv::LINE_AA);
    if (person % 3 == 0) cv::circle(face, {x, 62}, 10, dark, 2, cv::LINE_AA);
  }
  cv::ellipse(face, {64, 86}, {13, 3 + person % 4 * 2}, 0, 0, 180, cv::Scalar(70, 60, 160), 3,
              cv::LINE_AA);
  if (person % 4 == 1)
    cv::ellipse(face, {64, 100}, {24, 13}, 0, 0, 180, hair, cv::FILLED, cv::LINE_AA);
  if (person >= kPortrait) cv::rectangle(face, {2, 2, 124, 124}, cv::Scalar(40, 130, 190), 6);
  Picture sized;
  cv::resize(face, sized, {side_px, side_px});
  return sized;
}

void make_room(const std::string& folder, const RoomPlan& plan) {
  const Invention invention = invent(plan);
  std::filesystem::create_directories(folder);
  const FilmInfo info =
      plan.with_film ? write_film(folder + "/film.mp4", invention) : film_not_there(plan);
  const FrameNumber frames = invention.shots.back().range.end;
  const std::vector<std::int64_t> stamps = stamps_of(info, frames, plan.with_film);
  const std::int64_t end = stamps.back() + (stamps.size() > 1 ? stamps[1] - stamps[0] : 1);
  Project project = Project::for_film(folder, info);
  if (plan.portrait_of != 0) store_portrait(folder, {"Anna", face_vector(plan.portrait_of)});
  AnalysisStore& store = project.analysis();
  store.whole([&] {
    store.begin_film("film");
    put_chunks(store, invention, stamps, plan.with_pictures);
    if (!plan.with_cast) return;
    StoredCast cast = cast_for(invention, Timeline(info.time_base, stamps, end));
    if (plan.so_far) {
      cast.cast.questions.clear();
      return store.replace_so_far(invention.shots, invention.tracks, cast);
    }
    store.finish_film({.end_stamp = end});
    store.replace_shots(invention.shots, "shots");
    store.replace_tracks(invention.tracks, "tracks");
    store.replace_cast(cast, "people");
  });
}

}  // namespace dramatis::invented
