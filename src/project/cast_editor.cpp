#include "project/cast_editor.h"

#include "base/failure.h"
#include "project/questions.h"

namespace dramatis {

namespace {

constexpr std::int64_t kNone = -1;
/// A window that is that far behind reads everything again.
constexpr std::size_t kVersionsRemembered = 16;

}  // namespace

/// What was read, and from which state of the two files.
struct CastEditor::Loaded {
  std::int64_t analysis_version = kNone;
  std::int64_t log_sequence = -1;
  StoredCast cast;
  Snapshot snapshot;
  std::map<std::int64_t, Heirs> heirs;  ///< of earlier versions, as of this one

  void note_heirs(const PersonTraces& before);
};

/// From `before`, the persons of the version that has just been replaced.
void CastEditor::Loaded::note_heirs(const PersonTraces& before) {
  const Heirs latest = heirs_of(before, snapshot.view, snapshot.tracks);
  for (auto& [version, earlier] : heirs) {
    Heirs today;
    for (const auto& [then, before_this] : earlier)
      if (const auto now = latest.find(before_this); now != latest.end()) today[then] = now->second;
    earlier = std::move(today);
  }
  heirs[analysis_version] = latest;
  if (heirs.size() > kVersionsRemembered) heirs.erase(heirs.begin());
}

CastEditor::CastEditor(Project& project, CastWanted wanted)
    : project_(&project), wanted_(wanted), loaded_(new Loaded) {
  load_if_changed();
}

CastEditor::~CastEditor() = default;

void CastEditor::load_if_changed() {
  const AnalysisStore& store = project_->analysis();
  const DecisionHistory& history = project_->decisions().history();
  const std::int64_t version = store.version();
  if (version == loaded_->analysis_version && history.last_sequence() == loaded_->log_sequence)
    return;
  if (version != loaded_->analysis_version) {
    load(version);
  } else {
    show_decisions(loaded_->snapshot, loaded_->cast, history);
  }
  loaded_->log_sequence = history.last_sequence();
}

void CastEditor::load(std::int64_t version) {
  const AnalysisStore& store = project_->analysis();
  Loaded& loaded = *loaded_;
  const Snapshot& old = loaded.snapshot;
  const PersonTraces before = traces_of(old.view, old.tracks, old.timeline);
  loaded.snapshot = snapshot_of(store, history(), wanted_);
  loaded.cast = store.cast().value_or(StoredCast{});
  if (loaded.analysis_version != kNone) loaded.note_heirs(before);
  loaded.analysis_version = version;
}

const StoredCast& CastEditor::cast() {
  load_if_changed();
  return loaded_->cast;
}

std::int64_t CastEditor::version() {
  load_if_changed();
  return loaded_->analysis_version;
}

std::optional<Heirs> CastEditor::heirs_since(std::int64_t version) {
  load_if_changed();
  if (const auto found = loaded_->heirs.find(version); found != loaded_->heirs.end())
    return found->second;
  if (version != loaded_->analysis_version) return std::nullopt;
  Heirs themselves;
  for (const PersonView& person : loaded_->snapshot.view.persons) themselves[person.id] = person.id;
  return themselves;
}

const Snapshot& CastEditor::snapshot() {
  load_if_changed();
  return loaded_->snapshot;
}

void CastEditor::refuse_if_unexpected(const DecisionHistory& history) const {
  if (expected_ && history.last_sequence() != *expected_)
    throw usage_failure("Somebody else has changed the cast meanwhile; look again, then decide.");
}

EditResult CastEditor::apply(const std::function<Plan(const Snapshot&)>& plan) {
  EditResult result;
  result.sequence = project_->decisions().add([&](const DecisionHistory& history) {
    refuse_if_unexpected(history);
    Plan made = plan(snapshot());
    result.sentence = std::move(made.sentence);
    result.notes = std::move(made.notes);
    return made.decision;
  });
  return result;
}

CastView CastEditor::preview(const Plan& plan) {
  load_if_changed();
  const DecisionHistory history = history_with(project_->decisions().history(), plan.decision);
  const Snapshot& snapshot = loaded_->snapshot;
  return view_of(loaded_->cast, snapshot.tracks, snapshot.timeline, history);
}

EditResult CastEditor::undo() {
  const std::int64_t sequence = project_->decisions().undo(
      [this](const DecisionHistory& history) { refuse_if_unexpected(history); });
  if (sequence == 0) throw usage_failure("There is nothing to undo.");
  return {sequence, "Taken back: " + sentence_of(*history().entry(sequence).decision), {}};
}

EditResult CastEditor::redo() {
  const std::int64_t sequence = project_->decisions().redo(
      [this](const DecisionHistory& history) { refuse_if_unexpected(history); });
  if (sequence == 0) throw usage_failure("There is nothing to redo.");
  return {sequence, "Done again: " + sentence_of(*history().entry(sequence).decision), {}};
}

DecisionHistory history_with(const DecisionHistory& history, const NewDecision& decision) {
  DecisionHistory extended = history;
  const auto add = [&](const std::vector<TrackAnchor>& anchors) {
    std::vector<AnchorId> ids;
    for (const TrackAnchor& anchor : anchors) {
      ids.push_back(std::ssize(extended.anchors));
      extended.anchors.push_back(anchor);
    }
    return ids;
  };
  Decision stored{decision.kind, decision.person,      decision.name,
                  decision.on,   add(decision.tracks), {}};
  for (const auto& person : decision.before)
    stored.before.push_back({person.person, add(person.tracks)});
  extended.entries.push_back({.sequence = history.last_sequence() + 1, .decision = stored});
  return extended;
}

}  // namespace dramatis
