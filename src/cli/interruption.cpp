#include "cli/interruption.h"

#include <pthread.h>

#include <csignal>
#include <cstdlib>
#include <thread>

namespace dramatis {
namespace {

std::stop_source& source() {
  static std::stop_source instance;
  return instance;
}

sigset_t interruptions() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

/// Signals are taken by one thread that waits for them, so no code runs inside a signal handler.
void wait_for_interruptions() {
  const sigset_t set = interruptions();
  int signal = 0;
  sigwait(&set, &signal);
  source().request_stop();
  sigwait(&set, &signal);
  std::_Exit(128 + signal);
}

}  // namespace

std::stop_token stop_on_interruption() {
  static const bool started = [] {
    const sigset_t set = interruptions();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);  // threads started later inherit this
    std::thread(wait_for_interruptions).detach();
    return true;
  }();
  (void)started;
  return source().get_token();
}

}  // namespace dramatis
