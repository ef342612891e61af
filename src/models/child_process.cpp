#include "models/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "base/failure.h"

extern char** environ;

namespace dramatis {
namespace {

constexpr std::size_t kKeptOutput = 1 << 16;

/// The reading end of a pipe, closed at the end.
class PipeEnd {
 public:
  explicit PipeEnd(int descriptor) : descriptor_(descriptor) {}
  ~PipeEnd() { ::close(descriptor_); }
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;

  /// Adds what is there to `text`; false once the other end is closed. Waits a tenth of a second.
  bool read_into(std::string& text) const {
    pollfd ready{descriptor_, POLLIN, 0};
    if (::poll(&ready, 1, 100) <= 0) return true;
    std::array<char, 4096> block;
    const ssize_t count = ::read(descriptor_, block.data(), block.size());
    if (count <= 0) return count < 0 && errno == EINTR;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > 2 * kKeptOutput) text.erase(0, text.size() - kKeptOutput);
    return true;
  }

 private:
  int descriptor_;
};

/// Starts the program in a process group of its own, so that all it starts can be ended together.
/// 0 or the error number.
int spawn(const std::vector<std::string>& command, int output, pid_t& process) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  const int error =
      ::posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

bool wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::optional<ChildResult> run_program(const std::vector<std::string>& command,
                                       const Watcher& watcher) {
  watcher.check();
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "a pipe to " + command[0]);
  const PipeEnd pipe(ends[0]);
  pid_t process = 0;
  const int error = spawn(command, ends[1], process);
  ::close(ends[1]);
  if (error == ENOENT || error == EACCES) return {};
  if (error != 0) throw std::system_error(error, std::generic_category(), command[0]);
  ChildResult result;
  while (pipe.read_into(result.output) && !watcher.stop.stop_requested()) {
  }
  if (watcher.stop.stop_requested()) ::kill(-process, SIGTERM);
  result.succeeded = wait_for(process);
  watcher.check();
  return result;
}

}  // namespace dramatis
