#include "web/room.h"

#include <algorithm>

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
  state.version = store.version();
  store.steady([&] {
    for (const char* name : {stage::film, stage::shots, stage::tracks, stage::people})
      if (state.stage.empty() && !store.finished_stage(name)) state.stage = name;
    state.ready = state.stage.empty();
    if (state.ready) return;
    state.frames_done = store.timeline().frames();
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

std::string Room::name_of_version(const RoomState& state) const {
  return unique_ + "-" + std::to_string(state.version);
}

void Room::with_cast(const std::function<void(CastEditor&)>& work) {
  const std::lock_guard lock(mutex_);
  if (!editor_) editor_.emplace(project_);
  work(*editor_);
}

void Room::look(const std::function<void(const Sight&)>& work) {
  with_cast([&](CastEditor& editor) {
    const Snapshot& snapshot = editor.snapshot();
    const RoomState state = state_now();
    if (doubts_of_ != state) {
      const auto cast = project_.analysis().cast();
      doubts_ = doubts_of(snapshot, cast.value_or(StoredCast{}), editor.history());
      doubts_of_ = state;
    }
    work({snapshot, editor.history(), doubts_});
  });
}

nlohmann::json Room::cast(const std::optional<KnownCast>& known) {
  nlohmann::json value;
  look([&](const Sight& sight) {
    record_.note(sight, name_of_version(*doubts_of_));
    value = known ? record_.since(*known) : record_.whole();
    value["suggestions"] = suggestions(sight.snapshot, *doubts_of_);
  });
  return value;
}

nlohmann::json Room::suggestions(const Snapshot& snapshot, const RoomState& state) {
  nlohmann::json list = nlohmann::json::array();
  if (portraits_.empty()) return list;
  if (!judge_ || judge_of_ != state.version) {
    judge_ = portrait_judge_of(project_.analysis(), options_.least_face_quality);
    judge_of_ = state.version;
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
  return true;
}

bool Room::forget_portrait(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const bool there = dramatis::forget_portrait(folder_, name);
  portraits_ = portraits_of(folder_);
  return there;
}

}  // namespace dramatis
