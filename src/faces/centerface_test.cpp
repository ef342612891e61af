#include "faces/centerface.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace dramatis {
namespace {

/// The four maps of a network that sees exactly the faces it is told of.
struct InventedMaps {
  std::vector<Tensor> outputs;
  std::int64_t rows, columns;

  InventedMaps(std::int64_t height, std::int64_t width) : rows(height / 4), columns(width / 4) {
    for (const std::int64_t channels : {1, 2, 2, 10})
      outputs.push_back(
          {{1, channels, rows, columns}, std::vector<float>(channels * rows * columns, 0.f)});
  }
  float& at(int map, int channel, std::int64_t row, std::int64_t column) {
    return outputs[map].values[(channel * rows + row) * columns + column];
  }
  void add(const Face& face) {
    const Point centre = face.box.centre();
    const auto row = static_cast<std::int64_t>(centre.y / 4),
               column = static_cast<std::int64_t>(centre.x / 4);
    at(0, 0, row, column) = face.score;
    at(1, 0, row, column) = std::log(face.box.height / 4);
    at(1, 1, row, column) = std::log(face.box.width / 4);
    at(2, 0, row, column) = centre.y / 4 - row - 0.5f;
    at(2, 1, row, column) = centre.x / 4 - column - 0.5f;
    const auto points = face.landmarks.points();
    for (int i = 0; i < 5; ++i) {
      at(3, 2 * i, row, column) = (points[i].y - face.box.y) / face.box.height;
      at(3, 2 * i + 1, row, column) = (points[i].x - face.box.x) / face.box.width;
    }
  }
};

Face face_in(const Box& box, float score) {
  const auto at = [&](float x, float y) {
    return Point{box.x + x * box.width, box.y + y * box.height};
  };
  return {box, {at(.3f, .4f), at(.7f, .41f), at(.5f, .6f), at(.33f, .8f), at(.68f, .79f)}, score};
}

void expect_same(const Face& found, const Face& truth) {
  EXPECT_FLOAT_EQ(found.score, truth.score);
  EXPECT_GT(overlap(found.box, truth.box), 0.999f);
  for (int i = 0; i < 5; ++i)
    EXPECT_LT(distance(found.landmarks.points()[i], truth.landmarks.points()[i]), 0.01f);
}

TEST(CenterFace, FindsTheFacesThatTheMapsHold) {
  InventedMaps maps(384, 640);
  const Face large = face_in({100.3f, 50.7f, 80, 110}, 0.9f);
  const Face small = face_in({400, 201.4f, 9, 11}, 0.6f);
  const Face cut_off = face_in({-20, 300, 60, 70}, 0.7f);
  for (const Face& face : {small, large, cut_off}) maps.add(face);
  const auto found = decode_centerface(maps.outputs, {});
  ASSERT_EQ(found.size(), 3u);
  expect_same(found[0], large);
  expect_same(found[1], cut_off);
  expect_same(found[2], small);
}

TEST(CenterFace, ReportsOneFaceForNeighbouringPeaksAndNoneBelowTheLeastScore) {
  InventedMaps maps(128, 128);
  maps.add(face_in({20, 20, 40, 50}, 0.8f));
  maps.add(face_in({24, 20, 40, 50}, 0.9f));  // the next cell
  maps.add(face_in({80, 60, 30, 40}, 0.29f));
  const auto found = decode_centerface(maps.outputs, {.min_score = 0.3f});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FLOAT_EQ(found[0].score, 0.9f);
}

TEST(CenterFace, KeepsTwoPeopleCheekToCheek) {
  InventedMaps maps(128, 128);
  maps.add(face_in({20, 20, 40, 50}, 0.8f));
  maps.add(face_in({50, 24, 40, 50}, 0.9f));
  EXPECT_EQ(decode_centerface(maps.outputs, {}).size(), 2u);
}

TEST(CenterFace, DropsWhatNoPictureCanShow) {
  InventedMaps maps(64, 64);
  maps.add(face_in({20, 20, 20, 25}, 0.9f));
  maps.at(1, 0, 8, 7) = 200;  // e to the 200 pixels high
  EXPECT_TRUE(decode_centerface(maps.outputs, {}).empty());
  maps.at(1, 0, 8, 7) = 1;
  maps.at(3, 4, 8, 7) = std::nanf("");
  EXPECT_TRUE(decode_centerface(maps.outputs, {}).empty());
}

TEST(CenterFace, RefusesOutputsOfAnotherNetwork) {
  InventedMaps maps(64, 64);
  maps.outputs.pop_back();
  EXPECT_THROW(decode_centerface(maps.outputs, {}), std::invalid_argument);
  InventedMaps swapped(64, 64);
  std::swap(swapped.outputs[0], swapped.outputs[3]);
  EXPECT_THROW(decode_centerface(swapped.outputs, {}), std::invalid_argument);
}

TEST(NetworkSize, ShowsTheFilmAsLargeAsTheCostAllows) {
  EXPECT_EQ(network_size_for(1920, 1080, 1, 640 * 384), (NetworkSize{640, 384}));
  EXPECT_EQ(network_size_for(640, 360, 1, 640 * 384), (NetworkSize{640, 384}));
  const NetworkSize portrait = network_size_for(1080, 1920, 1, 640 * 384);
  EXPECT_EQ(portrait, (NetworkSize{384, 640}));
  for (const auto& [width, height] : {std::pair{2, 2}, {10000, 10}, {10, 10000}, {1998, 1080}}) {
    const NetworkSize size = network_size_for(width, height, 1, 640 * 384);
    EXPECT_GT(size.width, 0);
    EXPECT_EQ(size.width % 32 + size.height % 32, 0);
    EXPECT_LE(size.width * size.height, 640 * 384);
  }
}

TEST(Letterbox, BringsBoxesBackToTheFrameAndSquaresItsPixels) {
  // 704x576 shown as 16:9: a circle on the screen is a circle in the network, an ellipse in the
  // frame.
  const float aspect = 16.f * 576 / (9.f * 704);
  const Letterbox fit = letterbox(704, 576, aspect, {640, 384});
  EXPECT_EQ(fit.covered_width, 640);
  EXPECT_EQ(fit.covered_height, 360);
  const Box in_frame = fit.in_frame(Box{320, 180, 64, 64});
  EXPECT_NEAR(in_frame.x, 352, 0.5);
  EXPECT_NEAR(in_frame.y, 288, 0.5);
  EXPECT_NEAR(in_frame.width * aspect, in_frame.height, 0.5);
}

TEST(Letterbox, TakesAnyFrame) {
  for (const auto& [width, height] : {std::pair{1, 1}, {2, 2}, {5000, 3}, {3, 5000}}) {
    const Letterbox fit = letterbox(width, height, 1, {640, 384});
    EXPECT_GE(fit.covered_width, 1);
    EXPECT_LE(fit.covered_width, 640);
    EXPECT_GE(fit.covered_height, 1);
    EXPECT_LE(fit.covered_height, 384);
  }
}

}  // namespace
}  // namespace dramatis
