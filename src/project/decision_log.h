#pragma once

// decisions.sqlite in the project's folder (docs/project-format.md).

#include <functional>
#include <memory>
#include <string>

#include "project/decision.h"

namespace dramatis {

/// A decision before it is stored: its tracks are given as anchors, not yet as places in the log.
struct NewDecision {
  struct Person {
    int person = 0;
    std::vector<TrackAnchor> tracks;
  };
  DecisionKind kind = DecisionKind::name;
  int person = 0;
  std::string name;
  bool on = true;
  std::vector<TrackAnchor> tracks;
  std::vector<Person> before;
};

/// For one thread at a time; several programs may have the log open, and each sees what the others
/// add. A call that returns has its entry on the disk: neither a kill nor a power cut takes it
/// back. Every call may throw Failure{project} (damaged) or Failure{other} (disk full, read-only,
/// locked); nothing that was stored before is harmed by that.
class DecisionLog {
 public:
  /// The file's name within the folder of a project.
  static constexpr char file_name[] = "decisions.sqlite";

  /// Opens and checks the whole file.
  explicit DecisionLog(const std::string& path);
  /// Makes an empty one for the film if there is none.
  static DecisionLog open_or_create(const std::string& path, const std::string& film_fingerprint);
  ~DecisionLog();
  DecisionLog(DecisionLog&&) noexcept;
  DecisionLog& operator=(DecisionLog&&) noexcept;

  /// Which film the decisions are about.
  std::string film_fingerprint() const;
  /// Everything that was ever said, up to date.
  const DecisionHistory& history();
  /// Grows with every entry by anybody; cheap.
  std::int64_t last_sequence() const;

  /// Calls `decide` with the history while nobody else can add to it, and stores what it returns.
  /// An exception from `decide` stores nothing. Returns the new sequence.
  std::int64_t add(const std::function<NewDecision(const DecisionHistory&)>& decide);
  std::int64_t add(const NewDecision& decision);
  /// May look at the history, while nobody else can add to it, and object by an exception.
  using Objection = std::function<void(const DecisionHistory&)>;
  /// Takes back the last decision in force; 0 when there is none, else its sequence.
  std::int64_t undo(const Objection& objection = {});
  /// Puts back what undo took last; 0 when there is nothing, else its sequence.
  std::int64_t redo(const Objection& objection = {});

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
