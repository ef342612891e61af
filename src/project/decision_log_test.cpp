#include "project/decision_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "base/failure.h"
#include "project/database.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using invented::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

std::string path_in(const TemporaryFolder& folder) { return folder / DecisionLog::file_name; }

DecisionLog new_log(const TemporaryFolder& folder) {
  return DecisionLog::open_or_create(path_in(folder), "film-a");
}

TrackAnchor anchor(int i) {
  return {{i, i + 10}, 0.5, {{i + 3, {1.0f * static_cast<float>(i), 2, 3, 4}}}};
}

NewDecision naming(int person, const std::string& name) {
  NewDecision decision{.kind = DecisionKind::name, .person = person, .name = name};
  decision.before = {{person, {anchor(person), anchor(person + 100)}}};
  return decision;
}

/// The sentence of the Failure{project} that opening ends with.
std::string refusal(const std::string& path) {
  try {
    DecisionLog log(path);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::project);
    return failure.what();
  }
  return "none";
}

/// Runs `work` in a process of its own; its exit status, or -1 if it was killed.
template <typename Work>
int in_child(const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    int status = 1;
    try {
      status = work();
    } catch (...) {
      status = 99;
    }
    _exit(status);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(DecisionLog, GivesBackWhatWasSaid) {
  const TemporaryFolder folder;
  {
    DecisionLog log = new_log(folder);
    EXPECT_EQ(log.add(naming(3, "Anna \"K\" Ä\n")), 1);
    NewDecision split{.kind = DecisionKind::split, .person = 9, .tracks = {anchor(103)}};
    split.before = {{3, {anchor(3), anchor(103)}}};
    EXPECT_EQ(log.add(split), 2);
    EXPECT_EQ(log.add({.kind = DecisionKind::ignore, .person = 5, .on = false}), 3);
    EXPECT_EQ(log.undo(), 3);
    EXPECT_EQ(log.undo(), 2);
    EXPECT_EQ(log.redo(), 2);
  }
  DecisionLog log(path_in(folder));
  EXPECT_EQ(log.film_fingerprint(), "film-a");
  const DecisionHistory& history = log.history();
  ASSERT_EQ(history.entries.size(), 6u);
  EXPECT_EQ(log.last_sequence(), 6);
  const Decision& name = *history.entries[0].decision;
  EXPECT_EQ(name.kind, DecisionKind::name);
  EXPECT_EQ(name.name, "Anna \"K\" Ä\n");
  EXPECT_EQ(name.person, 3);
  ASSERT_EQ(name.before.size(), 1u);
  EXPECT_EQ(history.anchor(name.before[0].tracks.at(1)), anchor(103));
  const Decision& split = *history.entries[1].decision;
  EXPECT_EQ(split.tracks, std::vector<AnchorId>{name.before[0].tracks[1]})  //
      << "one head, one anchor";
  EXPECT_FALSE(history.entries[2].decision->on);
  EXPECT_EQ(history.entries[3].undoes, 3);
  EXPECT_EQ(history.entries[5].redoes, 2);
  EXPECT_THAT(decisions_in_force(history), ElementsAre(1, 2));
  EXPECT_THAT(decisions_in_force(history, 4), ElementsAre(1, 2));
  EXPECT_THAT(decisions_in_force(history, 5), ElementsAre(1));
  EXPECT_EQ(history.entries[0].time.size(), std::string("2025-11-03T14:05:59Z").size());
}

TEST(DecisionLog, ANewDecisionEndsRedo) {
  const TemporaryFolder folder;
  DecisionLog log = new_log(folder);
  log.add(naming(1, "a"));
  log.add(naming(2, "b"));
  EXPECT_EQ(log.undo(), 2);
  log.add(naming(3, "c"));
  EXPECT_EQ(log.redo(), 0);
  EXPECT_EQ(log.undo(), 4);
  EXPECT_EQ(log.undo(), 1);
  EXPECT_EQ(log.undo(), 0);
  EXPECT_EQ(log.redo(), 1);
}

TEST(DecisionLog, AnExceptionStoresNothing) {
  const TemporaryFolder folder;
  DecisionLog log = new_log(folder);
  EXPECT_THROW(log.add([](const DecisionHistory&) -> NewDecision { throw usage_failure("no"); }),
               Failure);
  EXPECT_EQ(log.last_sequence(), 0);
  EXPECT_EQ(log.add(naming(1, "a")), 1);
}

TEST(DecisionLog, TwoProgramsSeeEachOther) {
  const TemporaryFolder folder;
  DecisionLog one = new_log(folder);
  DecisionLog two(path_in(folder));
  one.add(naming(1, "a"));
  two.add(naming(2, "b"));
  EXPECT_EQ(one.undo(), 2);
  EXPECT_EQ(two.history().entries.size(), 3u);
  EXPECT_THAT(decisions_in_force(two.history()), ElementsAre(1));
}

TEST(DecisionLog, TwoProgramsThatWriteAtOnceBothSucceed) {
  const TemporaryFolder folder;
  new_log(folder);
  const auto write = [&](int first) {
    const pid_t child = fork();
    if (child != 0) return child;
    try {
      DecisionLog log(path_in(folder));
      for (int i = 0; i < 30; ++i) log.add(naming(first + i, "x"));
      _exit(0);
    } catch (...) {
      _exit(1);
    }
  };
  const pid_t children[] = {write(1000), write(2000)};
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  DecisionLog log(path_in(folder));
  std::set<int> persons;
  for (const LogEntry& entry : log.history().entries) persons.insert(entry.decision->person);
  EXPECT_EQ(persons.size(), 60u);
}

TEST(DecisionLog, AKillLosesNothingThatWasAcknowledged) {
  const TemporaryFolder folder;
  new_log(folder);
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 8; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      DecisionLog log(path_in(folder));
      for (int i = 0;; ++i) {
        const std::int64_t sequence =
            i % 5 == 4 ? log.add(naming(1, "again")) : log.add(naming(i, "somebody"));
        if (write(ends[1], &sequence, sizeof sequence) != sizeof sequence) _exit(1);
      }
    }
    close(ends[1]);
    for (int i = 0; i < 5 + 3 * round; ++i) {
      std::int64_t sequence = 0;
      ASSERT_EQ(read(ends[0], &sequence, sizeof sequence), ssize_t{sizeof sequence});
      EXPECT_GT(sequence, acknowledged);
      acknowledged = sequence;
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::int64_t sequence = 0;  // what it managed between the last read and the kill
    while (read(ends[0], &sequence, sizeof sequence) == ssize_t{sizeof sequence})
      acknowledged = sequence;
    close(ends[0]);
    DecisionLog log(path_in(folder));
    EXPECT_GE(log.last_sequence(), acknowledged);
    EXPECT_EQ(log.history().last_sequence(), log.last_sequence());
  }
}

TEST(DecisionLog, AFullDiskHarmsNothing) {
  const TemporaryFolder folder;
  new_log(folder).add(naming(1, "before"));
  const int status = in_child([&] {
    DecisionLog log(path_in(folder));
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{30000, 30000};  // bytes a file may grow to
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      for (int i = 0; i < 1000; ++i) log.add(naming(i, std::string(100, 'x')));
    } catch (const Failure& failure) {
      const std::string sentence = failure.what();
      return failure.kind() == FailureKind::other &&
                     sentence.find("what was stored before is safe") != std::string::npos
                 ? 0
                 : 2;
    }
    return 3;
  });
  EXPECT_EQ(status, 0);
  DecisionLog log(path_in(folder));
  EXPECT_EQ(log.history().entries.front().decision->name, "before");
  EXPECT_GT(log.add(naming(2, "after")), 1);
}

TEST(DecisionLog, AReadOnlyFolderCanBeReadAndSaysThatItCannotBeWritten) {
  const TemporaryFolder folder;
  new_log(folder).add(naming(1, "Anna"));
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
  const int status = in_child([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return 9;
    DecisionLog log(path_in(folder));
    if (log.history().entries.at(0).decision->name != "Anna") return 2;
    try {
      log.add(naming(2, "Bob"));
    } catch (const Failure& failure) {
      return failure.kind() == FailureKind::other ? 0 : 3;
    }
    return 4;
  });
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  EXPECT_EQ(status, 0);
}

TEST(DecisionLog, ADamagedFileIsRefusedWithOneSentence) {
  const TemporaryFolder folder;
  {
    DecisionLog log = new_log(folder);
    for (int i = 0; i < 300; ++i) log.add(naming(i, "name " + std::to_string(i)));
  }
  const std::string path = path_in(folder);
  std::string whole;
  {
    std::ifstream in(path, std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(in), {});
  }
  const auto store = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  };
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{50}, std::size_t{100}, std::size_t{5000},
        whole.size() / 2, whole.size() - 4096, whole.size() - 1}) {
    store(whole.substr(0, length));
    EXPECT_THAT(refusal(path), HasSubstr("decisions.sqlite: the file is damaged"))
        << "cut to " << length;
  }
  for (std::size_t place = 4096; place < whole.size(); place += whole.size() / 23) {
    std::string bytes = whole;
    for (std::size_t i = 0; i < 40 && place + i < bytes.size(); ++i) bytes[place + i] ^= 0x5A;
    if (bytes == whole) continue;
    store(bytes);
    const std::string sentence = refusal(path);
    if (sentence != "none") {
      EXPECT_THAT(sentence, HasSubstr("damaged")) << place;
      continue;
    }
    // What was hit held nothing: then everything must still be there.
    DecisionLog log(path);
    EXPECT_EQ(log.history().entries.size(), 300u) << place;
  }
  store(std::string(1024, 'x'));
  EXPECT_THAT(refusal(path), HasSubstr("not part of a dramatis project"));
}

TEST(DecisionLog, ANewerVersionIsRefused) {
  const TemporaryFolder folder;
  new_log(folder);
  Database(path_in(folder), Durability::power_cut).execute("PRAGMA user_version=2");
  EXPECT_THAT(refusal(path_in(folder)), HasSubstr("newer version of dramatis (format 2"));
}

TEST(DecisionLog, AnotherProgramsDatabaseIsRefused) {
  const TemporaryFolder folder;
  Database::create(path_in(folder), Durability::power_cut).execute("CREATE TABLE songs (title)");
  EXPECT_THAT(refusal(path_in(folder)), HasSubstr("not part of a dramatis project"));
}

}  // namespace
}  // namespace dramatis
