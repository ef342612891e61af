#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "film/film_reader.h"
#include "film/film_writer.h"

namespace dramatis {
namespace {

Picture smooth_picture(int width, int height) {
  Picture picture(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      picture.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(x * 255 / width),
                                     static_cast<std::uint8_t>(y * 255 / height), 90};
  return picture;
}

Frame frame_of_film(int width, int height) {
  const std::string path = std::filesystem::temp_directory_path() /
                           ("dramatis_sketch_" + std::to_string(getpid()) + ".mkv");
  FilmWriter writer(path, {.width = width, .height = height});
  writer.write(smooth_picture(width, height), 0);
  writer.finish(1);
  std::optional<Frame> frame = FilmReader(path).next();
  std::filesystem::remove(path);
  return frame.value();
}

double mean_difference(const Picture& a, const Picture& b) {
  return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total() * 3);
}

TEST(Sketch, IsAlmostThePicture) {
  for (const int width : {320, 1280}) {
    const Frame frame = frame_of_film(width, width * 9 / 16);
    const Picture sketch = frame.sketch(64, 36);
    EXPECT_EQ(sketch.size(), cv::Size(64, 36));
    EXPECT_LT(mean_difference(sketch, frame.picture(64, 36)), 3) << width;
  }
}

TEST(Sketch, OfALittleShrunkFrameIsThePicture) {
  const Frame frame = frame_of_film(320, 180);
  EXPECT_EQ(mean_difference(frame.sketch(160, 90), frame.picture(160, 90)), 0);
  const Frame of_picture = Frame::of_picture(smooth_picture(640, 360));
  EXPECT_EQ(mean_difference(of_picture.sketch(16, 9), of_picture.picture(16, 9)), 0);
}

}  // namespace
}  // namespace dramatis
