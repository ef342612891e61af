#include "web/head_pictures.h"

#include <algorithm>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

#include "film/picture_file.h"

namespace dramatis {
namespace {

/// A picture belongs to the track whose head lay there; heads that pass each other overlap less.
constexpr float kSameHead = 0.5f;
constexpr int kQuality = 88;
constexpr float kMargin = 1.4f;
const cv::Scalar kNothing(96, 96, 96);

Picture squared(const Picture& picture, int side_px) {
  Picture square;
  const bool smaller = picture.cols > side_px;
  cv::resize(picture, square, {side_px, side_px}, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_CUBIC);
  return square;
}

/// So many of them, spread evenly.
template <typename Item>
std::vector<Item> spread(std::vector<Item> items, std::size_t count) {
  if (items.size() <= count) return items;
  std::vector<Item> chosen;
  for (std::size_t i = 0; i < count; ++i)
    chosen.push_back(std::move(items[(2 * i + 1) * items.size() / (2 * count)]));
  return chosen;
}

}  // namespace

FrameNumber best_frame(const StoredTrack& track) {
  if (track.best_face) return track.track.faces[*track.best_face].frame;
  return (track.track.range.start + track.track.range.end) / 2;
}

const Box& box_at(const StoredTrack& track, FrameNumber frame) {
  return track.track.points[static_cast<std::size_t>(frame - track.track.range.start)].box;
}

HeadPictures::HeadPictures(const std::string& project_folder, FilmPictures& film)
    : store_(project_folder + "/" + AnalysisStore::file_name), film_(film) {}

std::vector<HeadPicture> HeadPictures::of(const StoredTrack& track) {
  const std::lock_guard lock(mutex_);
  std::vector<HeadPicture> pictures = store_.pictures(track.track.range);
  std::erase_if(pictures, [&](const HeadPicture& picture) {
    return overlap(picture.head_box, box_at(track, picture.frame)) < kSameHead;
  });
  return pictures;
}

Picture HeadPictures::from_film(const StoredTrack& track) {
  const FrameNumber frame = best_frame(track);
  const std::optional<Picture> whole = film_.whole_frame(frame);
  if (!whole) return Picture(96, 96, CV_8UC3, kNothing);
  const Box& head = box_at(track, frame);
  const float side = kMargin * std::max(head.width, head.height);
  const Box around = clipped({head.centre().x - side / 2, head.centre().y - side / 2, side, side},
                             whole->cols, whole->rows);
  const cv::Rect inside = cv::Rect(cv::Rect2f(around.x, around.y, around.width, around.height)) &
                          cv::Rect(0, 0, whole->cols, whole->rows);
  if (inside.empty()) return Picture(96, 96, CV_8UC3, kNothing);
  return (*whole)(inside).clone();
}

Jpeg HeadPictures::face(const StoredTrack& track) {
  const std::vector<HeadPicture> pictures = of(track);
  if (pictures.empty()) return encode_jpeg(squared(from_film(track), 128), kQuality);
  const auto away = [&](const HeadPicture& picture) {
    return std::abs(picture.frame - best_frame(track));
  };
  return std::min_element(
             pictures.begin(), pictures.end(),
             [&](const HeadPicture& a, const HeadPicture& b) { return away(a) < away(b); })
      ->jpeg;
}

Jpeg HeadPictures::strip(const StoredTrack& track, int heads, int side_px) {
  std::vector<Picture> squares;
  for (const HeadPicture& picture : spread(of(track), static_cast<std::size_t>(heads)))
    squares.push_back(squared(decode_picture(picture.jpeg), side_px));
  if (squares.empty()) squares.push_back(squared(from_film(track), side_px));
  Picture strip;
  cv::hconcat(squares, strip);
  return encode_jpeg(strip, kQuality);
}

std::vector<Jpeg> HeadPictures::latest(FrameNumber frames_done, std::size_t count) {
  constexpr FrameNumber window = 1000;  // four chunks or so
  const std::lock_guard lock(mutex_);
  std::vector<HeadPicture> pictures =
      store_.pictures({std::max<FrameNumber>(0, frames_done - window), frames_done});
  std::reverse(pictures.begin(), pictures.end());
  std::vector<Jpeg> jpegs;
  for (HeadPicture& picture : spread(std::move(pictures), count))
    jpegs.push_back(std::move(picture.jpeg));
  return jpegs;
}

}  // namespace dramatis
