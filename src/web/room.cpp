#include "web/room.h"

#include <algorithm>
#include <charconv>

#include "base/failure.h"
#include "web/doorkeeper.h"

namespace dramatis {

Room::Room(const std::string& project_folder, RoomOptions options)
    : folder_(project_folder),
      unique_(new_secret().substr(0, 8)),
      project_(Project::open(project_folder)),
      film_(project_.analysis().film()),
      options_(std::move(options)),
      portraits_(portraits_of(project_folder)),
      film_pictures_(project_folder),
      head_pictures_(project_folder, film_pictures_) {
  film_.path = film_file(project_folder, film_);
}

RoomState Room::state_now() {
  const AnalysisStore& store = project_.analysis();
  RoomState state;
  state.sequence = project_.decisions().last_sequence();
  state.portraits = portraits_changed_;
  store.steady([&] {
    state.version = store.version();
    for (const char* name : {stage::film, stage::shots, stage::tracks, stage::people})
      if (state.stage.empty() && !store.finished_stage(name)) state.stage = name;
    state.ready = state.stage.empty() || store.frames_of_cast() > 0;
    if (state.stage.empty()) return;
    state.frames_of_cast = store.frames_of_cast();
    state.frames_done = store.frames_seen();
    state.frames_expected = state.stage == stage::film
                                ? std::max(film_.expected_frames, state.frames_done)
                                : state.frames_done;
  });
  return state;
}

RoomState Room::state() {
  const std::lock_guard lock(mutex_);
  return state_now();
}

std::string Room::name_of_version(std::int64_t version) const {
  return unique_ + "-" + std::to_string(version);
}

std::optional<std::int64_t> Room::version_of_name(const std::string& name) const {
  const std::string ours = unique_ + "-";
  std::int64_t version = 0;
  const char* end = name.data() + name.size();
  if (name.compare(0, ours.size(), ours) != 0) return std::nullopt;
  const auto [stop, error] = std::from_chars(name.data() + ours.size(), end, version);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return version;
}

void Room::with_cast(const std::function<void(CastEditor&)>& work) {
  const std::lock_guard lock(mutex_);
  if (!editor_) editor_.emplace(project_, CastWanted::so_far);
  work(*editor_);
}

void Room::look(const std::function<void(const Sight&)>& work) {
  with_cast([&](CastEditor& editor) {
    const Snapshot& snapshot = editor.snapshot();
    const std::pair now(editor.version(), editor.history().last_sequence());
    if (doubts_of_ != now) {
      doubts_ = doubts_of(snapshot, editor.cast(), editor.history());
      doubts_of_ = now;
    }
    work({snapshot, editor.history(), doubts_});
  });
}

namespace {

/// For a window with ids of an earlier version: [id, id now].
nlohmann::json heirs_json(const std::optional<Heirs>& heirs) {
  nlohmann::json list = nlohmann::json::array();
  if (heirs)
    for (const auto& [then, now] : *heirs) list.push_back({then, now});
  return list;
}

}  // namespace

nlohmann::json Room::cast(const std::optional<KnownCast>& known) {
  nlohmann::json value;
  look([&](const Sight& sight) {
    const std::int64_t version = doubts_of_.first;
    record_.note(sight, name_of_version(version));
    value = known ? record_.since(*known) : record_.whole();
    value["suggestions"] = suggestions(sight.snapshot, version);
    const auto before = known ? version_of_name(known->version) : std::nullopt;
    if (before && *before != version) value["heirs"] = heirs_json(editor_->heirs_since(*before));
  });
  return value;
}

nlohmann::json Room::suggestions(const Snapshot& snapshot, std::int64_t version) {
  nlohmann::json list = nlohmann::json::array();
  if (portraits_.empty()) return list;
  if (!judge_ || judge_of_ != version) {
    judge_ = portrait_judge_of(project_.analysis(), options_.least_face_quality);
    judge_of_ = version;
  }
  for (const NameSuggestion& one : suggested_names(*judge_, snapshot.view, portraits_))
    list.push_back({{"person", one.person}, {"name", one.name}, {"probability", one.probability}});
  return list;
}

bool Room::add_portrait(const std::string& name, const Picture& photograph) {
  if (!options_.read_portrait) throw usage_failure("This room takes no portraits.");
  std::optional<Embedding> face;
  {
    const std::lock_guard lock(reading_);
    face = options_.read_portrait(photograph);
  }
  if (!face) return false;
  const std::lock_guard lock(mutex_);
  store_portrait(folder_, {name, std::move(*face)});
  portraits_ = portraits_of(folder_);
  ++portraits_changed_;
  return true;
}

bool Room::forget_portrait(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const bool there = dramatis::forget_portrait(folder_, name);
  portraits_ = portraits_of(folder_);
  ++portraits_changed_;
  return there;
}

}  // namespace dramatis
