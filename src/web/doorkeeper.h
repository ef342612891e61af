#pragma once

// Who may come in. The room listens on the loopback address, but every page that a browser on this
// computer shows could send requests there, and so could every program of another user. So:
//   Host    must be ours: a name that an attacker points at 127.0.0.1 is not (DNS rebinding).
//   Origin  must be ours where a browser says it, and a browser always says it when it changes
//           something. Other ports of this computer are the same site, so cookies alone would let
//           them in.
//   Secret  must be known: from the address that was printed, then by a cookie which no script can
//           read and no other site can send; or in a header, for scripts.

#include <string>

#include "web/message.h"

namespace dramatis {

struct Doorkeeper {
  int port = 0;
  std::string secret;

  std::string cookie_name() const;
  /// What the browser is asked to keep.
  std::string cookie() const;
};

enum class Entry {
  admitted,
  welcome,          ///< came with the first address: hand over the cookie
  foreign_host,     ///< refused
  foreign_origin,   ///< refused
  unknown_visitor,  ///< refused: no secret, or another one
};

Entry entry_of(const Doorkeeper& doorkeeper, const WebRequest& request);

/// 128 bits that nobody can guess, as 32 hexadecimal digits.
std::string new_secret();

}  // namespace dramatis
