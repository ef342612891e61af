#include "render/annotated_film.h"

#include "base/failure.h"
#include "film/film_reader.h"
#include "film/film_writer.h"
#include "film/frame_queue.h"
#include "render/label_painter.h"

namespace dramatis {
namespace {

constexpr const char* stage = "writing the annotated film";

FilmWriterOptions writer_options(const AnnotatedFilm& film, const FilmInfo& info) {
  return {.width = info.width,
          .height = info.height,
          .time_base = info.time_base,
          .frame_rate = info.frame_rate,
          .pixel_aspect = info.pixel_aspect,
          .sound_from = film.film_path,
          .quality = film.quality};
}

// Boxes belong to frames by number, so another film, or another cut of it, must not pass.
void check_same_film(const AnnotatedFilm& film, const Rational& time_base, const Frame& frame) {
  const bool known = frame.number() < film.timeline.frames();
  const bool same =
      known && film.timeline.time_base() == time_base &&
      film.timeline.stamps()[static_cast<std::size_t>(frame.number())] == frame.stamp();
  if (!same) throw film_failure(film.film_path, stage, "this is not the film that was analysed");
}

}  // namespace

FrameNumber write_annotated_film(const AnnotatedFilm& film, const Watcher& watcher) {
  FilmReader reader(film.film_path);
  const FilmInfo info = reader.info();
  FilmWriter writer(film.output_path, writer_options(film, info));
  for (const std::string& note : writer.notes()) watcher.on_note(note);
  LabelPainter painter(info.width, info.height, info.pixel_aspect);

  FrameQueue frames(std::move(reader), 4);
  Progress progress{.stage = stage, .done = 0, .total = film.timeline.frames(), .unit = "frames"};
  while (const std::optional<Frame> frame = frames.next()) {
    watcher.check();
    check_same_film(film, info.time_base, *frame);
    Picture picture = frame->picture();
    painter.paint(picture, film.labels_of(frame->number()));
    writer.write(picture, frame->stamp());
    progress.done = frame->number() + 1;
    watcher.on_progress(progress);
  }
  if (progress.done < film.timeline.frames())
    throw film_failure(film.film_path, stage, "the film is shorter than when it was analysed");
  writer.finish(frames.reader().end_stamp());
  return progress.done;
}

}  // namespace dramatis
