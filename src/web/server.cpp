// The HTTP server: sockets and headers. What is answered is in answers.cpp, who is answered in
// doorkeeper.cpp.

#include "web/server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/failure.h"
#include "web/answers.h"
#include "web/cast_json.h"
#include "web/doorkeeper.h"
#include "web/room_json.h"

namespace dramatis {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHost = "127.0.0.1";
constexpr std::size_t kLargestRequest = 1 << 20;
/// Each open connection holds one, and a window has up to six and its stream of events.
constexpr std::size_t kThreads = 32;
/// A page of faces is hundreds of requests, and a new connection for each few of them is felt.
constexpr std::size_t kRequestsOfAConnection = 10000;
constexpr auto kBetweenPulses = 400ms;
constexpr auto kLongestSilence = 10s;

/// Nothing from elsewhere, nothing inline: a name that found a way into the page as markup would
/// still not run, and nothing it could do would reach another computer.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

WebRequest request_of(const httplib::Request& from) {
  WebRequest request{.method = from.method, .path = from.path, .body = from.body};
  for (const auto& [name, value] : from.params) request.query.emplace(name, value);
  // Two hosts are no host of ours.
  if (from.get_header_value_count("Host") == 1) request.host = from.get_header_value("Host");
  request.origin = from.get_header_value("Origin");
  request.fetch_site = from.get_header_value("Sec-Fetch-Site");
  request.cookie = from.get_header_value("Cookie");
  request.authorization = from.get_header_value("Authorization");
  request.content_type = from.get_header_value("Content-Type");
  return request;
}

void add_safety_headers(httplib::Response& to) {
  to.set_header("Content-Security-Policy", kPolicy);
  to.set_header("X-Content-Type-Options", "nosniff");
  to.set_header("X-Frame-Options", "DENY");
  to.set_header("Referrer-Policy", "no-referrer");
  to.set_header("Cross-Origin-Resource-Policy", "same-origin");
  to.set_header("Cross-Origin-Opener-Policy", "same-origin");
}

const char* type_of_film(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".webm") return "video/webm";
  if (ending == ".mkv") return "video/x-matroska";
  if (ending == ".ogv" || ending == ".ogg") return "video/ogg";
  if (ending == ".mov") return "video/quicktime";
  return "video/mp4";
}

/// The film's own bytes, by ranges. The path comes from the project alone.
void send_film(const Room& room, httplib::Response& to) {
  const std::string& path = room.film().path;
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (error || size == 0 || !*file) {
    to.status = 404;
    to.set_content(refusal(404, "The film is not where it was.").body, "application/json");
    return;
  }
  to.set_header("Accept-Ranges", "bytes");
  to.set_content_provider(
      size, type_of_film(path),
      [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        std::array<char, 1 << 16> piece{};
        file->clear();
        file->seekg(static_cast<std::streamoff>(offset));
        file->read(piece.data(), static_cast<std::streamsize>(std::min(length, piece.size())));
        return file->gcount() > 0 &&
               sink.write(piece.data(), static_cast<std::size_t>(file->gcount()));
      });
}

std::string words_for(Entry entry) {
  switch (entry) {
    case Entry::foreign_host:
      return "This room answers to 127.0.0.1 only.";
    case Entry::foreign_origin:
      return "Another page must not ask this.";
    default:
      return "Open the address that 'dramatis serve' printed; it holds the key.";
  }
}

}  // namespace

struct RoomServer::Machine {
  Room& room;
  Doorkeeper doorkeeper{.secret = new_secret()};
  httplib::Server server;
  std::stop_token stop;

  void serve(const httplib::Request& from, httplib::Response& to);
  void send(const WebReply& reply, httplib::Response& to);
  void send_events(httplib::Response& to);
  void bind(const ServerOptions& options);
};

void RoomServer::Machine::serve(const httplib::Request& from, httplib::Response& to) {
  add_safety_headers(to);
  const WebRequest request = request_of(from);
  const Entry entry = entry_of(doorkeeper, request);
  if (entry == Entry::welcome) {
    // The key leaves the address bar and the history of the browser.
    to.set_header("Set-Cookie", doorkeeper.cookie());
    to.set_header("Cache-Control", "no-store");
    return to.set_redirect("/", 303);
  }
  if (entry != Entry::admitted) {
    to.status = 403;
    return to.set_content(words_for(entry) + "\n", "text/plain; charset=utf-8");
  }
  send(answer(room, request), to);
}

void RoomServer::Machine::send(const WebReply& reply, httplib::Response& to) {
  if (reply.stream == WebReply::Stream::film) return send_film(room, to);
  if (reply.stream == WebReply::Stream::events) return send_events(to);
  to.status = reply.status;
  for (const auto& [name, value] : reply.headers) to.set_header(name, value);
  to.set_header("Cache-Control", reply.keep ? "private, max-age=86400, immutable" : "no-store");
  if (reply.status >= 400 || reply.body.empty()) return to.set_content(reply.body, reply.type);
  // Not as a content but piece by piece: contents are compressed by the library, at the highest
  // setting, which takes a hundred times longer than the way over the loopback that it saves.
  const auto body = std::make_shared<const std::string>(reply.body);
  to.set_content_provider(body->size(), reply.type,
                          [body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                            return sink.write(body->data() + offset, length);
                          });
}

/// An event when something changed, a word now and then so that a window that went away is noticed.
void RoomServer::Machine::send_events(httplib::Response& to) {
  to.set_header("Cache-Control", "no-store");
  auto last = std::make_shared<std::optional<RoomState>>();
  to.set_chunked_content_provider(
      "text/event-stream", [this, last](std::size_t, httplib::DataSink& sink) {
        for (auto silent = 0ms; silent < kLongestSilence; silent += kBetweenPulses) {
          if (stop.stop_requested()) return false;
          const RoomState state = room.state();
          if (*last != state) {
            *last = state;
            const std::string event = "data: " + text_of(pulse_json(room, state)) + "\n\n";
            return sink.write(event.data(), event.size());
          }
          std::this_thread::sleep_for(kBetweenPulses);
        }
        return sink.write(": still here\n\n", 14);
      });
}

void RoomServer::Machine::bind(const ServerOptions& options) {
  const int wanted = options.port.value_or(usual_port);
  if (wanted != 0 && server.bind_to_port(kHost, wanted)) {
    doorkeeper.port = wanted;
    return;
  }
  if (options.port.value_or(0) != 0)
    throw Failure(FailureKind::other,
                  fmt::format("Port {} is taken; choose another one with --port.", wanted));
  doorkeeper.port = server.bind_to_any_port(kHost);
  if (doorkeeper.port <= 0)
    throw Failure(FailureKind::other, "No port of this computer can be opened.");
}

RoomServer::RoomServer(Room& room, const ServerOptions& options) : machine_(new Machine{room}) {
  httplib::Server& server = machine_->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_payload_max_length(kLargestRequest);
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(kRequestsOfAConnection);
  // Without SO_REUSEPORT, which would let another program share the port.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  const auto serve = [machine = machine_.get()](const httplib::Request& from,
                                                httplib::Response& to) {
    machine->serve(from, to);
  };
  server.Get(".*", serve).Post(".*", serve).Put(".*", serve);
  server.Delete(".*", serve).Patch(".*", serve).Options(".*", serve);
  server.set_exception_handler(
      [](const httplib::Request&, httplib::Response& to, std::exception_ptr) {
        to.status = 500;
        to.set_content(refusal(500, "Something went wrong that should not have.").body,
                       "application/json");
      });
  // What the library refuses by itself (no length, a bad request line) gets a sentence as well.
  server.set_error_handler([](const httplib::Request&, httplib::Response& to) {
    if (!to.body.empty()) return;
    add_safety_headers(to);
    to.set_content(refusal(to.status, "The request cannot be read.").body, "application/json");
  });
  machine_->bind(options);
}

RoomServer::~RoomServer() = default;

int RoomServer::port() const { return machine_->doorkeeper.port; }
const std::string& RoomServer::secret() const { return machine_->doorkeeper.secret; }

std::string RoomServer::address() const {
  return fmt::format("http://{}:{}/?key={}", kHost, port(), secret());
}

void RoomServer::run(const std::stop_token& stop) {
  machine_->stop = stop;
  const std::stop_callback end(stop, [this] { machine_->server.stop(); });
  if (!stop.stop_requested()) machine_->server.listen_after_bind();
}

}  // namespace dramatis
