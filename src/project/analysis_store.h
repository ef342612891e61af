#pragma once

// What can be computed again: analysis.sqlite in the project's folder (docs/project-format.md).
// Losing it costs time, never a decision.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/frame_time.h"
#include "film/film_reader.h"
#include "people/cast.h"
#include "project/film_chunk.h"
#include "project/stored_cast.h"
#include "project/stored_track.h"
#include "shots/shot.h"

namespace dramatis {

/// The stages that leave a record, in order.
namespace stage {
inline constexpr char film[] = "film";
inline constexpr char shots[] = "shots";
inline constexpr char tracks[] = "tracks";
inline constexpr char people[] = "people";
}  // namespace stage

/// How the film ended when it was looked at.
struct FilmEnd {
  std::int64_t end_stamp = 0;        ///< when the last frame stops being shown
  std::int64_t damaged_packets = 0;  ///< that could not be decoded
  bool cut_short = false;            ///< the file stopped before what its container promised
};

/// Which parts of a chunk to read; the others stay empty. Stamps always come.
struct ChunkParts {
  bool features = false;
  bool looks = false;
  bool pictures = false;
};

/// For one thread at a time; another thread or program opens its own. Every call may throw
/// Failure{project} (damaged) or Failure{other} (disk full, read-only, locked).
class AnalysisStore {
 public:
  /// The file's name within the folder of a project.
  static constexpr char file_name[] = "analysis.sqlite";

  explicit AnalysisStore(const std::string& path);
  /// Makes an empty one for the film if there is none.
  static AnalysisStore open_or_create(const std::string& path, const FilmInfo& film);
  ~AnalysisStore();
  AnalysisStore(AnalysisStore&&) noexcept;
  AnalysisStore& operator=(AnalysisStore&&) noexcept;

  const std::string& path() const;
  FilmInfo film() const;
  /// The film may have moved: same content, other path.
  void set_film(const FilmInfo& film);

  /// Everything that `work` stores becomes visible together, or not at all if it throws or dies.
  /// Other connections read the old state until then.
  void whole(const std::function<void()>& work);

  /// What `work` reads is of one moment, even if a run stores new results meanwhile.
  void steady(const std::function<void()>& work) const;

  /// Grows with every result of thinking that is stored or dropped; not with what is only seen.
  std::int64_t version() const;

  // Stages. A stage's fingerprint says what its result was computed from: inputs and options.

  /// The fingerprint of the stage's stored result; nothing unless it was finished.
  std::optional<std::string> finished_stage(const std::string& name) const;

  // Looking: the film, chunk by chunk.

  /// Goes on with the chunks that were stored under this fingerprint, or begins anew if there are
  /// none. What an earlier, finished look found stays readable until finish_film(); what was
  /// thought of an unfinished one that is dropped goes with it.
  void begin_film(const std::string& fingerprint);
  /// The first chunk not stored since begin_film(): how many there are, if none is left out.
  std::int64_t next_missing_chunk() const;
  /// Stamps of all frames in chunks before next_missing_chunk(): what seeking there needs.
  std::vector<std::int64_t> stamps_so_far() const;
  /// Stored whole; a chunk stored again replaces the first.
  void put_chunk(const FilmChunk& chunk);
  /// The film is looked at to its end. Throws std::logic_error when a chunk is missing.
  void finish_film(const FilmEnd& end);

  /// How many frames have been looked at so far.
  FrameNumber frames_seen() const;
  /// Time stamps of the film; of what there is so far while it is being looked at.
  Timeline timeline() const;
  FilmEnd film_end() const;
  /// Chunks that touch the range, in order, one in memory at a time.
  void for_each_chunk(const FrameRange& range, const ChunkParts& parts,
                      const std::function<void(FilmChunk&&)>& visit) const;
  /// Features of every frame of the film (2 h: 33 MB).
  std::vector<FrameFeatures> features() const;
  /// The looks at frames of the range, ascending.
  std::vector<Look> looks(const FrameRange& range) const;
  /// The pictures of heads taken within the range, ascending frames.
  std::vector<HeadPicture> pictures(const FrameRange& range) const;

  // Thinking. Each replaces the stage's result and drops the results of the stages after it.

  void replace_shots(const std::vector<Shot>& shots, const std::string& fingerprint);
  std::vector<Shot> shots() const;

  /// Ids must be given: ascending from 1 or more. Shots must be stored.
  void replace_tracks(const std::vector<StoredTrack>& tracks, const std::string& fingerprint);
  /// By id. Without embeddings the 5,000 tracks of a long film take a few dozen milliseconds.
  std::vector<StoredTrack> tracks(bool with_embeddings = false) const;
  /// The tracks of one shot, by id.
  std::vector<StoredTrack> tracks_of_shot(int shot, bool with_embeddings = false) const;

  void replace_cast(const StoredCast& cast, const std::string& fingerprint);
  /// The newest there is. It is finished if the people stage is; nothing when there is none.
  std::optional<StoredCast> cast() const;

  /// For who looks on while the film is still being looked at: what can be said of the frames seen
  /// so far, all three together. No stage is finished by it, and the finished results replace it.
  /// Throws std::logic_error once the film is finished.
  void replace_so_far(const std::vector<Shot>& shots, const std::vector<StoredTrack>& tracks,
                      const StoredCast& cast);
  /// How many frames of the film the stored cast, finished or not, speaks of; 0 without a cast.
  FrameNumber frames_of_cast() const;

  // Persons keep their ids from run to run; see project/person_ids.h.

  /// Where the persons of the last finished run were seen; survives replacing shots and tracks.
  void remember_persons(const PersonTraces& traces);
  PersonTraces remembered_persons() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
