// The commands that read and edit a project, on an invented one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "cli/edit_commands.h"
#include "cli/eval_command.h"
#include "cli/export_command.h"
#include "cli/name_command.h"
#include "cli/people_command.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class ProjectCommandsTest : public ::testing::Test {
 protected:
  ProjectCommandsTest() { invented::finished_project(project_); }

  /// `dramatis COMMAND PROJECT WORDS...`: standard output; notes and a failure are kept.
  std::string run(const std::string& command, const std::vector<std::string>& words = {}) {
    CLI::App app;
    add_people_command(app);
    add_name_command(app);
    add_edit_commands(app);
    add_export_command(app);
    add_eval_command(app);
    std::vector<std::string> line(words.rbegin(), words.rend());  // CLI11 takes them backwards
    line.push_back(project_);
    line.push_back(command);
    failure_.clear();
    status_ = 0;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    try {
      app.parse(line);
    } catch (const Failure& failure) {
      failure_ = failure.what();
      status_ = static_cast<int>(failure.kind());
    } catch (const CLI::ParseError& error) {
      failure_ = error.what();
      status_ = 2;
    }
    notes_ = ::testing::internal::GetCapturedStderr();
    return ::testing::internal::GetCapturedStdout();
  }
  json people() { return json::parse(run("people", {"--json"})); }

  invented::TemporaryFolder folder_;
  std::string project_ = folder_ / "film.mkv.dramatis";
  std::string notes_;
  std::string failure_;
  int status_ = 0;
};

TEST_F(ProjectCommandsTest, PeopleIsATable) {
  run("name", {"1", "Ännchen"});
  EXPECT_EQ(run("people"),
            "  id  name      screen time  shots  tracks\n"
            "   1  Ännchen   0:00:02.920      3       3\n"
            "   2  -         0:00:01.668      2       2\n"
            "   3  -         0:00:00.250      1       1  extra\n");
  EXPECT_THAT(notes_, HasSubstr("Pictures and screens: 1, 0:00:01.043 together"));
  EXPECT_THAT(run("people", {"--all"}),
              HasSubstr("   4  -         0:00:01.043      1       1  picture\n"));
}

TEST_F(ProjectCommandsTest, PeopleForPrograms) {
  const json all = people();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0]["id"], 1);
  EXPECT_TRUE(all[0]["name"].is_null());
  EXPECT_EQ(all[0]["tracks"], json({1, 3, 6}));
  EXPECT_EQ(all[0]["shots"], json({1, 2, 4}));
  EXPECT_EQ(all[3]["kind"], "picture");
}

TEST_F(ProjectCommandsTest, AQuestionIsAskedUntilItIsAnswered) {
  EXPECT_THAT(
      run("people", {"--ask"}),
      AllOf(StartsWith("Do these two tracks show one person?\n  track 4 of person 3, shot 2"),
            HasSubstr("dramatis same " + project_ + " 4 5\n"),
            HasSubstr("dramatis different " + project_ + " 4 5\n")));
  EXPECT_EQ(json::parse(run("people", {"--ask", "--json"}))["tracks"][1]["track"], 5);
  EXPECT_EQ(run("different", {"4", "5"}), "Person 3 and person 2 stay two persons.\n");
  EXPECT_EQ(run("people", {"--ask"}), "Nothing uncertain is worth asking.\n");
  EXPECT_EQ(run("people", {"--ask", "--json"}), "null\n");
}

TEST_F(ProjectCommandsTest, NamesAreGivenAndTakenAway) {
  EXPECT_EQ(run("name", {"2", "Anna", "Karenina"}), "Person 2 is called Anna Karenina.\n");
  EXPECT_EQ(people()[1]["name"], "Anna Karenina");
  EXPECT_EQ(run("name", {"Anna Karenina", "--remove"}), "Person 2 has no name.\n");
  run("name", {"2"});
  EXPECT_EQ(status_, 2);
}

TEST_F(ProjectCommandsTest, MergeSplitIgnoreUndoRedo) {
  run("name", {"1", "Anna"});
  EXPECT_EQ(run("merge", {"Anna", "2"}), "Anna and person 2 are one: person 1, Anna.\n");
  EXPECT_THAT(notes_, HasSubstr("both in the picture at 0:00:00.417, frame 10"));
  EXPECT_EQ(people().size(), 3u);
  EXPECT_EQ(run("split", {"2", "5"}), "Person 5 is new, with 2 tracks.\n");
  EXPECT_EQ(run("split", {"2", "--to", "Anna"}), "1 track now belongs to Anna.\n");
  EXPECT_EQ(run("ignore", {"3", "5"}), "Person 3 and person 5 are ignored.\n");
  EXPECT_EQ(run("ignore", {"5", "--take-back"}), "Person 5 is ignored no more.\n");
  EXPECT_EQ(run("picture", {"5"}), "Person 5 is a picture.\n");
  EXPECT_EQ(run("undo"), "Taken back: Person 5 called a picture.\n");
  EXPECT_EQ(run("redo"), "Done again: Person 5 called a picture.\n");
  for (int i = 0; i < 7; ++i) EXPECT_THAT(run("undo"), StartsWith("Taken back: "));
  run("undo");
  EXPECT_EQ(failure_, "There is nothing to undo.");
  EXPECT_EQ(status_, 2);
  EXPECT_THAT(run("history"), AllOf(HasSubstr("Z  Person 1 was called Anna. (taken back)\n"),
                                    HasSubstr("Z  Did again 7.\n")));
}

TEST_F(ProjectCommandsTest, WhatDoesNotExistIsNamed) {
  run("name", {"12", "Anna"});
  EXPECT_EQ(failure_, "There is no person 12: there are 1, 2, 3 and 4.");
  EXPECT_EQ(status_, 2);
  run("split", {"99"});
  EXPECT_EQ(failure_, "There is no track 99: they go from 1 to 7.");
  run("split", {"one"});
  EXPECT_EQ(status_, 2);
  run("same", {"1"});
  EXPECT_EQ(status_, 2);
  EXPECT_THAT(run("history"), IsEmpty());
}

TEST_F(ProjectCommandsTest, ExportsToAFileWholeOrNotAtAll) {
  const std::string goal = folder_ / "out.json";
  EXPECT_THAT(run("export", {"--format", "json", "-o", goal}), IsEmpty());
  std::ifstream in(goal);
  EXPECT_EQ(json::parse(in)["format"], "dramatis/1");
  EXPECT_EQ(json::parse(run("export"))["format"], "dramatis/1") << "to standard output without -o";
  run("export", {"--format", "pdf", "-o", folder_ / "out.pdf"});
  EXPECT_EQ(status_, 2);
  run("export", {"-o", folder_ / "nowhere/out.json"});
  EXPECT_EQ(status_, 1);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pdf"));
}

TEST_F(ProjectCommandsTest, EvalBesideATruth) {
  const std::string truth = folder_ / "truth.csv";
  std::ofstream(truth) << "track,person\n1,Ada\n3,Ada\n6,Ada\n2,Grace\n5,Ada\n";
  const json scores = json::parse(run("eval", {"--truth", truth, "--json"}))["people"];
  EXPECT_EQ(scores["by_tracks"]["purity"], 0.8) << "tracks 2 and 5 are one person of the cast";
  EXPECT_EQ(scores["clicks"], 3);
  EXPECT_EQ(scores["cast"], 3);
  EXPECT_FALSE(
      json::parse(run("eval", {"--truth", truth, "--json", "--by", "frames"}))["people"].contains(
          "by_tracks"));
  EXPECT_THAT(run("eval", {"--truth", truth}),
              HasSubstr("  purity                                       0.800"));
  std::ofstream(truth) << "track,person\n8,Ada\n";
  run("eval", {"--truth", truth});
  EXPECT_EQ(status_, 2);
  EXPECT_THAT(failure_, HasSubstr("truth.csv: line 2 speaks of track 8"));
  run("eval");
  EXPECT_EQ(status_, 2);
}

TEST_F(ProjectCommandsTest, AMissingProjectIsStatusFive) {
  project_ = folder_ / "nowhere";
  for (const char* command : {"people", "undo", "export", "history"}) {
    run(command);
    EXPECT_EQ(status_, 5) << command;
    EXPECT_THAT(failure_, HasSubstr("nowhere: there is no such project"));
  }
  EXPECT_FALSE(std::filesystem::exists(project_)) << "reading makes nothing";
}

}  // namespace
}  // namespace dramatis
