#include "project/project.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/failure.h"
#include "project/database.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using invented::TemporaryFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

template <typename Work>
std::string refusal(FailureKind kind, const Work& work) {
  try {
    work();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), kind) << failure.what();
    return failure.what();
  }
  return "none";
}

std::string refusal_to_open(const std::string& folder) {
  return refusal(FailureKind::project, [&] { Project::open(folder); });
}

std::string refusal_to_run(const std::string& folder, const FilmInfo& film) {
  return refusal(FailureKind::project, [&] { Project::for_film(folder, film); });
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

TEST(Project, IsMadeOnceAndFoundAgain) {
  const TemporaryFolder folder;
  const std::string path = folder / "deep/film.dramatis";
  Project::for_film(path, invented::film()).decisions().add({.person = 1, .name = "Anna"});
  Project again = Project::for_film(path, invented::film());
  EXPECT_EQ(again.decisions().history().entries.size(), 1u);
  EXPECT_EQ(Project::open(path).analysis().film().fingerprint, "film-a");
  EXPECT_EQ(Project::default_folder("dir/film.mp4"), "dir/film.mp4.dramatis");
}

TEST(Project, LeavesNothingElseInItsFolder) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film()); }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, testing::UnorderedElementsAre("analysis.sqlite", "decisions.sqlite"));
}

TEST(Project, KnowsAFilmThatMoved) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film()); }
  FilmInfo moved = invented::film();
  moved.path = "elsewhere.mkv";
  EXPECT_EQ(Project::for_film(path, moved).analysis().film().path, "elsewhere.mkv");
}

TEST(Project, RefusesWhatIsNone) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_to_open(folder / "nowhere"), HasSubstr("nowhere: there is no such project"));
  write_file(folder / "file", "text");
  EXPECT_THAT(refusal_to_open(folder / "file"), HasSubstr("a project is a folder"));
  EXPECT_THAT(refusal_to_run(folder / "file", invented::film()),
              HasSubstr("a project is a folder"));
  EXPECT_THAT(refusal_to_open(folder.path().string()), HasSubstr("holds no dramatis project"));
}

TEST(Project, RefusesAnotherFilm) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film("film-a")); }
  EXPECT_THAT(refusal_to_run(path, invented::film("film-b")),
              HasSubstr("made from another film than invented.mkv"));
}

TEST(Project, ALostAnalysisCostsNoDecision) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film()).decisions().add({.person = 1, .name = "Anna"}); }
  std::filesystem::remove(path + "/analysis.sqlite");
  EXPECT_THAT(refusal_to_open(path),
              AllOf(HasSubstr("there is no such file"), HasSubstr("decisions are safe")));
  Project again = Project::for_film(path, invented::film());
  EXPECT_EQ(again.decisions().history().entries.at(0).decision->name, "Anna");
}

TEST(Project, ADamagedAnalysisIsRefusedAndKept) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film()); }
  const std::string file = path + "/analysis.sqlite";
  const auto size = std::filesystem::file_size(file);
  for (const auto length : {size - 1, size / 2, std::uintmax_t{100}, std::uintmax_t{0}}) {
    std::filesystem::resize_file(file, length);
    EXPECT_THAT(refusal_to_open(path), HasSubstr("damaged")) << length;
    EXPECT_THAT(refusal_to_run(path, invented::film()), HasSubstr("dramatis run computes the rest"))
        << length;
    EXPECT_EQ(std::filesystem::file_size(file), length) << "nothing is mended in silence";
  }
}

TEST(Project, ANewerAnalysisIsRefusedWithoutAdviceToRemoveIt) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film()); }
  Database(path + "/analysis.sqlite", Durability::program_killed).execute("PRAGMA user_version=99");
  EXPECT_THAT(refusal_to_open(path),
              AllOf(HasSubstr("newer version of dramatis (format 99"), Not(HasSubstr("remove"))));
}

TEST(Project, OnlyOneRunAtATime) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  Project project = Project::for_film(path, invented::film());
  Project other = Project::open(path);
  {
    const RunLock lock = project.lock_for_run();
    EXPECT_THAT(refusal(FailureKind::other, [&] { other.lock_for_run(); }),
                HasSubstr("another run is working on this project"));
    EXPECT_EQ(other.decisions().add({.person = 1, .name = "Anna"}), 1) << "edits need no lock";
  }
  other.lock_for_run();
}

TEST(Project, AKilledRunGoesOnWithWholeChunksAndFreeLock) {
  const TemporaryFolder folder;
  const std::string path = folder / "p";
  { Project::for_film(path, invented::film()); }
  std::int64_t stored = 0;
  for (int round = 0; round < 6; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      Project project = Project::open(path);
      const RunLock lock = project.lock_for_run();
      project.analysis().begin_film("look");
      for (std::int64_t i = project.analysis().next_missing_chunk();; ++i) {
        project.analysis().put_chunk(invented::chunk(i));
        if (write(ends[1], &i, sizeof i) != sizeof i) _exit(1);
      }
    }
    close(ends[1]);
    std::int64_t index = 0;
    for (int i = 0; i < 3 + round; ++i)
      ASSERT_EQ(read(ends[0], &index, sizeof index), ssize_t{sizeof index});
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ends[0]);
    EXPECT_GE(index, stored) << "it went on, not back";

    Project project = Project::open(path);
    const RunLock lock = project.lock_for_run();
    project.analysis().begin_film("look");
    const std::int64_t next = project.analysis().next_missing_chunk();
    EXPECT_GT(next, index);
    stored = next;
    std::int64_t seen = 0;
    project.analysis().for_each_chunk({0, next * 25}, {true, true, true}, [&](FilmChunk&& chunk) {
      EXPECT_EQ(chunk.index, seen++);
      EXPECT_EQ(chunk.features.size(), 25u);
      EXPECT_EQ(chunk.looks.size(), invented::chunk(chunk.index).looks.size());
      EXPECT_EQ(chunk.pictures.size(), 1u);
    });
    EXPECT_EQ(seen, next);
  }
}

}  // namespace
}  // namespace dramatis
