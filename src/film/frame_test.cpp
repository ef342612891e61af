#include "film/frame.h"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "film/film_for_tests.h"
#include "film/frame_queue.h"

namespace dramatis {
namespace {

using namespace dramatis::test;

TEST(Frame, OfAPictureIsThatPicture) {
  const Picture picture = numbered_picture(5);
  const Frame frame = Frame::of_picture(picture, 7, 280);
  EXPECT_EQ(frame.number(), 7);
  EXPECT_EQ(frame.stamp(), 280);
  EXPECT_EQ(frame.width(), 80);
  EXPECT_EQ(frame.height(), 48);
  Picture copy = frame.picture();
  EXPECT_EQ(cv::norm(copy, picture, cv::NORM_INF), 0);
  copy.setTo(0);  // one's own
  EXPECT_EQ(number_in(frame.picture()), 5);
  EXPECT_EQ(number_in(frame.picture(20, 12)), 5);
  EXPECT_EQ(number_in(frame.picture(200, 100)), 5);
  EXPECT_THROW(frame.picture(0, 5), std::invalid_argument);
  EXPECT_THROW(Frame::of_picture(Picture(3, 3, CV_8UC1)), std::invalid_argument);
}

// Columns alternately black and white: any new pixel that covers many of them is grey.
TEST(Frame, ShrinkingAverages) {
  const TemporaryFolder folder;
  Recipe recipe{
      .codec = "ffv1", .format = AV_PIX_FMT_YUV420P, .width = 640, .height = 360, .frames = 1};
  recipe.picture = [](int) {
    Picture picture(360, 640, CV_8UC3, cv::Scalar::all(0));
    for (int x = 0; x < 640; x += 2) picture.col(x).setTo(cv::Scalar::all(255));
    return picture;
  };
  FilmReader reader(make_film(folder / "a.mkv", recipe));
  const Frame frame = *reader.next();
  const cv::Size sizes[] = {{160, 90}, {64, 36}, {80, 360}, {40, 23}};
  for (const cv::Size& size : sizes) {
    cv::Mat grey;
    cv::extractChannel(frame.picture(size.width, size.height), grey, 1);
    double least = 0, most = 0;
    cv::minMaxLoc(grey, &least, &most);
    EXPECT_NEAR(least, 127, 12) << size;
    EXPECT_NEAR(most, 127, 12) << size;
  }
}

TEST(Frame, KeepsItsPlacesWhenScaled) {
  const TemporaryFolder folder;
  Recipe recipe{
      .codec = "ffv1", .format = AV_PIX_FMT_YUV420P, .width = 643, .height = 361, .frames = 1};
  recipe.picture = [](int) {
    Picture picture(361, 643, CV_8UC3, cv::Scalar::all(0));
    picture(cv::Rect(160, 90, 240, 120)) = cv::Scalar::all(255);
    return picture;
  };
  FilmReader reader(make_film(folder / "a.mkv", recipe));
  const Frame frame = *reader.next();
  const cv::Size sizes[] = {{643, 361}, {321, 180}, {161, 91}, {256, 144}, {77, 300}, {1000, 500}};
  for (const cv::Size& size : sizes) {
    const Picture picture = frame.picture(size.width, size.height);
    ASSERT_EQ(picture.size(), size);
    EXPECT_TRUE(picture.isContinuous());
    cv::Mat grey;
    cv::extractChannel(picture, grey, 1);
    const cv::Moments moments = cv::moments(grey);
    // The centre of the white box, (280, 150), in the new size.
    EXPECT_NEAR(moments.m10 / moments.m00 + 0.5, 280.0 * size.width / 643, 0.6) << size;
    EXPECT_NEAR(moments.m01 / moments.m00 + 0.5, 150.0 * size.height / 361, 0.6) << size;
  }
}

TEST(Frame, AnswersSeveralThreadsAtOnce) {
  const TemporaryFolder folder;
  FilmReader reader(make_film(folder / "a.mkv", {.width = 320, .height = 240, .frames = 3}));
  const Frame frame = *reader.next();
  const Picture large = frame.picture(), small = frame.picture(100, 75);
  std::vector<std::jthread> threads;
  std::atomic<int> different = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        different +=
            cv::norm(frame.picture(), large) != 0 || cv::norm(frame.picture(100, 75), small) != 0;
    });
  threads.clear();
  EXPECT_EQ(different, 0);
}

TEST(FrameQueue, GivesEveryFrameInOrderWhateverItHolds) {
  const TemporaryFolder folder;
  const std::string path = make_film(folder / "a.mkv", {.frames = 60});
  for (const int capacity : {0, 1, 3, 100}) {
    FrameQueue queue(FilmReader(path), capacity);
    std::vector<int> numbers;
    while (std::optional<Frame> frame = queue.next())
      numbers.push_back(number_in(frame->picture()));
    EXPECT_EQ(numbers, counted_to(60));
    EXPECT_FALSE(queue.next());
    EXPECT_EQ(Rational(queue.reader().end_stamp()) * queue.reader().info().time_base,
              Rational(60, 25));
  }
}

TEST(FrameQueue, StopsAtAnyMoment) {
  const TemporaryFolder folder;
  const std::string path = make_film(folder / "a.mkv", {.frames = 60});
  for (int taken = 0; taken < 8; ++taken) {
    std::optional<Frame> kept;
    {
      FrameQueue queue(FilmReader(path), 2);
      for (int i = 0; i <= taken; ++i) kept = queue.next();
    }
    EXPECT_EQ(number_in(kept->picture()), taken);  // a frame outlives its film
  }
}

}  // namespace
}  // namespace dramatis
