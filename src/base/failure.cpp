#include "base/failure.h"

#include "base/frame_time.h"

namespace dramatis {

Failure::Failure(FailureKind kind, const std::string& sentence)
    : std::runtime_error(sentence), kind_(kind) {}

Failure film_failure(const std::string& file, const std::string& stage, const std::string& what,
                     std::optional<double> at_s) {
  std::string sentence = file + ": " + what + " (" + stage;
  if (at_s) sentence += ", at " + clock_text(*at_s);
  return Failure(FailureKind::film, sentence + ")");
}

Failure model_failure(const std::string& model, const std::string& what) {
  return Failure(FailureKind::model, model + ": " + what);
}

Failure project_failure(const std::string& project, const std::string& what) {
  return Failure(FailureKind::project, project + ": " + what);
}

Failure usage_failure(const std::string& what) { return Failure(FailureKind::usage, what); }

}  // namespace dramatis
