// Thinking, as it is stored: shots, tracks, cast. Each result replaces the one before in one
// transaction.

#include <stdexcept>

#include "base/failure.h"
#include "project/analysis_machine.h"
#include "project/anchor_blobs.h"
#include "project/track_blobs.h"

namespace dramatis {
namespace {

constexpr char kTrackColumns[] =
    "SELECT id, shot, start_frame, end_frame, score, is_picture, best_face, best_face_reason,"
    " points, faces, colours FROM tracks ";

StoredTrack track_of(const Statement& row, const std::string& where) {
  StoredTrack stored;
  stored.id = static_cast<int>(row.integer(0));
  stored.shot = static_cast<int>(row.integer(1));
  stored.track.range = {row.integer(2), row.integer(3)};
  stored.track.score = static_cast<float>(row.real(4));
  stored.track.is_picture = row.integer(5) != 0;
  stored.best_face_reason = row.text(7);
  stored.track.points = points_from(row.blob(8), where);
  stored.track.faces = faces_from(row.blob(9), where);
  stored.track.colours = numbers_from(row.blob(10), where);
  if (!row.is_null(6)) {
    stored.best_face = static_cast<std::size_t>(row.integer(6));
    if (*stored.best_face >= stored.track.faces.size())
      throw project_failure(where, "the file is damaged");
  }
  return stored;
}

void put_embeddings_into(std::vector<StoredTrack>& tracks, const Database& database) {
  Statement row(database, "SELECT embeddings FROM track_embeddings WHERE track = ?");
  for (StoredTrack& stored : tracks) {
    row.bind(stored.id);
    if (!row.next()) throw project_failure(database.path(), "the file is damaged");
    add_embeddings(row.blob(0), stored.track.faces, database.path());
  }
}

void put_people(const Database& database, const StoredCast& stored) {
  Statement insert(database, "INSERT INTO people VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < stored.cast.people.size(); ++i) {
    const CastMember& member = stored.cast.people[i];
    insert.run(static_cast<int>(i), stored.person_ids.at(i), static_cast<int>(member.kind),
               member.seconds);
  }
}

void put_evidence(const Database& database, const Cast& cast) {
  int place = 0;
  Statement membership(database, "INSERT INTO memberships VALUES (?, ?, ?, ?, ?)");
  for (const Membership& m : cast.memberships)
    membership.run(place++, m.track, m.person, m.confidence, static_cast<int>(m.basis));
  place = 0;
  Statement link(database, "INSERT INTO cannot_links VALUES (?, ?, ?, ?, ?, ?)");
  for (const PairRule& rule : cast.cannot_links)
    link.run(place++, rule.track_a, rule.track_b, static_cast<int>(rule.kind), rule.reason,
             rule.frame);
  place = 0;
  Statement question(database, "INSERT INTO questions VALUES (?, ?, ?, ?, ?)");
  for (const Question& q : cast.questions)
    question.run(place++, q.track_a, q.track_b, q.probability_same, q.seconds_at_stake);
}

void read_people(const Database& database, StoredCast& stored) {
  Statement row(database, "SELECT id, kind, seconds FROM people ORDER BY place");
  while (row.next()) {
    stored.person_ids.push_back(static_cast<int>(row.integer(0)));
    stored.cast.people.push_back({{}, row.one_of(1, PersonKind::faceless), row.real(2)});
  }
}

void read_evidence(const Database& database, Cast& cast) {
  Statement m(database, "SELECT track, person, confidence, basis FROM memberships ORDER BY place");
  while (m.next())
    cast.memberships.push_back({static_cast<int>(m.integer(0)), static_cast<int>(m.integer(1)),
                                static_cast<float>(m.real(2)), m.one_of(3, MembershipBasis::user)});
  Statement link(database,
                 "SELECT track_a, track_b, kind, reason, frame FROM cannot_links ORDER BY place");
  while (link.next()) {
    cast.cannot_links.push_back({static_cast<int>(link.integer(0)),
                                 static_cast<int>(link.integer(1)),
                                 link.one_of(2, PairRuleKind::may_be_same), link.text(3)});
    if (!link.is_null(4)) cast.cannot_links.back().frame = link.integer(4);
  }
  Statement q(database,
              "SELECT track_a, track_b, probability_same, seconds_at_stake FROM questions"
              " ORDER BY place");
  while (q.next())
    cast.questions.push_back({static_cast<int>(q.integer(0)), static_cast<int>(q.integer(1)),
                              static_cast<float>(q.real(2)), q.real(3)});
}

void gather_tracks_of_people(const Database& database, Cast& cast) {
  Statement row(database, "SELECT track, person FROM memberships ORDER BY track");
  while (row.next()) {
    const auto person = static_cast<std::size_t>(row.integer(1));
    if (person >= cast.people.size()) throw project_failure(database.path(), "the file is damaged");
    cast.people[person].tracks.push_back(static_cast<int>(row.integer(0)));
  }
}

}  // namespace

void AnalysisStore::replace_shots(const std::vector<Shot>& shots, const std::string& fingerprint) {
  Transaction transaction(machine_->database);
  machine_->drop_after(stage::film);
  Statement insert = machine_->prepare("INSERT INTO shots VALUES (?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const Shot& shot = shots[i];
    insert.run(shot_id(i), shot.range.start, shot.range.end, static_cast<int>(shot.begins_with),
               shot.clean_start, shot.clean_end);
  }
  machine_->finish_stage(stage::shots, fingerprint);
  transaction.commit();
}

std::vector<Shot> AnalysisStore::shots() const {
  Statement row = machine_->prepare(
      "SELECT start_frame, end_frame, begins_with, clean_start, clean_end FROM shots ORDER BY id");
  std::vector<Shot> shots;
  while (row.next())
    shots.push_back({{row.integer(0), row.integer(1)},
                     row.one_of(2, TransitionKind::wipe),
                     row.integer(3),
                     row.integer(4)});
  return shots;
}

void AnalysisStore::replace_tracks(const std::vector<StoredTrack>& tracks,
                                   const std::string& fingerprint) {
  Transaction transaction(machine_->database);
  machine_->drop_after(stage::shots);
  Statement insert =
      machine_->prepare("INSERT INTO tracks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Statement insert_embeddings = machine_->prepare("INSERT INTO track_embeddings VALUES (?, ?)");
  int last_id = 0;
  for (const StoredTrack& stored : tracks) {
    if (stored.id <= last_id) throw std::logic_error("ids of tracks that do not ascend from 1");
    last_id = stored.id;
    const Track& track = stored.track;
    std::optional<std::int64_t> best;
    if (stored.best_face) best = static_cast<std::int64_t>(*stored.best_face);
    insert.run(stored.id, stored.shot, track.range.start, track.range.end, track.score,
               track.is_picture, best, stored.best_face_reason, as_blob(points_blob(track.points)),
               as_blob(faces_blob(track.faces)), as_blob(numbers_blob(track.colours)));
    insert_embeddings.run(stored.id, as_blob(embeddings_blob(track.faces)));
  }
  machine_->finish_stage(stage::tracks, fingerprint);
  transaction.commit();
}

std::vector<StoredTrack> AnalysisStore::tracks(bool with_embeddings) const {
  Statement row = machine_->prepare(std::string(kTrackColumns) + "ORDER BY id");
  std::vector<StoredTrack> tracks;
  while (row.next()) tracks.push_back(track_of(row, path()));
  if (with_embeddings) put_embeddings_into(tracks, machine_->database);
  return tracks;
}

std::vector<StoredTrack> AnalysisStore::tracks_of_shot(int shot, bool with_embeddings) const {
  Statement row = machine_->prepare(std::string(kTrackColumns) + "WHERE shot = ? ORDER BY id");
  row.bind(shot);
  std::vector<StoredTrack> tracks;
  while (row.next()) tracks.push_back(track_of(row, path()));
  if (with_embeddings) put_embeddings_into(tracks, machine_->database);
  return tracks;
}

void AnalysisStore::replace_cast(const StoredCast& stored, const std::string& fingerprint) {
  if (stored.person_ids.size() != stored.cast.people.size())
    throw std::logic_error("a cast without an id for each person");
  Transaction transaction(machine_->database);
  machine_->drop_after(stage::tracks);
  machine_->prepare("INSERT INTO \"cast\" VALUES (1, ?)").run(stored.decisions_up_to);
  put_people(machine_->database, stored);
  put_evidence(machine_->database, stored.cast);
  machine_->finish_stage(stage::people, fingerprint);
  transaction.commit();
}

std::optional<StoredCast> AnalysisStore::cast() const {
  Statement row = machine_->prepare("SELECT decisions_up_to FROM \"cast\"");
  if (!row.next()) return std::nullopt;
  StoredCast stored;
  stored.decisions_up_to = row.integer(0);
  read_people(machine_->database, stored);
  read_evidence(machine_->database, stored.cast);
  gather_tracks_of_people(machine_->database, stored.cast);
  return stored;
}

void AnalysisStore::replace_so_far(const std::vector<Shot>& shots,
                                   const std::vector<StoredTrack>& tracks, const StoredCast& cast) {
  if (finished_stage(stage::film)) throw std::logic_error("so far, of a film that is finished");
  Transaction transaction(machine_->database);
  replace_shots(shots, "so far");
  replace_tracks(tracks, "so far");
  replace_cast(cast, "so far");
  machine_->database.execute("DELETE FROM stages");
  transaction.commit();
}

FrameNumber AnalysisStore::frames_of_cast() const {
  return machine_->database.number(
      "SELECT max(end_frame) FROM shots WHERE EXISTS (SELECT 1 FROM \"cast\")");
}

void AnalysisStore::remember_persons(const PersonTraces& traces) {
  Transaction transaction(machine_->database);
  machine_->database.execute("DELETE FROM person_traces");
  Statement insert = machine_->prepare("INSERT INTO person_traces VALUES (?, ?, ?, ?, ?, ?)");
  int place = 0;
  for (const PersonTrace& trace : traces.persons)
    for (const TrackAnchor& anchor : trace.tracks)
      insert.run(place++, trace.person, anchor.range.start, anchor.range.end, anchor.seconds,
                 as_blob(anchor_points_blob(anchor.points)));
  machine_->prepare("INSERT OR REPLACE INTO counters VALUES ('highest_person_id', ?)")
      .run(traces.highest_id);
  transaction.commit();
}

PersonTraces AnalysisStore::remembered_persons() const {
  PersonTraces traces;
  traces.highest_id = static_cast<int>(
      machine_->database.number("SELECT value FROM counters WHERE name = 'highest_person_id'"));
  Statement row = machine_->prepare(
      "SELECT person, start_frame, end_frame, seconds, points FROM person_traces ORDER BY place");
  while (row.next()) {
    const auto person = static_cast<int>(row.integer(0));
    if (traces.persons.empty() || traces.persons.back().person != person)
      traces.persons.push_back({person, {}});
    traces.persons.back().tracks.push_back(
        {{row.integer(1), row.integer(2)}, row.real(3), anchor_points_from(row.blob(4), path())});
  }
  return traces;
}

}  // namespace dramatis
