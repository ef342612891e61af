#include "web/film_pictures.h"

#include <algorithm>
#include <cmath>

#include "base/failure.h"
#include "project/project.h"

namespace dramatis {
namespace {

/// Decoding so many frames on is not slower than a jump to the next key frame.
constexpr FrameNumber kStepsWorthTaking = 48;

}  // namespace

cv::Size shown_size(const FilmInfo& film, int max_width_px) {
  const double shown_width = film.width * film.pixel_aspect.to_double();
  const double scale = std::min(1.0, max_width_px / std::max(1.0, shown_width));
  return {std::max(1, static_cast<int>(std::lround(shown_width * scale))),
          std::max(1, static_cast<int>(std::lround(film.height * scale)))};
}

FilmPictures::FilmPictures(const std::string& project_folder) : folder_(project_folder) {}

bool FilmPictures::open() {
  if (reader_) return true;
  const AnalysisStore store(folder_ + "/" + AnalysisStore::file_name);
  try {
    reader_.emplace(film_file(folder_, store.film()), FilmReaderOptions{.threads = 2});
  } catch (const Failure&) {
    return false;  // the film has gone away; the heads' pictures are still there
  }
  stamps_ = store.timeline().stamps();
  next_ = 0;
  return true;
}

std::optional<Frame> FilmPictures::read(FrameNumber number) {
  const auto kept = std::find_if(kept_.begin(), kept_.end(),
                                 [&](const Frame& frame) { return frame.number() == number; });
  if (kept != kept_.end()) return *kept;
  if (number < 0 || !open()) return std::nullopt;
  if (number >= std::ssize(stamps_)) {  // looked at since, if a run is at work
    reader_.reset();
    if (!open() || number >= std::ssize(stamps_)) return std::nullopt;
  }
  if (number < next_ || number > next_ + kStepsWorthTaking) {
    if (!reader_->seek(number, stamps_[static_cast<std::size_t>(number)])) return std::nullopt;
    next_ = number;
  }
  while (std::optional<Frame> frame = reader_->next()) {
    next_ = frame->number() + 1;
    kept_.push_front(*frame);
    if (kept_.size() > kFramesKept) kept_.pop_back();
    if (frame->number() == number) return frame;
  }
  reader_.reset();
  return std::nullopt;
}

std::optional<Picture> FilmPictures::frame(FrameNumber number, int max_width_px) {
  const std::lock_guard lock(mutex_);
  const std::optional<Frame> frame = read(number);
  if (!frame) return std::nullopt;
  const cv::Size size = shown_size(reader_->info(), max_width_px);
  return frame->picture(size.width, size.height);
}

std::optional<Picture> FilmPictures::whole_frame(FrameNumber number) {
  const std::lock_guard lock(mutex_);
  const std::optional<Frame> frame = read(number);
  if (!frame) return std::nullopt;
  return frame->picture();
}

}  // namespace dramatis
