#pragma once

#include <stop_token>

namespace dramatis {

/// A token that is stopped by Ctrl-C (SIGINT) or SIGTERM from now on. A second Ctrl-C ends the
/// program at once.
std::stop_token stop_on_interruption();

}  // namespace dramatis
