#include "web/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <thread>

#include "film/picture_file.h"
#include "project/test_invented.h"
#include "web/cast_list.h"
#include "web/page_files.h"
#include "web/test_room.h"

namespace dramatis {
namespace {

using nlohmann::json;

class Answers : public ::testing::Test {
 protected:
  Answers() { invented::make_room(folder_ / "p", {}), room_.emplace(folder_ / "p"); }

  WebReply get(const std::string& path, std::map<std::string, std::string> query = {}) {
    return answer(*room_, {.path = path, .query = std::move(query)});
  }
  json got(const std::string& path, std::map<std::string, std::string> query = {}) {
    const WebReply reply = get(path, std::move(query));
    EXPECT_EQ(reply.status, 200) << path << ": " << reply.body;
    return json::parse(reply.body);
  }
  WebReply post(const std::string& path, const std::string& body) {
    return answer(
        *room_, {.method = "POST", .path = path, .body = body, .content_type = "application/json"});
  }
  json edited(const json& change, const std::string& path = "/api/edits") {
    const WebReply reply = post(path, change.dump());
    EXPECT_EQ(reply.status, 200) << change << ": " << reply.body;
    return json::parse(reply.body);
  }
  json person(int id) {
    const json cast = got("/api/cast");
    for (const json& person : cast["people"])
      if (person["id"] == id) return person;
    return nullptr;
  }

  invented::TemporaryFolder folder_;
  std::optional<Room> room_;
};

TEST_F(Answers, TheCastHasAFaceForEveryPerson) {
  const json cast = got("/api/cast");
  ASSERT_GE(cast["people"].size(), 6u);
  for (const json& person : cast["people"]) {
    EXPECT_FALSE(person["faces"].empty()) << person;
    EXPECT_GT(person["seconds"], 0);
  }
  EXPECT_EQ(cast["questions"], 2);
}

TEST_F(Answers, APersonHasAllItsTracksTheUnsureFirst) {
  bool doubt = false;
  const json cast = got("/api/cast");
  for (const json& someone : cast["people"]) {
    const json page = got("/api/people/" + std::to_string(someone["id"].get<int>()));
    EXPECT_EQ(page["tracks"].size(), someone["tracks"]);
    for (std::size_t i = 1; i < page["tracks"].size(); ++i)
      EXPECT_LE(page["tracks"][i - 1]["confidence"], page["tracks"][i]["confidence"]);
    doubt |= page["tracks"][0]["sure"] == false && someone["unsure_tracks"] == 1;
  }
  EXPECT_TRUE(doubt) << "the misplaced track is shown as unsure";
}

TEST_F(Answers, NamesAPerson) {
  edited({{"kind", "name"}, {"person", 1}, {"name", "Anna"}});
  EXPECT_EQ(person(1)["name"], "Anna");
}

TEST_F(Answers, AWindowThatHasTheCastIsToldOnlyWhatChanged) {
  const json cast = got("/api/cast");
  json change = {{"kind", "name"}, {"person", 2}, {"name", "Anna"}};
  change["seen"] = cast["sequence"];
  change["version"] = cast["version"];
  const json news = edited(change)["cast"];
  ASSERT_EQ(news["people"].size(), 1u);
  EXPECT_EQ(news["people"][0]["name"], "Anna");
  EXPECT_EQ(news["since"], cast["sequence"]);
  const json now = got("/api/cast");
  ASSERT_EQ(news["order"].size(), now["people"].size());
  for (std::size_t i = 0; i < now["people"].size(); ++i)
    EXPECT_EQ(news["order"][i], now["people"][i]["id"]);
}

TEST_F(Answers, WhatOneWindowIsToldAddsUpToTheCast) {
  json known = got("/api/cast");
  std::map<int, json> people;
  for (const json& someone : known["people"]) people[someone["id"]] = someone;
  const json changes[] = {{{"kind", "merge"}, {"people", {1, 2}}},
                          {{"kind", "ignore"}, {"people", {3}}},
                          {{"kind", "name"}, {"person", 1}, {"name", "Anna"}}};
  const auto learn = [&] {
    const json news = got("/api/cast", {{"since", known["sequence"].dump()},
                                        {"version", known["version"].get<std::string>()}});
    for (const json& someone : news["people"]) people[someone["id"]] = someone;
    json all = json::array();
    for (const json& id : news["order"]) all.push_back(people.at(id));
    const json whole = got("/api/cast");
    EXPECT_EQ(all, whole["people"]);
    EXPECT_LT(news["people"].size(), whole["people"].size());
    known = whole;
  };
  for (const json& change : changes) edited(change), learn();
  for (int i = 0; i < 3; ++i) edited(json::object(), "/api/undo"), learn();
}

TEST_F(Answers, WhoKnowsAnotherCastIsToldAllOfIt) {
  const std::size_t all = got("/api/cast")["people"].size();
  EXPECT_EQ(got("/api/cast", {{"since", "0"}, {"version", "of another room"}})["people"].size(),
            all);
  const std::string version = got("/api/cast")["version"];
  EXPECT_EQ(got("/api/cast", {{"since", "99"}, {"version", version}})["people"].size(), all);
  EXPECT_EQ(post("/api/undo", R"({"seen": 0, "version": 7})").status, 400);
}

TEST_F(Answers, ThePageNamesItsModulesBeforeTheyAreNeeded) {
  const std::string page = get("/").body;
  for (const PageFile& file : page_files())
    if (file.name.ends_with(".js")) {
      EXPECT_NE(page.find("/page/" + std::string(file.name) + "\""), std::string::npos)
          << file.name;
    }
}

/// The reader of this room sees in a picture who has as many columns.
class WithPortraits : public Answers {
 protected:
  WithPortraits() {
    room_.emplace(folder_ / "p", RoomOptions{.read_portrait = [](const Picture& picture) {
                    return picture.cols == 1 ? std::nullopt
                                             : std::optional(invented::face_vector(picture.cols));
                  }});
  }
  WebReply bring(const std::string& name, int person) {
    const auto jpeg = encode_jpeg(Picture(person, person, CV_8UC3, cv::Scalar(90, 90, 90)));
    return answer(*room_, {.method = "PUT",
                           .path = "/api/portraits",
                           .query = {{"name", name}},
                           .body = std::string(jpeg.begin(), jpeg.end()),
                           .content_type = "image/jpeg"});
  }
  json suggestions() { return got("/api/cast")["suggestions"]; }
};

TEST_F(WithPortraits, APortraitSuggestsANameAndNamesNobody) {
  EXPECT_EQ(json::parse(bring("Anna", 6).body)["has_face"], true);
  const json found = suggestions();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["name"], "Anna");
  EXPECT_GT(found[0]["probability"], 0.5);
  const int id = found[0]["person"];
  EXPECT_EQ(person(id)["name"], "");
  edited({{"kind", "name"}, {"person", id}, {"name", "Anna"}});
  EXPECT_TRUE(suggestions().empty()) << "who has the name is not suggested again";
  edited(json::object(), "/api/undo");
  EXPECT_EQ(suggestions(), found);
}

TEST_F(WithPortraits, OtherWindowsHearOfThem) {
  const json before = got("/api/state")["portraits"];
  bring("Anna", 6);
  const json brought = got("/api/state")["portraits"];
  EXPECT_NE(brought, before);
  answer(*room_, {.method = "DELETE", .path = "/api/portraits", .query = {{"name", "Anna"}}});
  EXPECT_NE(got("/api/state")["portraits"], brought);
}

TEST_F(WithPortraits, ThePortraitOfAStrangerSuggestsNobody) {
  EXPECT_EQ(json::parse(bring("A stranger", 77).body)["has_face"], true);
  EXPECT_TRUE(suggestions().empty());
}

TEST_F(WithPortraits, APortraitIsKeptUntilItIsForgotten) {
  bring("Anna", 6);
  room_.emplace(folder_ / "p");
  EXPECT_EQ(suggestions().size(), 1u) << "the next room knows it";
  const WebRequest forget{
      .method = "DELETE", .path = "/api/portraits", .query = {{"name", "Anna"}}};
  EXPECT_EQ(answer(*room_, forget).status, 200);
  EXPECT_TRUE(suggestions().empty());
  EXPECT_EQ(answer(*room_, forget).status, 404);
}

TEST_F(WithPortraits, WhatIsNoPortraitIsSaidSo) {
  EXPECT_EQ(json::parse(bring("Nobody", 1).body)["has_face"], false);
  EXPECT_EQ(bring("", 6).status, 400);
  EXPECT_EQ(bring(std::string(300, 'x'), 6).status, 400);
  EXPECT_EQ(answer(*room_, {.method = "PUT",
                            .path = "/api/portraits",
                            .query = {{"name", "Anna"}},
                            .body = "no picture"})
                .status,
            400);
}

TEST_F(WithPortraits, ADamagedListOfPortraitsHoldsNobody) {
  bring("Anna", 6);
  std::ofstream(folder_ / "p/portraits.json") << R"({"portraits": [{"name": 3}]})";
  room_.emplace(folder_ / "p");
  EXPECT_TRUE(suggestions().empty());
}

TEST_F(Answers, ANameSettlesNoDoubtAndAnAnswerDoes) {
  const json cast = got("/api/cast");
  const auto doubtful = std::find_if(cast["people"].begin(), cast["people"].end(),
                                     [](const json& p) { return p["unsure_tracks"] == 1; });
  ASSERT_NE(doubtful, cast["people"].end());
  const int id = (*doubtful)["id"];
  edited({{"kind", "name"}, {"person", id}, {"name", "Anna"}});
  EXPECT_EQ(person(id)["unsure_tracks"], 1);
  const json tracks = got("/api/people/" + std::to_string(id))["tracks"];
  edited({{"kind", "same"}, {"tracks", {tracks[0]["id"], tracks[1]["id"]}}});
  EXPECT_EQ(person(id)["unsure_tracks"], 0);
}

TEST_F(Answers, KeepsNamesThatLookLikeMarkupAsTheyAre) {
  const std::string name = "<img src=x onerror=alert(1)>\"'&";
  edited({{"kind", "name"}, {"person", 1}, {"name", name}});
  EXPECT_EQ(person(1)["name"], name);
  EXPECT_EQ(get("/api/cast").type, "application/json");
}

TEST_F(Answers, JoinsPersons) {
  const json before = person(1), other = person(2);
  edited({{"kind", "merge"}, {"people", {1, 2}}});
  EXPECT_EQ(person(1)["tracks"], before["tracks"].get<int>() + other["tracks"].get<int>());
  EXPECT_TRUE(person(2).is_null());
}

TEST_F(Answers, TakesTracksOutToSomebodyNewOrToSomebodyKnown) {
  const json tracks = got("/api/people/1")["tracks"];
  const int first = tracks[0]["id"], second = tracks[1]["id"];
  edited({{"kind", "split"}, {"tracks", {first}}});
  edited({{"kind", "move"}, {"tracks", {second}}, {"person", 2}});
  EXPECT_EQ(person(1)["tracks"], tracks.size() - 2);
  const json moved = got("/api/people/2")["tracks"];
  EXPECT_TRUE(std::any_of(moved.begin(), moved.end(), [&](const json& t) {
    return t["id"] == second && t["basis"] == "user";
  }));
}

TEST_F(Answers, IgnoresMarksPicturesAndTakesItBack) {
  edited({{"kind", "ignore"}, {"people", {3}}});
  EXPECT_EQ(person(3)["ignored"], true);
  edited({{"kind", "ignore"}, {"people", {3}}, {"on", false}});
  EXPECT_EQ(person(3)["ignored"], false);
  edited({{"kind", "picture"}, {"people", {3}}});
  EXPECT_EQ(person(3)["kind"], "picture");
}

TEST_F(Answers, AnswersToQuestionsSettleThem) {
  const json questions = got("/api/questions");
  ASSERT_EQ(questions["questions"].size(), 2u);
  const auto pair = [&](int i) {
    const json& tracks = questions["questions"][i]["tracks"];
    return json::array({tracks[0]["id"], tracks[1]["id"]});
  };
  edited({{"kind", "same"}, {"tracks", pair(0)}});
  edited({{"kind", "different"}, {"tracks", pair(1)}});
  EXPECT_TRUE(got("/api/questions")["questions"].empty());
}

TEST_F(Answers, ReleasesWhatTheFilmKeepsApart) {
  const json apart = got("/api/people/1")["kept_apart"];
  ASSERT_FALSE(apart.empty());
  EXPECT_NE(apart[0]["reason"].get<std::string>().find("both in the picture"), std::string::npos);
  edited({{"kind", "release"}, {"tracks", apart[0]["tracks"]}});
  EXPECT_EQ(got("/api/history")["entries"][0]["kind"], "release");
}

TEST_F(Answers, APreviewStoresNothingAndTellsTheTruth) {
  const std::string before = get("/api/cast").body;
  const json change = {{"kind", "merge"}, {"people", {1, 2}}};
  const json preview = edited(change, "/api/edits/preview");
  EXPECT_EQ(get("/api/cast").body, before);
  edited(change);
  for (const json& expected : preview["changes"]) {
    const json now = person(expected["person"]);
    if (expected["after"].is_null()) {
      EXPECT_TRUE(now.is_null());
    } else {
      EXPECT_EQ(now["tracks"], expected["after"]["tracks"]);
      EXPECT_EQ(now["seconds"], expected["after"]["seconds"]);
    }
  }
  EXPECT_EQ(preview["changes"].size(), 2u);
}

TEST_F(Answers, UndoAndRedoWalkTheHistory) {
  const json people = got("/api/cast")["people"];
  edited({{"kind", "name"}, {"person", 1}, {"name", "Anna"}});
  edited({{"kind", "merge"}, {"people", {1, 2}}});
  const json after = got("/api/cast")["people"];
  for (int i = 0; i < 2; ++i) edited(json::object(), "/api/undo");
  EXPECT_EQ(got("/api/cast")["people"], people);
  EXPECT_EQ(post("/api/undo", "{}").status, 400);
  for (int i = 0; i < 2; ++i) edited(json::object(), "/api/redo");
  EXPECT_EQ(got("/api/cast")["people"], after);
  EXPECT_EQ(got("/api/history")["entries"].size(), 6u);
}

TEST_F(Answers, AWindowThatDoesNotKnowOfAChangeIsToldSo) {
  edited({{"kind", "name"}, {"person", 1}, {"name", "Anna"}});
  EXPECT_EQ(post("/api/edits", R"({"kind": "name", "person": 1, "name": "Ben", "seen": 0})").status,
            409);
  EXPECT_EQ(post("/api/undo", R"({"seen": 0})").status, 409);
  EXPECT_EQ(person(1)["name"], "Anna");
  EXPECT_EQ(post("/api/edits", R"({"kind": "name", "person": 1, "name": "Ben", "seen": 1})").status,
            200);
}

TEST_F(Answers, ASecondRoomOnTheSameProjectSeesEveryEdit) {
  Room other(folder_ / "p");
  answer(other, {.method = "POST",
                 .path = "/api/edits",
                 .body = R"({"kind": "name", "person": 2, "name": "Ben"})",
                 .content_type = "application/json"});
  EXPECT_EQ(person(2)["name"], "Ben");
  EXPECT_EQ(got("/api/state")["sequence"], 1);
}

TEST_F(Answers, WhatMakesNoSenseIsRefusedInOneSentence) {
  for (const char* body : {"",
                           "{",
                           "[]",
                           "null",
                           "7",
                           "{}",
                           R"({"kind": 3})",
                           R"({"kind": "explode"})",
                           R"({"kind": "name"})",
                           R"({"kind": "name", "person": "1", "name": "A"})",
                           R"({"kind": "name", "person": -1, "name": "A"})",
                           R"({"kind": "name", "person": 99999999999, "name": "A"})",
                           R"({"kind": "name", "person": 1, "name": 5})",
                           R"({"kind": "name", "person": 1.5, "name": "A"})",
                           R"({"kind": "merge", "people": []})",
                           R"({"kind": "merge", "people": [1, 1]})",
                           R"({"kind": "merge", "people": [1, 4000]})",
                           R"({"kind": "split", "tracks": [0]})",
                           R"({"kind": "same", "tracks": [1]})",
                           R"({"kind": "ignore", "people": [1], "on": "yes"})",
                           "{\"kind\": \"name\", \"person\": 1, \"name\": \"\xff\"}"}) {
    const WebReply reply = post("/api/edits", body);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_FALSE(json::parse(reply.body)["error"].get<std::string>().empty());
  }
  EXPECT_EQ(got("/api/state")["sequence"], 0);
}

TEST_F(Answers, AFormOfAnotherPageIsNoEdit) {
  const WebReply reply = answer(*room_, {.method = "POST",
                                         .path = "/api/edits",
                                         .body = R"({"kind": "name", "person": 1, "name": "A"})",
                                         .content_type = "text/plain"});
  EXPECT_EQ(reply.status, 400);
}

TEST_F(Answers, NoPathReachesTheDisk) {
  for (const char* path :
       {"/page/../answers.cpp", "/page/../../../../etc/passwd", "/etc/passwd", "/page//etc/passwd",
        "/page/", "/page/decisions.sqlite", "/api/frames/../../film.mp4",
        "/api/tracks/1/../2/face.jpg", "/api/tracks/1x/face.jpg", "/api/tracks/-1/face.jpg",
        "/api/tracks/999999999999/face.jpg", "/api/people/0x1", "//", "/page/room.js/"})
    EXPECT_EQ(get(path).status, 404) << path;
  EXPECT_EQ(get(std::string("/page/room.js\0.html", 19)).status, 404);
}

TEST_F(Answers, ServesItsPageAndNothingElseUnderThatName) {
  EXPECT_EQ(get("/").type, "text/html; charset=utf-8");
  EXPECT_EQ(get("/page/room.js").type, "text/javascript; charset=utf-8");
  EXPECT_EQ(get("/page/base.css").type, "text/css; charset=utf-8");
}

TEST_F(Answers, PicturesOfHeadsComeWithoutTheFilm) {
  const WebReply face = get("/api/tracks/1/face.jpg", {{"v", "x"}});
  EXPECT_TRUE(face.keep);
  const auto decoded = [](const WebReply& reply) {
    return decode_picture({reply.body.begin(), reply.body.end()});
  };
  EXPECT_EQ(decoded(face).cols, 128);
  const Picture strip = decoded(get("/api/tracks/1/strip.jpg"));
  EXPECT_EQ(strip.cols, 2 * strip.rows);
  EXPECT_EQ(get("/api/frames/3.jpg").status, 404);
  EXPECT_EQ(get("/api/tracks/1/strip.jpg", {{"heads", "1000000"}}).status, 400);
}

TEST_F(Answers, TheTimelineAndTheHeadsAgreeWithTheTracks) {
  const json timeline = got("/api/timeline");
  EXPECT_EQ(timeline["shots"].size(), 24u);
  EXPECT_DOUBLE_EQ(timeline["duration_s"], 24);
  const json heads = got("/api/heads", {{"from_s", "1"}, {"to_s", "2"}});
  ASSERT_EQ(heads["frames"].size(), 26u);
  EXPECT_EQ(heads["frames"][0]["frame"], 25);
  EXPECT_GE(heads["frames"][0]["heads"].size(), 2u);
  for (const char* number : {"x", "nan", "-1", "1e99", ""})
    EXPECT_EQ(get("/api/heads", {{"from_s", number}}).status, 400) << number;
}

TEST_F(Answers, ACastListIsReadFromTextAndTables) {
  EXPECT_THAT(names_in("Anna\n Ben \n\nAnna\r\n"), ::testing::ElementsAre("Anna", "Ben"));
  EXPECT_THAT(names_in("1,\"Doe, Jane\",Nurse\n2;Ben;x\n3\tCleo\n"),
              ::testing::ElementsAre("Doe, Jane", "Ben", "Cleo"));
  const WebReply reply = answer(*room_, {.method = "PUT",
                                         .path = "/api/cast-list",
                                         .body = R"({"text": "Anna\nBen"})",
                                         .content_type = "application/json"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(got("/api/cast-list")["names"], json({"Anna", "Ben"}));
}

TEST_F(Answers, OtherMethodsAreNotAnswered) {
  EXPECT_EQ(answer(*room_, {.method = "DELETE", .path = "/api/cast"}).status, 405);
  EXPECT_EQ(answer(*room_, {.method = "GET", .path = "/api/edits"}).status, 405);
}

TEST_F(Answers, EditsFromManyThreadsAllHold) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i)
        post("/api/edits",
             json{{"kind", "name"}, {"person", 1 + t}, {"name", std::to_string(i)}}.dump());
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(got("/api/state")["sequence"], 20);
  for (int t = 0; t < 4; ++t) EXPECT_EQ(person(1 + t)["name"], "4");
}

TEST(UnfinishedRoom, ShowsProgressAndFacesInsteadOfACast) {
  const invented::TemporaryFolder folder;
  invented::make_room(folder / "p", {.with_cast = false});
  Room room(folder / "p");
  const json state = json::parse(answer(room, {.path = "/api/state"}).body);
  EXPECT_EQ(state["ready"], false);
  EXPECT_EQ(state["stage"], "film");
  EXPECT_EQ(state["frames_done"], 600);
  EXPECT_EQ(answer(room, {.path = "/api/cast"}).status, 503);
  EXPECT_EQ(answer(room, {.path = "/api/seen/0.jpg"}).type, "image/jpeg");
}

/// A room while a run looks at the film: it has a cast of all that was seen, which is then replaced
/// by one in which everybody has another id.
class RoomBesideARun : public Answers {
 protected:
  RoomBesideARun() {
    invented::make_room(folder_ / "run", {.with_cast = false});
    think(0);
    room_.emplace(folder_ / "run");
  }
  void think(int added_to_ids) {
    const AnalysisStore found((folder_ / "p") + "/" + AnalysisStore::file_name);
    StoredCast cast = found.cast().value();
    for (int& id : cast.person_ids) id += added_to_ids;
    Project::open(folder_ / "run")
        .analysis()
        .replace_so_far(found.shots(), found.tracks(true), cast);
  }
  static json decided_on(const json& cast, json change) {
    change["seen"] = cast["sequence"];
    change["version"] = cast["version"];
    return change;
  }
};

TEST_F(RoomBesideARun, ShowsACastAndHowFarTheRunIs) {
  const json state = got("/api/state");
  EXPECT_EQ(state["ready"], true);
  EXPECT_EQ(state["stage"], "film");
  EXPECT_EQ(state["frames_of_cast"], 600);
  EXPECT_EQ(state["frames_done"], 600);
  EXPECT_GE(got("/api/cast")["people"].size(), 6u);
  EXPECT_EQ(get("/api/tracks/1/face.jpg").type, "image/jpeg");
}

TEST_F(RoomBesideARun, WhatWasDecidedOnEarlierResultsIsSaidOfTheSamePersons) {
  const json before = got("/api/cast");
  think(100);
  const json change = {{"kind", "name"}, {"person", 2}, {"name", "Anna"}};
  const json cast = edited(decided_on(before, change))["cast"];
  EXPECT_THAT(cast["heirs"], testing::Contains(json::array({2, 102})));
  EXPECT_EQ(person(102)["name"], "Anna");
  const json join = {{"kind", "merge"}, {"people", {1, 2}}};
  edited(decided_on({{"sequence", 1}, {"version", before["version"]}}, join));
  EXPECT_EQ(person(101)["name"], "Anna");
}

TEST_F(RoomBesideARun, WhatWasSaidOfTracksThatAreNumberedAnewIsRefused) {
  const json before = got("/api/cast");
  think(100);
  const json split = {{"kind", "split"}, {"tracks", {1}}};
  EXPECT_EQ(post("/api/edits", decided_on(before, split).dump()).status, 409);
  const json nobody = {{"kind", "name"}, {"person", 99}, {"name", "Anna"}};
  EXPECT_EQ(post("/api/edits", decided_on(before, nobody).dump()).status, 409);
  const json of_another_room = decided_on({{"sequence", 0}, {"version", "x-1"}},
                                          {{"kind", "name"}, {"person", 101}, {"name", "Anna"}});
  EXPECT_EQ(post("/api/edits", of_another_room.dump()).status, 409);
  EXPECT_EQ(got("/api/state")["sequence"], 0) << "nothing was said";
}

TEST(RoomWithFilm, ShowsAnyFrameWithItsHeads) {
  const invented::TemporaryFolder folder;
  invented::make_room(folder / "p", {.shots = 4, .with_film = true, .with_pictures = false});
  Room room(folder / "p");
  for (const int frame : {60, 3, 61, 99}) {
    const WebReply reply = answer(room, {.path = "/api/frames/" + std::to_string(frame) + ".jpg",
                                         .query = {{"width", "320"}, {"boxes", "1"}}});
    ASSERT_EQ(reply.status, 200);
    EXPECT_EQ(decode_picture({reply.body.begin(), reply.body.end()}).cols, 320);
  }
  EXPECT_EQ(answer(room, {.path = "/api/frames/100.jpg"}).status, 404);
  // Without pictures of heads, they are cut out of the film.
  const WebReply face = answer(room, {.path = "/api/tracks/1/face.jpg"});
  EXPECT_GT(cv::sum(decode_picture({face.body.begin(), face.body.end()}))[0], 0);
}

}  // namespace
}  // namespace dramatis
