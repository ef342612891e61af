#include "render/annotated_film.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"
#include "film/film_reader.h"
#include "film/film_writer.h"
#include "render/person_colour.h"

namespace dramatis {
namespace {

/// A grey film at an uneven pace, and a head that crosses it.
class AnnotatedFilmTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "dramatis-render-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    film_.film_path = (folder_ / "film.mp4").string();
    film_.output_path = (folder_ / "annotated.mp4").string();
    FilmWriter writer(
        film_.film_path,
        {.width = 320, .height = 240, .time_base = {1, 1000}, .pixel_aspect = {4, 3}});
    for (const std::int64_t stamp : stamps_ms_)
      writer.write(Picture(240, 320, CV_8UC3, cv::Scalar::all(110)), stamp);
    writer.finish(1000);
    film_.timeline = timeline_of(film_.film_path);
    film_.labels_of = [](FrameNumber frame) {
      return std::vector<HeadLabel>{{head_at(frame), "Rose", 2, frame % 2 == 0}};
    };
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static Box head_at(FrameNumber frame) {
    return {20 + 20 * static_cast<float>(frame), 120, 60, 80};
  }

  static Timeline timeline_of(const std::string& path) {
    FilmReader reader(path);
    std::vector<std::int64_t> stamps;
    while (const std::optional<Frame> frame = reader.next()) stamps.push_back(frame->stamp());
    return Timeline(reader.info().time_base, stamps, reader.end_stamp());
  }

  std::string failure(const Watcher& watcher = {}) {
    try {
      write_annotated_film(film_, watcher);
      return "";
    } catch (const Failure& failure) {
      return failure.what();
    }
  }

  int files() const {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

  const std::vector<std::int64_t> stamps_ms_{0, 40, 80, 200, 240, 500, 520, 540, 900};
  std::filesystem::path folder_;
  AnnotatedFilm film_;
};

TEST_F(AnnotatedFilmTest, ShowsEachHeadInItsFrameAtItsTime) {
  EXPECT_EQ(write_annotated_film(film_), 9);
  FilmReader reader(film_.output_path);
  EXPECT_EQ(reader.info().pixel_aspect, Rational(4, 3));
  for (FrameNumber number = 0; number < 9; ++number) {
    const std::optional<Frame> frame = reader.next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(Rational(frame->stamp()) * reader.info().time_base, film_.timeline.time_of(number));
    const Picture picture = frame->picture();
    cv::Mat grey, difference, changed;
    cv::absdiff(picture, cv::Scalar::all(110), difference);
    cv::extractChannel(difference, grey, 1);
    changed = grey > 24;
    const cv::Rect painted = cv::boundingRect(changed.rowRange(120, 240));
    const Box head = head_at(number);
    EXPECT_NEAR(painted.x, head.x, 4) << number;
    EXPECT_NEAR(painted.x + painted.width, head.right(), 4) << number;
    EXPECT_GT(cv::countNonZero(changed.rowRange(95, 118)), 80) << number;  // its name
  }
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(files(), 2);
}

TEST_F(AnnotatedFilmTest, ReportsItsProgress) {
  std::vector<std::int64_t> done;
  Watcher watcher;
  watcher.on_progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.total, 9);
    done.push_back(progress.done);
  };
  write_annotated_film(film_, watcher);
  EXPECT_EQ(done, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST_F(AnnotatedFilmTest, LeavesNothingWhenStopped) {
  std::stop_source stop;
  Watcher watcher;
  watcher.stop = stop.get_token();
  watcher.on_progress = [&](const Progress& progress) {
    if (progress.done == 4) stop.request_stop();
  };
  EXPECT_EQ(failure(watcher), "Stopped.");
  EXPECT_EQ(files(), 1);
}

TEST_F(AnnotatedFilmTest, RefusesAnotherFilm) {
  const auto with_stamps = [&](std::vector<std::int64_t> stamps) {
    film_.timeline = Timeline(film_.timeline.time_base(), stamps, stamps.back() + 1);
    return failure();
  };
  std::vector<std::int64_t> stamps = film_.timeline.stamps();
  EXPECT_EQ(with_stamps(stamps), "");
  std::filesystem::remove(film_.output_path);
  std::vector<std::int64_t> longer = stamps, moved = stamps, shorter = stamps;
  longer.push_back(stamps.back() + 100);
  ++moved[3];
  shorter.pop_back();
  EXPECT_NE(with_stamps(longer).find("shorter than when it was analysed"), std::string::npos);
  EXPECT_NE(with_stamps(moved).find("not the film that was analysed"), std::string::npos);
  EXPECT_NE(with_stamps(shorter).find("not the film that was analysed"), std::string::npos);
  EXPECT_EQ(files(), 1);
}

TEST_F(AnnotatedFilmTest, NeverWritesOverTheFilmItself) {
  film_.output_path = film_.film_path;
  EXPECT_NE(failure().find("write over the film itself"), std::string::npos);
  EXPECT_EQ(timeline_of(film_.film_path).frames(), 9);
}

}  // namespace
}  // namespace dramatis
