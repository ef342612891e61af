#pragma once

// A question to the room and its answer, free of any server: what answers can be tested without a
// socket.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dramatis {

struct WebRequest {
  std::string method = "GET";
  std::string path = "/";  ///< decoded; never used as a path of files
  std::map<std::string, std::string> query;
  std::string body;

  // Headers; empty where there is none.
  std::string host;
  std::string origin;
  std::string fetch_site;  ///< Sec-Fetch-Site
  std::string cookie;
  std::string authorization;
  std::string content_type;
};

struct WebReply {
  /// What the server itself sends, piece by piece.
  enum class Stream { none, film, events };

  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  bool keep = false;  ///< the browser may keep it: the address names its version
  Stream stream = Stream::none;
};

}  // namespace dramatis
