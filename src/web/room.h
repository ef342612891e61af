#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "project/cast_editor.h"
#include "project/portraits.h"
#include "project/project.h"
#include "web/cast_record.h"
#include "web/film_pictures.h"
#include "web/head_pictures.h"
#include "web/sight.h"

namespace dramatis {

/// How far a project is. While a run is at work `frames_done` grows chunk by chunk; from its first
/// minute on there is a cast, which is one of the frames seen so far until `stage` is empty.
struct RoomState {
  bool ready = false;           ///< there is a cast to look at
  std::string stage;            ///< that is not finished: "film", "shots", …; empty at the end
  FrameNumber frames_done = 0;  ///< looked at; 0 at the end
  FrameNumber frames_expected = 0;
  FrameNumber frames_of_cast = 0;  ///< that the cast so far speaks of; 0 at the end
  std::int64_t sequence = 0;       ///< of the last entry in the log of decisions
  std::int64_t version = 0;        ///< changes with every result of a run
  std::int64_t portraits = 0;      ///< changes when somebody brings or forgets one
  friend bool operator==(const RoomState&, const RoomState&) = default;
};

struct RoomOptions {
  /// The face of a photograph as a vector like those of the film; nothing where there is none.
  /// Called by one thread at a time. Without it the room takes no portraits.
  std::function<std::optional<Embedding>(const Picture&)> read_portrait;
  /// Faces below it say nothing of who it is, 0 to 100.
  float least_face_quality = 25;
};

/// One project, open for any number of windows. Safe to use from several threads at once: who
/// edits or reads the cast waits for the others, which takes milliseconds; pictures have doors of
/// their own, so that a slow film never holds up an edit.
class Room {
 public:
  /// Throws Failure{project} when there is no project or it is damaged; one that is being made is
  /// fine.
  explicit Room(const std::string& project_folder, RoomOptions options = {});

  /// Calls `work` while nobody else can, with the finished cast or the one so far. Throws
  /// Failure{project} while there is none; see state().
  void with_cast(const std::function<void(CastEditor&)>& work);
  /// The same, for who only looks.
  void look(const std::function<void(const Sight&)>& work);
  /// The cast for a window: all of it, or what is new to one that has it already.
  nlohmann::json cast(const std::optional<KnownCast>& known);
  /// Keeps a picture of somebody of that name, for suggestions; false when there is no face in it.
  /// Throws Failure{usage} where portraits cannot be read, Failure{model} where a network is
  /// missing.
  bool add_portrait(const std::string& name, const Picture& photograph);
  /// The portrait is nobody of the film, or not the one it seemed; false when there was none.
  bool forget_portrait(const std::string& name);
  RoomState state();
  /// Stands for the results of a run in addresses that browsers keep pictures under; no other room
  /// has the same, also not one that is opened later at the same address.
  std::string name_of_version(std::int64_t version) const;
  /// The other way round; nothing for the name of another room's.
  std::optional<std::int64_t> version_of_name(const std::string& name) const;

  const std::string& folder() const { return folder_; }
  const FilmInfo& film() const { return film_; }
  FilmPictures& film_pictures() { return film_pictures_; }
  HeadPictures& head_pictures() { return head_pictures_; }

 private:
  RoomState state_now();
  nlohmann::json suggestions(const Snapshot& snapshot, std::int64_t version);

  std::string folder_;
  std::string unique_;
  std::mutex mutex_;
  Project project_;
  FilmInfo film_;
  std::optional<CastEditor> editor_;
  std::vector<TrackView> doubts_;  ///< of the cast in this version, after this decision
  std::pair<std::int64_t, std::int64_t> doubts_of_{-1, -1};
  CastRecord record_;
  RoomOptions options_;
  std::mutex reading_;  ///< of a portrait, which takes longer than an edit may wait
  std::vector<Portrait> portraits_;
  std::int64_t portraits_changed_ = 0;
  std::optional<PortraitJudge> judge_;  ///< made when there are portraits
  std::int64_t judge_of_ = 0;           ///< version of the results
  FilmPictures film_pictures_;
  HeadPictures head_pictures_;
};

}  // namespace dramatis
