#include "project/project.h"

#include <filesystem>

#include "base/failure.h"
#include "project/schema.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;

std::string file_in(const std::string& folder, const char* name) {
  return (fs::path(folder) / name).string();
}

void make_folder(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    throw project_failure(folder, "a project is a folder, and this is a file");
  fs::create_directories(folder, error);
  if (error)
    throw Failure(FailureKind::other,
                  folder + ": the folder cannot be made (" + error.message() + ")");
}

void require_same_film(const std::string& folder, const std::string& known, const FilmInfo& film) {
  if (known != film.fingerprint)
    throw project_failure(folder, "the project was made from another film than " + film.path +
                                      "; choose another folder with -o");
}

/// A damaged analysis is no reason to despair, and the sentence says so.
template <typename Open>
AnalysisStore opened_analysis(const Open& open) {
  try {
    AnalysisStore store = open();
    store.film();
    return store;
  } catch (const NewerVersion&) {
    throw;
  } catch (const Failure& failure) {
    if (failure.kind() != FailureKind::project) throw;
    throw Failure(FailureKind::project,
                  std::string(failure.what()) +
                      "; names and decisions are safe in a file of their own: remove this one, and "
                      "dramatis run computes the rest again");
  }
}

}  // namespace

Project::Project(std::string folder, AnalysisStore analysis, DecisionLog decisions)
    : folder_(std::move(folder)),
      analysis_(std::move(analysis)),
      decisions_(std::move(decisions)) {}

Project Project::open(const std::string& folder) {
  if (!fs::exists(folder)) throw project_failure(folder, "there is no such project");
  if (!fs::is_directory(folder))
    throw project_failure(folder, "a project is a folder, and this is a file");
  const std::string decided = file_in(folder, DecisionLog::file_name);
  const std::string computed = file_in(folder, AnalysisStore::file_name);
  if (!fs::exists(decided) && !fs::exists(computed))
    throw project_failure(folder, "the folder holds no dramatis project");
  DecisionLog log(decided);
  AnalysisStore analysis = opened_analysis([&] { return AnalysisStore(computed); });
  require_same_film(folder, log.film_fingerprint(), analysis.film());
  return Project(folder, std::move(analysis), std::move(log));
}

Project Project::for_film(const std::string& folder, const FilmInfo& film) {
  make_folder(folder);
  DecisionLog log =
      DecisionLog::open_or_create(file_in(folder, DecisionLog::file_name), film.fingerprint);
  require_same_film(folder, log.film_fingerprint(), film);
  AnalysisStore analysis = opened_analysis([&] {
    return AnalysisStore::open_or_create(file_in(folder, AnalysisStore::file_name), film);
  });
  require_same_film(folder, analysis.film().fingerprint, film);
  if (analysis.film().path != film.path) analysis.set_film(film);
  return Project(folder, std::move(analysis), std::move(log));
}

std::string film_file(const std::string& project_folder, const FilmInfo& film) {
  std::error_code unknown;
  if (fs::exists(film.path, unknown)) return film.path;
  const fs::path around = (fs::absolute(project_folder) / "..").lexically_normal();
  const fs::path beside = around / fs::path(film.path).filename();
  return fs::exists(beside, unknown) ? beside.string() : film.path;
}

std::string Project::default_folder(const std::string& film_path) {
  return film_path + ".dramatis";
}

}  // namespace dramatis
