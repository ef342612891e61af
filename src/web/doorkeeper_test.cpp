#include "web/doorkeeper.h"

#include <gtest/gtest.h>

namespace dramatis {
namespace {

const Doorkeeper kDoor{.port = 4711, .secret = "0123456789abcdef0123456789abcdef"};

WebRequest from_our_page(const std::string& method = "GET") {
  return {.method = method,
          .path = "/api/cast",
          .host = "127.0.0.1:4711",
          .origin = method == "GET" ? "" : "http://127.0.0.1:4711",
          .fetch_site = "same-origin",
          .cookie = "dramatis_4711=" + kDoor.secret};
}

TEST(Doorkeeper, AdmitsTheRoomsOwnPage) {
  EXPECT_EQ(entry_of(kDoor, from_our_page()), Entry::admitted);
  EXPECT_EQ(entry_of(kDoor, from_our_page("POST")), Entry::admitted);
}

TEST(Doorkeeper, FindsItsCookieAmongOthers) {
  WebRequest request = from_our_page();
  request.cookie = "a=1; dramatis_4712=nothing; dramatis_4711=" + kDoor.secret + "; b=2";
  EXPECT_EQ(entry_of(kDoor, request), Entry::admitted);
  for (const char* cookie : {"", ";", ";;; =", "dramatis_4711",
                             "dramatis_4711=", "xdramatis_4711=0123456789abcdef0123456789abcdef"}) {
    request.cookie = cookie;
    EXPECT_EQ(entry_of(kDoor, request), Entry::unknown_visitor) << cookie;
  }
}

TEST(Doorkeeper, RefusesNamesThatPointAtThisComputer) {
  for (const char* host : {"", "evil.example:4711", "127.0.0.1", "127.0.0.1:4712",
                           "127.0.0.1:4711.evil.example", "[::1]:4711", "0.0.0.0:4711"}) {
    WebRequest request = from_our_page();
    request.host = host;
    EXPECT_EQ(entry_of(kDoor, request), Entry::foreign_host) << host;
  }
}

TEST(Doorkeeper, RefusesOtherPagesEvenWithTheCookie) {
  for (const char* origin : {"http://evil.example", "http://127.0.0.1:4712", "null",
                             "https://127.0.0.1:4711", "http://localhost:4711"}) {
    WebRequest request = from_our_page("POST");
    request.origin = origin;
    EXPECT_EQ(entry_of(kDoor, request), Entry::foreign_origin) << origin;
  }
  for (const char* site : {"cross-site", "same-site"}) {
    WebRequest request = from_our_page();
    request.fetch_site = site;
    EXPECT_EQ(entry_of(kDoor, request), Entry::foreign_origin) << site;
  }
}

TEST(Doorkeeper, ChangesNeedAnOrigin) {
  WebRequest request = from_our_page("POST");
  request.origin = "";
  EXPECT_EQ(entry_of(kDoor, request), Entry::foreign_origin);
}

TEST(Doorkeeper, ScriptsComeWithTheSecretInAHeader) {
  WebRequest request{.method = "POST", .path = "/api/edits", .host = "127.0.0.1:4711"};
  EXPECT_EQ(entry_of(kDoor, request), Entry::unknown_visitor);
  request.authorization = "Bearer " + kDoor.secret;
  EXPECT_EQ(entry_of(kDoor, request), Entry::admitted);
  request.authorization = "Bearer " + kDoor.secret.substr(1);
  EXPECT_EQ(entry_of(kDoor, request), Entry::unknown_visitor);
}

TEST(Doorkeeper, TheFirstAddressIsWelcomedOnlyWithTheRightKey) {
  WebRequest request{.path = "/", .query = {{"key", kDoor.secret}}, .host = "localhost:4711"};
  EXPECT_EQ(entry_of(kDoor, request), Entry::welcome);
  request.path = "/api/cast";
  EXPECT_EQ(entry_of(kDoor, request), Entry::unknown_visitor);
  request.path = "/";
  request.query["key"] = "0123456789abcdef0123456789abcdee";
  EXPECT_EQ(entry_of(kDoor, request), Entry::unknown_visitor);
}

TEST(Doorkeeper, ItsCookieIsForThisSiteAloneAndForNoScript) {
  EXPECT_NE(kDoor.cookie().find("HttpOnly"), std::string::npos);
  EXPECT_NE(kDoor.cookie().find("SameSite=Strict"), std::string::npos);
}

TEST(Doorkeeper, SecretsDiffer) {
  EXPECT_EQ(new_secret().size(), 32u);
  EXPECT_NE(new_secret(), new_secret());
}

}  // namespace
}  // namespace dramatis
