#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "web/room.h"

namespace dramatis {

struct ServerOptions {
  /// 0: any free one. Without it the usual one, or any free one if that is taken.
  std::optional<int> port;
};

/// The room behind an address on this computer. Bound when it is made, answering in run().
class RoomServer {
 public:
  static constexpr int usual_port = 8371;

  /// Throws Failure{other} when the port is taken.
  RoomServer(Room& room, const ServerOptions& options);
  ~RoomServer();

  int port() const;
  /// http://127.0.0.1:PORT/?key=…: whoever has it may come in.
  std::string address() const;
  const std::string& secret() const;
  /// Answers until the stop is asked for.
  void run(const std::stop_token& stop);

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
