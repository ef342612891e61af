// Looking, as it is stored: one transaction a chunk. A look at the film is a generation of chunks;
// the one that readers see stays until its successor is finished.

#include <algorithm>
#include <stdexcept>

#include "base/failure.h"
#include "project/analysis_machine.h"
#include "project/chunk_blobs.h"

namespace dramatis {
namespace {

void put_pictures(const Database& database, std::int64_t generation, const FilmChunk& chunk) {
  Statement insert(database, "INSERT INTO head_pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (const HeadPicture& picture : chunk.pictures) {
    const Box& box = picture.head_box;
    insert.run(generation, chunk.index, picture.frame, box.x, box.y, box.width, box.height,
               std::as_bytes(std::span(picture.jpeg)));
  }
}

HeadPicture picture_of(const Statement& row) {
  const std::string_view jpeg = row.blob(5);
  return {row.integer(0),
          {static_cast<float>(row.real(1)), static_cast<float>(row.real(2)),
           static_cast<float>(row.real(3)), static_cast<float>(row.real(4))},
          {jpeg.begin(), jpeg.end()}};
}

/// How long the last frame is shown while nobody knows: one frame at the nominal rate.
std::int64_t guessed_end(const FilmInfo& film, const std::vector<std::int64_t>& stamps) {
  const Rational ticks = Rational(1) / (film.frame_rate * film.time_base);
  return stamps.back() + std::max<std::int64_t>(1, ticks.numerator() / ticks.denominator());
}

}  // namespace

std::int64_t AnalysisStore::Machine::readable_generation() const {
  return database.number(
      "SELECT generation FROM looks_at_film ORDER BY finished DESC, generation DESC LIMIT 1");
}

std::int64_t AnalysisStore::Machine::generation_to_write() const {
  if (generation_in_work == 0) throw std::logic_error("no begin_film() before chunks");
  return generation_in_work;
}

void AnalysisStore::begin_film(const std::string& fingerprint) {
  Transaction transaction(machine_->database);
  Statement same = machine_->prepare(
      "SELECT generation FROM looks_at_film WHERE fingerprint = ? ORDER BY finished DESC LIMIT 1");
  same.bind(fingerprint);
  if (same.next()) {
    machine_->generation_in_work = same.integer(0);
    return;
  }
  machine_->database.execute("DELETE FROM looks_at_film WHERE finished = 0");
  if (!finished_stage(stage::film)) machine_->drop_after(stage::film);
  machine_->prepare("INSERT INTO looks_at_film (fingerprint) VALUES (?)").run(fingerprint);
  machine_->generation_in_work = machine_->database.number("SELECT last_insert_rowid()");
  transaction.commit();
}

std::int64_t AnalysisStore::next_missing_chunk() const {
  Statement numbers =
      machine_->prepare("SELECT number FROM chunks WHERE generation = ? ORDER BY number");
  numbers.bind(machine_->generation_to_write());
  std::int64_t missing = 0;
  while (numbers.next() && numbers.integer(0) == missing) ++missing;
  return missing;
}

std::vector<std::int64_t> AnalysisStore::stamps_so_far() const {
  Statement rows = machine_->prepare(
      "SELECT stamps FROM chunks WHERE generation = ? AND number < ? ORDER BY number");
  rows.bind(machine_->generation_to_write(), next_missing_chunk());
  std::vector<std::int64_t> stamps;
  while (rows.next()) {
    const auto more = stamps_from(rows.blob(0), path());
    stamps.insert(stamps.end(), more.begin(), more.end());
  }
  return stamps;
}

void AnalysisStore::put_chunk(const FilmChunk& chunk) {
  const std::int64_t generation = machine_->generation_to_write();
  Transaction transaction(machine_->database);
  machine_->prepare("DELETE FROM chunks WHERE generation = ? AND number = ?")
      .run(generation, chunk.index);
  machine_->prepare("INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)")
      .run(generation, chunk.index, chunk.range.start, chunk.range.end,
           as_blob(stamps_blob(chunk.stamps)), as_blob(features_blob(chunk.features)));
  machine_->prepare("INSERT INTO chunk_looks VALUES (?, ?, ?)")
      .run(generation, chunk.index, as_blob(looks_blob(chunk.looks)));
  put_pictures(machine_->database, generation, chunk);
  transaction.commit();
}

void AnalysisStore::finish_film(const FilmEnd& end) {
  const std::int64_t generation = machine_->generation_to_write();
  Transaction transaction(machine_->database);
  Statement count = machine_->prepare("SELECT count(*) FROM chunks WHERE generation = ?");
  count.bind(generation);
  if (count.next() && count.integer(0) != next_missing_chunk())
    throw std::logic_error("a film finished with a chunk missing");
  machine_
      ->prepare(
          "UPDATE looks_at_film SET finished = 1, end_stamp = ?, damaged_packets = ?,"
          " cut_short = ? WHERE generation = ?")
      .run(end.end_stamp, end.damaged_packets, end.cut_short, generation);
  machine_->prepare("DELETE FROM looks_at_film WHERE generation <> ?").run(generation);
  Statement fingerprint =
      machine_->prepare("SELECT fingerprint FROM looks_at_film WHERE generation = ?");
  fingerprint.bind(generation);
  if (fingerprint.next()) machine_->finish_stage(stage::film, fingerprint.text(0));
  transaction.commit();
}

FilmEnd AnalysisStore::film_end() const {
  Statement row = machine_->prepare(
      "SELECT end_stamp, damaged_packets, cut_short FROM looks_at_film WHERE generation = ?");
  row.bind(machine_->readable_generation());
  if (!row.next()) return {};
  return {row.integer(0), row.integer(1), row.integer(2) != 0};
}

FrameNumber AnalysisStore::frames_seen() const {
  Statement last = machine_->prepare(
      "SELECT end_frame FROM chunks WHERE generation = ? ORDER BY number DESC LIMIT 1");
  last.bind(machine_->readable_generation());
  return last.next() ? last.integer(0) : 0;
}

Timeline AnalysisStore::timeline() const {
  Statement rows =
      machine_->prepare("SELECT stamps FROM chunks WHERE generation = ? ORDER BY number");
  rows.bind(machine_->readable_generation());
  std::vector<std::int64_t> stamps;
  while (rows.next()) {
    const auto more = stamps_from(rows.blob(0), path());
    stamps.insert(stamps.end(), more.begin(), more.end());
  }
  if (stamps.empty()) return {};
  const FilmInfo info = film();
  const std::int64_t end = finished_stage(stage::film) ? film_end().end_stamp : 0;
  try {
    return Timeline(info.time_base, stamps, end > stamps.back() ? end : guessed_end(info, stamps));
  } catch (const std::invalid_argument&) {
    throw project_failure(path(), "the file is damaged: its frames are out of order");
  }
}

void AnalysisStore::for_each_chunk(const FrameRange& range, const ChunkParts& parts,
                                   const std::function<void(FilmChunk&&)>& visit) const {
  const std::int64_t generation = machine_->readable_generation();
  Statement rows = machine_->prepare(
      "SELECT number, start_frame, end_frame, stamps, features FROM chunks"
      " WHERE generation = ? AND start_frame < ? AND end_frame > ? ORDER BY number");
  rows.bind(generation, range.end, range.start);
  Statement looks_row =
      machine_->prepare("SELECT looks FROM chunk_looks WHERE generation = ? AND number = ?");
  while (rows.next()) {
    FilmChunk chunk;
    chunk.index = rows.integer(0);
    chunk.range = {rows.integer(1), rows.integer(2)};
    chunk.stamps = stamps_from(rows.blob(3), path());
    if (parts.features) chunk.features = features_from(rows.blob(4), path());
    if (parts.looks) {
      looks_row.bind(generation, chunk.index);
      if (looks_row.next()) chunk.looks = looks_from(looks_row.blob(0), path());
    }
    if (parts.pictures) chunk.pictures = pictures(chunk.range);
    visit(std::move(chunk));
  }
}

std::vector<FrameFeatures> AnalysisStore::features() const {
  Statement rows =
      machine_->prepare("SELECT features FROM chunks WHERE generation = ? ORDER BY number");
  rows.bind(machine_->readable_generation());
  std::vector<FrameFeatures> features;
  while (rows.next()) {
    const auto more = features_from(rows.blob(0), path());
    features.insert(features.end(), more.begin(), more.end());
  }
  return features;
}

std::vector<Look> AnalysisStore::looks(const FrameRange& range) const {
  std::vector<Look> found;
  for_each_chunk(range, {.looks = true}, [&](FilmChunk&& chunk) {
    for (Look& look : chunk.looks)
      if (range.contains(look.frame)) found.push_back(std::move(look));
  });
  return found;
}

std::vector<HeadPicture> AnalysisStore::pictures(const FrameRange& range) const {
  Statement rows = machine_->prepare(
      "SELECT frame, x, y, width, height, jpeg FROM head_pictures"
      " WHERE generation = ? AND frame >= ? AND frame < ? ORDER BY frame, rowid");
  rows.bind(machine_->readable_generation(), range.start, range.end);
  std::vector<HeadPicture> pictures;
  while (rows.next()) pictures.push_back(picture_of(rows));
  return pictures;
}

}  // namespace dramatis
