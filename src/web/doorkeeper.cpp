#include "web/doorkeeper.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>

#include "base/failure.h"

namespace dramatis {
namespace {

/// Takes equally long wherever the first difference is.
bool same_text(const std::string& a, const std::string& b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

bool host_is_ours(const Doorkeeper& doorkeeper, const std::string& host) {
  return host == fmt::format("127.0.0.1:{}", doorkeeper.port) ||
         host == fmt::format("localhost:{}", doorkeeper.port);
}

/// The cookie of that name, among those that a browser sent as "a=1; b=2".
std::string cookie_named(const std::string& name, const std::string& cookies) {
  std::size_t at = 0;
  while (at < cookies.size()) {
    const std::size_t end = std::min(cookies.find(';', at), cookies.size());
    const std::size_t equals = cookies.find('=', at);
    if (equals < end && cookies.compare(at, equals - at, name) == 0)
      return cookies.substr(equals + 1, end - equals - 1);
    at = cookies.find_first_not_of("; ", end);
  }
  return "";
}

bool changes_something(const WebRequest& request) {
  return request.method != "GET" && request.method != "HEAD";
}

bool origin_is_ours(const WebRequest& request) {
  if (!request.origin.empty()) return request.origin == "http://" + request.host;
  if (request.fetch_site.empty()) return true;  // no browser, or an old one
  return request.fetch_site == "same-origin" || request.fetch_site == "none";
}

bool is_first_address(const WebRequest& request) {
  return request.method == "GET" && request.path == "/" && request.query.contains("key");
}

}  // namespace

std::string Doorkeeper::cookie_name() const { return fmt::format("dramatis_{}", port); }

std::string Doorkeeper::cookie() const {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(), secret);
}

Entry entry_of(const Doorkeeper& doorkeeper, const WebRequest& request) {
  if (!host_is_ours(doorkeeper, request.host)) return Entry::foreign_host;
  // A link to the first address may stand anywhere: in a terminal, a mail, a note of one's own. The
  // answer is a page that cannot be framed or read by others.
  if (is_first_address(request))
    return same_text(request.query.at("key"), doorkeeper.secret) ? Entry::welcome
                                                                 : Entry::unknown_visitor;
  if (!origin_is_ours(request)) return Entry::foreign_origin;
  if (same_text(request.authorization, "Bearer " + doorkeeper.secret)) return Entry::admitted;
  if (!same_text(cookie_named(doorkeeper.cookie_name(), request.cookie), doorkeeper.secret))
    return Entry::unknown_visitor;
  if (changes_something(request) && request.origin.empty()) return Entry::foreign_origin;
  return Entry::admitted;
}

std::string new_secret() {
  std::array<unsigned char, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Failure(FailureKind::other, "The system gives no random numbers.");
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace dramatis
