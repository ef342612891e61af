#include "analysis/look_at_film.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "analysis/chunk_builder.h"
#include "analysis/frame_change.h"
#include "analysis/look_crew.h"
#include "film/frame_queue.h"

namespace dramatis {
namespace {

constexpr int kFramesDecodedAhead = 8;
constexpr const char* kStage = "Looking at the film";

/// Where to go on: the first chunk that is missing. A film that was looked at to its end but not
/// finished has a last chunk that is short; that one is looked at again, for how the film ends.
FrameNumber first_frame_to_look_at(const AnalysisStore& store, FrameNumber chunk_frames,
                                   FrameNumber stored_frames) {
  const FrameNumber next = store.next_missing_chunk() * chunk_frames;
  return next > stored_frames ? next - chunk_frames : next;
}

/// A reader that stands at the first frame that the features need.
FilmReader reader_at(const std::string& film_path, FrameNumber first,
                     const std::vector<std::int64_t>& stamps, int threads) {
  FilmReader reader(film_path, {.threads = threads});
  const FrameNumber from = FeatureStream::first_frame_to_push(first);
  if (from > 0 && !reader.seek(from, stamps.at(static_cast<std::size_t>(from))))
    throw film_failure(film_path, kStage,
                       "the film cannot be read from where the last run stopped");
  return reader;
}

FilmShape shape_of(const FilmInfo& film) {
  return {film.width, film.height, film.frame_rate.to_double()};
}

/// One decode of the film, from a first frame to the end.
class FilmLook {
 public:
  FilmLook(FrameNumber first, FilmReader reader, const EyesFactory& make_eyes,
           const LookOptions& options, AnalysisStore& store, const Watcher& watcher,
           const std::function<void()>& between_chunks)
      : first_(first),
        options_(options),
        info_(reader.info()),
        store_(store),
        watcher_(watcher),
        between_chunks_(between_chunks),
        stream_(first, options.features),
        builder_(first, options.chunk_frames, shape_of(info_)),
        crew_(make_eyes, look_threads(options), 2 * look_threads(options)),
        frames_(std::move(reader), kFramesDecodedAhead) {}

  FilmEnd run() {
    while (std::optional<Frame> frame = frames_.next()) {
      watcher_.check();
      take_in(*frame);
      previous_ = std::move(frame);
      keep_what_is_ready();
    }
    stream_.finish();
    while (!crew_.empty()) builder_.add_look(crew_.take());
    builder_.end_film();
    keep_what_is_ready();
    const FilmReader& reader = frames_.reader();
    return {reader.end_stamp(), reader.damaged_packets(), reader.cut_short()};
  }

 private:
  void take_in(const Frame& frame) {
    const FrameFeatures& features = stream_.push(frame);
    const FrameNumber number = frame.number();
    if (number < first_) return;
    builder_.add_frame(number, frame.stamp());
    if (number % options_.chunk_frames == 0 || !planner_)
      planner_.emplace(number, info_.frame_rate.to_double(), options_.plan);
    for (const PlannedLook& look : planner_->plan(number, content_change(features)))
      give_to_crew(look.frame == number ? frame : *previous_, look.look_for);
  }

  void give_to_crew(const Frame& frame, const LookFor& look_for) {
    if (crew_.full()) builder_.add_look(crew_.take());
    builder_.expect_look(frame.number());
    crew_.give(frame, look_for);
  }

  void keep_what_is_ready() {
    for (const FrameFeatures& features : stream_.take_ready()) builder_.add_features(features);
    while (const std::optional<FilmChunk> chunk = builder_.take_ready()) {
      store_.put_chunk(*chunk);
      watcher_.on_progress(
          {kStage, chunk->range.end, std::max(info_.expected_frames, chunk->range.end), "frames"});
      between_chunks_();
    }
  }

  FrameNumber first_;
  LookOptions options_;
  FilmInfo info_;
  AnalysisStore& store_;
  const Watcher& watcher_;
  const std::function<void()>& between_chunks_;
  FeatureStream stream_;
  ChunkBuilder builder_;
  std::optional<LookPlanner> planner_;
  std::optional<Frame> previous_;
  LookCrew crew_;
  FrameQueue frames_;
};

void say_how_it_ended(const FilmInfo& info, const FilmEnd& end, const Timeline& timeline,
                      const Watcher& watcher) {
  const std::string until = clock_text(timeline.seconds_of(timeline.frames()));
  if (end.cut_short)
    watcher.on_note(info.path + ": the film is cut off; it was analysed up to " + until + ".");
  if (end.damaged_packets > 0)
    watcher.on_note(info.path + ": " + std::to_string(end.damaged_packets) +
                    " damaged places could not be decoded and were passed over.");
}

}  // namespace

int look_threads(const LookOptions& options) {
  return options.threads > 0 ? options.threads
                             : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void look_at_film(const std::string& film_path, const std::string& fingerprint,
                  const EyesFactory& make_eyes, const LookOptions& options, AnalysisStore& store,
                  const Watcher& watcher, const std::function<void()>& between_chunks) {
  store.begin_film(fingerprint);
  const std::vector<std::int64_t> stamps = store.stamps_so_far();
  const FrameNumber first =
      first_frame_to_look_at(store, options.chunk_frames, static_cast<FrameNumber>(stamps.size()));
  FilmReader reader = reader_at(film_path, first, stamps, look_threads(options));
  const FilmInfo info = reader.info();
  watcher.on_progress({kStage, first, info.expected_frames, "frames"});
  const FilmEnd end =
      FilmLook(first, std::move(reader), make_eyes, options, store, watcher, between_chunks).run();
  store.finish_film(end);
  say_how_it_ended(info, end, store.timeline(), watcher);
}

}  // namespace dramatis
