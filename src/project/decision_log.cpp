#include "project/decision_log.h"

#include <chrono>
#include <ctime>
#include <map>

#include "base/failure.h"
#include "project/anchor_blobs.h"
#include "project/blob.h"
#include "project/database.h"
#include "project/decision_json.h"
#include "project/schema.h"

namespace dramatis {
namespace {

constexpr const char* kDecisionSteps[] = {
    // 0 -> 1
    R"sql(
CREATE TABLE film (only INTEGER PRIMARY KEY CHECK (only = 1), fingerprint TEXT NOT NULL);
CREATE TABLE anchors (
  id INTEGER PRIMARY KEY, start_frame INTEGER NOT NULL, end_frame INTEGER NOT NULL,
  seconds REAL NOT NULL, points BLOB NOT NULL);
CREATE TABLE log (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, kind TEXT NOT NULL,
  payload TEXT NOT NULL, check_sum INTEGER NOT NULL);
)sql",
};
constexpr Schema kDecisionSchema{0x44524D44 /* "DRMD" */, kDecisionSteps};

std::string now_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::int64_t check_sum_of(const std::string& time, const std::string& kind,
                          const std::string& payload) {
  return static_cast<std::int64_t>(check_sum(time + '\n' + kind + '\n' + payload));
}

/// What makes two anchors one.
std::string key_of(const TrackAnchor& anchor) {
  return std::to_string(anchor.range.start) + '-' + std::to_string(anchor.range.end) + ' ' +
         anchor_points_blob(anchor.points);
}

}  // namespace

struct DecisionLog::Machine {
  Database database;
  DecisionHistory history;
  std::map<std::string, AnchorId> anchor_ids;  ///< by key_of()
  std::map<std::string, AnchorId> new_ids;     ///< of the transaction in work

  void read_new();
  AnchorId store(const TrackAnchor& anchor);
  std::vector<AnchorId> store(const std::vector<TrackAnchor>& anchors);
  Decision stored(const NewDecision& decision);
  std::int64_t append(const LogEntry& entry) const;
};

/// Reads what was added since the last time, by anybody: entries and anchors are only ever
/// appended.
void DecisionLog::Machine::read_new() {
  Statement anchors(database,
                    "SELECT id, start_frame, end_frame, seconds, points FROM anchors"
                    " WHERE id >= ? ORDER BY id");
  anchors.bind(static_cast<std::int64_t>(history.anchors.size()));
  while (anchors.next()) {
    if (anchors.integer(0) != std::ssize(history.anchors))
      throw project_failure(database.path(), "the file is damaged: an anchor is missing");
    history.anchors.push_back({{anchors.integer(1), anchors.integer(2)},
                               anchors.real(3),
                               anchor_points_from(anchors.blob(4), database.path())});
    anchor_ids.emplace(key_of(history.anchors.back()), std::ssize(history.anchors) - 1);
  }
  Statement entries(database,
                    "SELECT sequence, time, kind, payload, check_sum FROM log"
                    " WHERE sequence > ? ORDER BY sequence");
  entries.bind(history.last_sequence());
  while (entries.next()) {
    LogEntry entry{.sequence = entries.integer(0), .time = entries.text(1)};
    const std::string kind = entries.text(2);
    const std::string payload = entries.text(3);
    if (entries.integer(4) != check_sum_of(entry.time, kind, payload))
      throw project_failure(database.path(), "the file is damaged");
    read_payload(kind, payload, database.path(), entry);
    history.entries.push_back(std::move(entry));
  }
}

AnchorId DecisionLog::Machine::store(const TrackAnchor& anchor) {
  const std::string key = key_of(anchor);
  if (const auto known = anchor_ids.find(key); known != anchor_ids.end()) return known->second;
  const AnchorId next = std::ssize(history.anchors) + std::ssize(new_ids);
  const auto [place, is_new] = new_ids.emplace(key, next);
  const AnchorId id = place->second;
  if (!is_new) return id;
  Statement(database, "INSERT INTO anchors VALUES (?, ?, ?, ?, ?)")
      .run(id, anchor.range.start, anchor.range.end, anchor.seconds,
           as_blob(anchor_points_blob(anchor.points)));
  return id;
}

std::vector<AnchorId> DecisionLog::Machine::store(const std::vector<TrackAnchor>& anchors) {
  std::vector<AnchorId> ids;
  for (const TrackAnchor& anchor : anchors) ids.push_back(store(anchor));
  return ids;
}

Decision DecisionLog::Machine::stored(const NewDecision& decision) {
  Decision stored{.kind = decision.kind,
                  .person = decision.person,
                  .name = decision.name,
                  .on = decision.on,
                  .tracks = store(decision.tracks)};
  for (const auto& person : decision.before)
    stored.before.push_back({person.person, store(person.tracks)});
  return stored;
}

std::int64_t DecisionLog::Machine::append(const LogEntry& entry) const {
  const std::string time = now_text();
  const std::string kind = kind_word_of(entry);
  const std::string payload = payload_of(entry);
  Statement(database, "INSERT INTO log (time, kind, payload, check_sum) VALUES (?, ?, ?, ?)")
      .run(time, kind, payload, check_sum_of(time, kind, payload));
  return database.number("SELECT last_insert_rowid()");
}

DecisionLog::DecisionLog(const std::string& path)
    : machine_(new Machine{Database(path, Durability::power_cut)}) {
  machine_->database.check_all();
  bring_up_to_date(machine_->database, kDecisionSchema);
  machine_->read_new();
}

DecisionLog DecisionLog::open_or_create(const std::string& path,
                                        const std::string& film_fingerprint) {
  create_if_missing(path, kDecisionSchema, Durability::power_cut, [&](const Database& database) {
    Statement(database, "INSERT INTO film VALUES (1, ?)").run(film_fingerprint);
  });
  return DecisionLog(path);
}

DecisionLog::~DecisionLog() = default;
DecisionLog::DecisionLog(DecisionLog&&) noexcept = default;
DecisionLog& DecisionLog::operator=(DecisionLog&&) noexcept = default;

std::string DecisionLog::film_fingerprint() const {
  Statement row(machine_->database, "SELECT fingerprint FROM film");
  if (!row.next())
    throw project_failure(machine_->database.path(), "the file is damaged: it names no film");
  return row.text(0);
}

const DecisionHistory& DecisionLog::history() {
  machine_->read_new();
  return machine_->history;
}

std::int64_t DecisionLog::last_sequence() const {
  return machine_->database.number("SELECT max(sequence) FROM log");
}

std::int64_t DecisionLog::add(const std::function<NewDecision(const DecisionHistory&)>& decide) {
  Transaction transaction(machine_->database);
  machine_->read_new();
  machine_->new_ids.clear();
  LogEntry entry;
  entry.decision = machine_->stored(decide(machine_->history));
  const std::int64_t sequence = machine_->append(entry);
  transaction.commit();
  return sequence;
}

std::int64_t DecisionLog::add(const NewDecision& decision) {
  return add([&](const DecisionHistory&) { return decision; });
}

std::int64_t DecisionLog::undo(const Objection& objection) {
  Transaction transaction(machine_->database);
  machine_->read_new();
  if (objection) objection(machine_->history);
  const std::int64_t target = next_to_undo(machine_->history);
  if (target == 0) return 0;
  machine_->append({.undoes = target});
  transaction.commit();
  return target;
}

std::int64_t DecisionLog::redo(const Objection& objection) {
  Transaction transaction(machine_->database);
  machine_->read_new();
  if (objection) objection(machine_->history);
  const std::int64_t target = next_to_redo(machine_->history);
  if (target == 0) return 0;
  machine_->append({.redoes = target});
  transaction.commit();
  return target;
}

}  // namespace dramatis
