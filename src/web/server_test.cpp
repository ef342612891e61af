// The room behind a real socket: who is let in, what is sent along, and what a kill leaves behind.

#include "web/server.h"

#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/failure.h"
#include "project/test_invented.h"
#include "web/test_room.h"

namespace dramatis {
namespace {

using nlohmann::json;

class Served : public ::testing::Test {
 protected:
  Served()
      : folder_(),
        room_(made(folder_ / "p")),
        server_(room_, {.port = 0}),
        thread_([this] { server_.run(stop_.get_token()); }) {}
  ~Served() override {
    stop_.request_stop();
    thread_.join();
  }
  static std::string made(const std::string& folder) {
    invented::make_room(folder, {.shots = 4, .with_film = true});
    return folder;
  }
  httplib::Client client() const {
    httplib::Client client("127.0.0.1", server_.port());
    client.set_keep_alive(true);
    return client;
  }
  httplib::Headers key() const { return {{"Authorization", "Bearer " + server_.secret()}}; }

  invented::TemporaryFolder folder_;
  Room room_;
  RoomServer server_;
  std::stop_source stop_;
  std::thread thread_;
};

TEST_F(Served, TheFirstAddressBecomesACookie) {
  auto browser = client();
  const std::string first = server_.address().substr(server_.address().find("/?key="));
  const auto welcome = browser.Get(first.c_str());
  ASSERT_TRUE(welcome);
  EXPECT_EQ(welcome->status, 303);
  EXPECT_EQ(welcome->get_header_value("Location"), "/");
  const std::string cookie = welcome->get_header_value("Set-Cookie");
  const httplib::Headers headers{{"Cookie", cookie.substr(0, cookie.find(';'))}};
  EXPECT_EQ(browser.Get("/", headers)->status, 200);
  EXPECT_EQ(browser.Get("/api/cast", headers)->status, 200);
}

TEST_F(Served, NothingIsCompressedForTheWayOverTheLoopback) {
  auto browser = client();
  httplib::Headers headers = key();
  headers.emplace("Accept-Encoding", "gzip, br");
  for (const char* path : {"/", "/page/room.js", "/api/cast"}) {
    const auto reply = browser.Get(path, headers);
    ASSERT_TRUE(reply) << path;
    EXPECT_EQ(reply->status, 200) << path;
    EXPECT_EQ(reply->get_header_value("Content-Encoding"), "") << path;
  }
}

TEST_F(Served, NothingIsToldToStrangers) {
  auto stranger = client();
  for (const char* path : {"/", "/page/room.js", "/api/cast", "/api/film", "/api/events",
                           "/api/openapi.json", "/nothing"}) {
    const auto reply = stranger.Get(path);
    ASSERT_TRUE(reply) << path;
    EXPECT_EQ(reply->status, 403) << path;
  }
  EXPECT_EQ(stranger.Post("/api/undo", "{}", "application/json")->status, 403);
  EXPECT_EQ(stranger.Get("/?key=0123")->status, 403);
}

TEST_F(Served, OtherNamesOfThisComputerAreRefused) {
  httplib::Headers headers = key();
  headers.emplace("Host", "rebound.example");
  EXPECT_EQ(client().Get("/api/cast", headers)->status, 403);
}

TEST_F(Served, EveryAnswerForbidsWhatThePageDoesNotNeed) {
  for (const char* path : {"/", "/api/cast", "/api/tracks/1/face.jpg", "/nothing"}) {
    const auto reply = client().Get(path, key());
    const std::string policy = reply->get_header_value("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << path;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(reply->get_header_value("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply->get_header_value("Access-Control-Allow-Origin"), "");
  }
}

TEST_F(Served, ThePageHoldsNothingInline) {
  const std::string page = client().Get("/", key())->body;
  EXPECT_EQ(page.find("<style"), std::string::npos);
  EXPECT_EQ(page.find("style="), std::string::npos);
  EXPECT_EQ(page.find("onclick"), std::string::npos);
  EXPECT_EQ(page.find("http://"), std::string::npos);
  EXPECT_EQ(page.find("https://"), std::string::npos);
}

TEST_F(Served, TheFilmComesByRanges) {
  std::ifstream file(folder_ / "p/film.mp4", std::ios::binary);
  const std::string film{std::istreambuf_iterator<char>(file), {}};
  httplib::Headers headers = key();
  EXPECT_EQ(client().Get("/api/film", headers)->body, film);
  headers.emplace("Range", "bytes=100-299");
  const auto part = client().Get("/api/film", headers);
  EXPECT_EQ(part->status, 206);
  EXPECT_EQ(part->body, film.substr(100, 200));
}

TEST_F(Served, EventsTellOfEdits) {
  std::string heard;
  auto listener = client();
  listener.Get("/api/events", key(), [&](const char* data, std::size_t size) {
    heard.append(data, size);
    if (heard.find("\"sequence\":1") != std::string::npos) return false;
    if (heard.find("\"sequence\":0") != std::string::npos)
      client().Post("/api/edits", key(), R"({"kind": "name", "person": 1, "name": "Anna"})",
                    "application/json");
    return true;
  });
  EXPECT_NE(heard.find("\"sequence\":1"), std::string::npos) << heard;
}

TEST_F(Served, WhatCannotBeReadIsAnsweredWithASentence) {
  const auto reply = client().Post("/api/undo", key());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 400);
  EXPECT_FALSE(json::parse(reply->body)["error"].get<std::string>().empty());
}

TEST_F(Served, LargeAndOddRequestsDoNoHarm) {
  const std::string large = "{\"text\": \"" + std::string(3 << 20, 'a') + "\"}";
  const auto reply = client().Put("/api/cast-list", key(), large, "application/json");
  EXPECT_TRUE(!reply || reply->status == 413);
  const auto deep =
      client().Post("/api/edits", key(), std::string(500000, '['), "application/json");
  EXPECT_TRUE(!deep || deep->status == 400);
  const auto far = client().Get(("/" + std::string(7000, 'x')).c_str(), key());
  EXPECT_TRUE(!far || far->status == 404);
  EXPECT_EQ(client().Get("/api/%2e%2e/%2e%2e/etc/passwd", key())->status, 404);
  EXPECT_EQ(client().Get("/api/cast", key())->status, 200);
}

TEST(ServerPort, OneThatIsTakenIsSaidSo) {
  const invented::TemporaryFolder folder;
  invented::make_room(folder / "p", {.shots = 4});
  Room room(folder / "p");
  const RoomServer first(room, {.port = 0});
  EXPECT_THROW(RoomServer(room, {.port = first.port()}), Failure);
}

/// A room in a process of its own, which is killed in the middle of a storm of edits.
int storm_until_killed(const std::string& folder) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) {
    Room room(folder);
    RoomServer server(room, {.port = 0});
    const std::string line = std::to_string(server.port()) + " " + server.secret();
    if (write(pipe_ends[1], line.data(), line.size()) < 0) _exit(1);
    server.run(std::stop_token{});
    _exit(0);
  }
  char line[100] = {};
  if (read(pipe_ends[0], line, sizeof line - 1) <= 0) return -1;
  close(pipe_ends[0]), close(pipe_ends[1]);
  int port = 0;
  char secret[64] = {};
  if (std::sscanf(line, "%d %63s", &port, secret) != 2) return -1;
  httplib::Client client("127.0.0.1", port);
  const httplib::Headers key{{"Authorization", std::string("Bearer ") + secret}};
  std::thread killer([child] {
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    kill(child, SIGKILL);
  });
  int acknowledged = 0;
  for (;; ++acknowledged) {
    const json edit{
        {"kind", "name"}, {"person", 1}, {"name", "name " + std::to_string(acknowledged + 1)}};
    const auto reply = client.Post("/api/edits", key, edit.dump(), "application/json");
    if (!reply || reply->status != 200) break;
  }
  killer.join();
  waitpid(child, nullptr, 0);
  return acknowledged;
}

TEST(KilledServer, HasStoredEveryEditThatItAcknowledged) {
  const invented::TemporaryFolder folder;
  invented::make_room(folder / "p", {.shots = 4});
  const int acknowledged = storm_until_killed(folder / "p");
  ASSERT_GT(acknowledged, 0);
  Project project = Project::open(folder / "p");
  const auto& entries = project.decisions().history().entries;
  ASSERT_GE(std::ssize(entries), acknowledged);
  for (int i = 0; i < acknowledged; ++i)
    EXPECT_EQ(entries[static_cast<std::size_t>(i)].decision->name, "name " + std::to_string(i + 1));
}

}  // namespace
}  // namespace dramatis
