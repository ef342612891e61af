#pragma once

#include "project/schema.h"

namespace dramatis {

/// The layout of analysis.sqlite; every table is told of in docs/project-format.md.
inline constexpr const char* kAnalysisSteps[] = {
    // 0 -> 1
    R"sql(
CREATE TABLE film (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  path TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
  frame_rate_num INTEGER NOT NULL, frame_rate_den INTEGER NOT NULL,
  pixel_aspect_num INTEGER NOT NULL, pixel_aspect_den INTEGER NOT NULL,
  time_base_num INTEGER NOT NULL, time_base_den INTEGER NOT NULL,
  rotation_degrees INTEGER NOT NULL, duration_s REAL NOT NULL, expected_frames INTEGER NOT NULL,
  codec TEXT NOT NULL, has_sound INTEGER NOT NULL, fingerprint TEXT NOT NULL);

CREATE TABLE stages (name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL);

CREATE TABLE looks_at_film (
  generation INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, finished INTEGER NOT NULL DEFAULT 0,
  end_stamp INTEGER NOT NULL DEFAULT 0, damaged_packets INTEGER NOT NULL DEFAULT 0,
  cut_short INTEGER NOT NULL DEFAULT 0);
CREATE TABLE chunks (
  generation INTEGER NOT NULL REFERENCES looks_at_film ON DELETE CASCADE,
  number INTEGER NOT NULL, start_frame INTEGER NOT NULL, end_frame INTEGER NOT NULL,
  stamps BLOB NOT NULL, features BLOB NOT NULL,
  PRIMARY KEY (generation, number));
CREATE TABLE chunk_looks (
  generation INTEGER NOT NULL, number INTEGER NOT NULL, looks BLOB NOT NULL,
  PRIMARY KEY (generation, number),
  FOREIGN KEY (generation, number) REFERENCES chunks ON DELETE CASCADE);
CREATE TABLE head_pictures (
  generation INTEGER NOT NULL, number INTEGER NOT NULL, frame INTEGER NOT NULL,
  x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL, jpeg BLOB NOT NULL,
  FOREIGN KEY (generation, number) REFERENCES chunks ON DELETE CASCADE);
CREATE INDEX head_pictures_by_frame ON head_pictures (generation, frame);
CREATE INDEX head_pictures_by_chunk ON head_pictures (generation, number);

CREATE TABLE shots (
  id INTEGER PRIMARY KEY, start_frame INTEGER NOT NULL, end_frame INTEGER NOT NULL,
  begins_with INTEGER NOT NULL, clean_start INTEGER NOT NULL, clean_end INTEGER NOT NULL);

CREATE TABLE tracks (
  id INTEGER PRIMARY KEY, shot INTEGER NOT NULL REFERENCES shots,
  start_frame INTEGER NOT NULL, end_frame INTEGER NOT NULL, score REAL NOT NULL,
  is_picture INTEGER NOT NULL, best_face INTEGER, best_face_reason TEXT NOT NULL,
  points BLOB NOT NULL, faces BLOB NOT NULL, colours BLOB NOT NULL);
CREATE INDEX tracks_by_shot ON tracks (shot);
CREATE TABLE track_embeddings (
  track INTEGER PRIMARY KEY REFERENCES tracks ON DELETE CASCADE, embeddings BLOB NOT NULL);

CREATE TABLE cast (only INTEGER PRIMARY KEY CHECK (only = 1), decisions_up_to INTEGER NOT NULL);
CREATE TABLE people (
  place INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, kind INTEGER NOT NULL, seconds REAL NOT NULL);
CREATE TABLE memberships (
  place INTEGER PRIMARY KEY, track INTEGER NOT NULL UNIQUE REFERENCES tracks,
  person INTEGER NOT NULL REFERENCES people, confidence REAL NOT NULL, basis INTEGER NOT NULL);
CREATE TABLE cannot_links (
  place INTEGER PRIMARY KEY, track_a INTEGER NOT NULL, track_b INTEGER NOT NULL,
  kind INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE questions (
  place INTEGER PRIMARY KEY, track_a INTEGER NOT NULL, track_b INTEGER NOT NULL,
  probability_same REAL NOT NULL, seconds_at_stake REAL NOT NULL);

CREATE TABLE person_traces (
  place INTEGER PRIMARY KEY, person INTEGER NOT NULL, start_frame INTEGER NOT NULL,
  end_frame INTEGER NOT NULL, seconds REAL NOT NULL, points BLOB NOT NULL);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
)sql",
    // 1 -> 2: where a cannot-link can be seen
    "ALTER TABLE cannot_links ADD COLUMN frame INTEGER;",
};

inline constexpr Schema kAnalysisSchema{0x44524D41 /* "DRMA" */, kAnalysisSteps};

}  // namespace dramatis
