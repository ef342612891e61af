#pragma once

#include <optional>
#include <stdexcept>
#include <string>

namespace dramatis {

/// Why work cannot go on. The number is the exit status of the command line.
enum class FailureKind {
  other = 1,
  usage = 2,
  film = 3,
  model = 4,
  project = 5,
  interrupted = 130
};

/// Thrown only when work cannot go on: an unreadable film, a missing model, a damaged project.
/// A head without a usable face is no failure; that is a std::optional or a value with its reason.
/// what() is one sentence for the user that names the file and, where known, the stage and the
/// time.
class Failure : public std::runtime_error {
 public:
  Failure(FailureKind kind, const std::string& sentence);
  FailureKind kind() const { return kind_; }

 private:
  FailureKind kind_;
};

/// "FILE: WHAT (STAGE, at 0:01:12.345)"; the time in seconds is left out when unknown.
Failure film_failure(const std::string& file, const std::string& stage, const std::string& what,
                     std::optional<double> at_s = std::nullopt);
Failure model_failure(const std::string& model, const std::string& what);
Failure project_failure(const std::string& project, const std::string& what);
Failure usage_failure(const std::string& what);

}  // namespace dramatis
