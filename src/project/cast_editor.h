#pragma once

#include <functional>
#include <optional>
#include <string>

#include "project/edit_plans.h"
#include "project/person_ids.h"
#include "project/project.h"
#include "project/snapshot.h"

namespace dramatis {

struct EditResult {
  std::int64_t sequence = 0;       ///< of the decision that was stored, taken back or put back
  std::string sentence;            ///< what happened
  std::vector<std::string> notes;  ///< what the user may not have thought of
};

/// A project open for reading and editing, as the naming page and the commands use it: everything
/// is in memory, an edit costs one short write. Edits by other programs and results of runs are
/// seen at the next call. For one thread at a time.
class CastEditor {
 public:
  /// The project must outlive the editor. Throws as snapshot_of() does.
  explicit CastEditor(Project& project, CastWanted wanted = CastWanted::finished);
  ~CastEditor();

  /// The project as of now. Valid until the next call of anything here.
  const Snapshot& snapshot();
  const DecisionHistory& history() { return project_->decisions().history(); }
  /// The computed cast under snapshot().
  const StoredCast& cast();
  /// The analysis that snapshot() shows: AnalysisStore::version() when it was read.
  std::int64_t version();
  /// For who has ids from an earlier version that this editor showed: whom they mean now. Who is
  /// not in it is nobody any more. Nothing when the version is not known, or too long ago.
  std::optional<Heirs> heirs_since(std::int64_t version);

  /// Stores what `plan` returns for the project as it is at that moment; nobody can come between.
  /// An exception from it stores nothing. When it returns, the decision is on the disk.
  EditResult apply(const std::function<Plan(const Snapshot&)>& plan);
  /// The cast as it would be, with nothing stored.
  CastView preview(const Plan& plan);
  /// Nothing to take back, or nothing to put back: Failure{usage}.
  EditResult undo();
  EditResult redo();

  /// From now on an edit is refused with Failure{usage} if the log holds more than this entry: what
  /// the user looked at has changed meanwhile. Nothing: edits apply to whatever there is.
  void expect(std::optional<std::int64_t> last_sequence_seen) { expected_ = last_sequence_seen; }

 private:
  struct Loaded;
  void load_if_changed();
  void load(std::int64_t version);
  void refuse_if_unexpected(const DecisionHistory& history) const;

  Project* project_;
  CastWanted wanted_;
  std::unique_ptr<Loaded> loaded_;
  std::optional<std::int64_t> expected_;
};

/// The history with one more decision that is not stored.
DecisionHistory history_with(const DecisionHistory& history, const NewDecision& decision);

}  // namespace dramatis
