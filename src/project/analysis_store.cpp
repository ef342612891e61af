#include "project/analysis_store.h"

#include "base/failure.h"
#include "project/analysis_machine.h"
#include "project/analysis_schema.h"

namespace dramatis {
namespace {

Rational fraction(const Statement& row, int column, const std::string& where) {
  const std::int64_t denominator = row.integer(column + 1);
  if (denominator == 0) throw project_failure(where, "the file is damaged");
  return {row.integer(column), denominator};
}

void store_film(const Database& database, const FilmInfo& film) {
  Statement(database,
            "INSERT OR REPLACE INTO film VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run(film.path, film.width, film.height, film.frame_rate.numerator(),
           film.frame_rate.denominator(), film.pixel_aspect.numerator(),
           film.pixel_aspect.denominator(), film.time_base.numerator(),
           film.time_base.denominator(), film.rotation_degrees, film.duration_s,
           film.expected_frames, film.codec, film.has_sound, film.fingerprint);
}

}  // namespace

AnalysisStore::AnalysisStore(const std::string& path)
    : machine_(new Machine{Database(path, Durability::program_killed)}) {
  bring_up_to_date(machine_->database, kAnalysisSchema);
}

AnalysisStore AnalysisStore::open_or_create(const std::string& path, const FilmInfo& film) {
  create_if_missing(path, kAnalysisSchema, Durability::program_killed,
                    [&](const Database& database) { store_film(database, film); });
  return AnalysisStore(path);
}

AnalysisStore::~AnalysisStore() = default;
AnalysisStore::AnalysisStore(AnalysisStore&&) noexcept = default;
AnalysisStore& AnalysisStore::operator=(AnalysisStore&&) noexcept = default;

const std::string& AnalysisStore::path() const { return machine_->database.path(); }

FilmInfo AnalysisStore::film() const {
  Statement row = machine_->prepare(
      "SELECT path, width, height, frame_rate_num, frame_rate_den, pixel_aspect_num,"
      " pixel_aspect_den, time_base_num, time_base_den, rotation_degrees, duration_s,"
      " expected_frames, codec, has_sound, fingerprint FROM film");
  if (!row.next()) throw project_failure(path(), "the file is damaged: it names no film");
  FilmInfo film;
  film.path = row.text(0);
  film.width = static_cast<int>(row.integer(1));
  film.height = static_cast<int>(row.integer(2));
  film.frame_rate = fraction(row, 3, path());
  film.pixel_aspect = fraction(row, 5, path());
  film.time_base = fraction(row, 7, path());
  film.rotation_degrees = static_cast<int>(row.integer(9));
  film.duration_s = row.real(10);
  film.expected_frames = row.integer(11);
  film.codec = row.text(12);
  film.has_sound = row.integer(13) != 0;
  film.fingerprint = row.text(14);
  return film;
}

void AnalysisStore::set_film(const FilmInfo& film) { store_film(machine_->database, film); }

void AnalysisStore::whole(const std::function<void()>& work) {
  Transaction transaction(machine_->database);
  work();
  transaction.commit();
}

void AnalysisStore::steady(const std::function<void()>& work) const {
  Transaction transaction(machine_->database, Transaction::Purpose::read);
  work();
  transaction.commit();
}

std::int64_t AnalysisStore::version() const {
  return machine_->database.number("SELECT value FROM counters WHERE name = 'results'");
}

std::optional<std::string> AnalysisStore::finished_stage(const std::string& name) const {
  Statement row = machine_->prepare("SELECT fingerprint FROM stages WHERE name = ?");
  row.bind(name);
  if (!row.next()) return std::nullopt;
  return row.text(0);
}

void AnalysisStore::Machine::finish_stage(const char* name, const std::string& fingerprint) const {
  prepare("INSERT OR REPLACE INTO stages VALUES (?, ?)").run(name, fingerprint);
}

void AnalysisStore::Machine::drop_after(const char* name) const {
  // Each stage refers to the one before, so what depends goes first.
  const std::string_view from = name;
  const bool tracks_too = from == stage::film || from == stage::shots;
  database.execute(
      "DELETE FROM memberships; DELETE FROM people; DELETE FROM cannot_links;"
      "DELETE FROM questions; DELETE FROM \"cast\"; DELETE FROM stages WHERE name = 'people';"
      "INSERT INTO counters VALUES ('results', 1)"
      " ON CONFLICT (name) DO UPDATE SET value = value + 1;");
  if (tracks_too) database.execute("DELETE FROM tracks; DELETE FROM stages WHERE name = 'tracks';");
  if (from == stage::film)
    database.execute("DELETE FROM shots; DELETE FROM stages WHERE name = 'shots';");
}

}  // namespace dramatis
