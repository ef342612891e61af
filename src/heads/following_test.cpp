#include "heads/following.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace dramatis {
namespace {

constexpr int kWidth = 320, kHeight = 180;
constexpr int kFramesALook = 4;
constexpr double kFramesPerSecond = 25;
constexpr float kHead_px = 40;

/// Soft spots, always the same for a seed.
Picture texture(int width, int height, unsigned seed, int spot_px = 5) {
  cv::RNG random(seed);
  Picture coarse(height / spot_px + 2, width / spot_px + 2, CV_8UC1);
  random.fill(coarse, cv::RNG::UNIFORM, 0, 256);
  Picture fine;
  cv::resize(coarse, fine, {width, height}, 0, 0, cv::INTER_CUBIC);
  cv::cvtColor(fine, fine, cv::COLOR_GRAY2BGR);
  return fine;
}

void paste(const Picture& what, Picture& onto, int x, int y, bool round) {
  Picture canvas(onto.size(), onto.type(), cv::Scalar::all(0));
  Picture mask(onto.size(), CV_8UC1, cv::Scalar(0));
  const cv::Rect place(x, y, what.cols, what.rows);
  const cv::Rect visible = place & cv::Rect({0, 0}, onto.size());
  if (visible.empty()) return;
  what(visible - place.tl()).copyTo(canvas(visible));
  if (round)
    cv::ellipse(mask, {x + what.cols / 2, y + what.rows / 2}, {what.cols / 2, what.rows / 2}, 0, 0,
                360, 255, cv::FILLED);
  else
    mask(visible).setTo(255);
  canvas.copyTo(onto, mask);
}

/// Somebody in one picture.
struct Someone {
  float x = 100, y = 50;  ///< corner of the head
  double turned = 0;      ///< 0 as it was found, 1 another side
  unsigned seed = 7;
};

Box box_of(const Someone& someone) { return {someone.x, someone.y, kHead_px, kHead_px}; }

void draw(const Someone& who, Picture& picture, bool with_body) {
  const int side = static_cast<int>(kHead_px);
  const int x = static_cast<int>(who.x), y = static_cast<int>(who.y);
  if (with_body)
    paste(texture(2 * side, 2 * side, who.seed + 1, 9), picture, x - side / 2, y + side * 4 / 5,
          false);
  Picture shown;
  cv::addWeighted(texture(side, side, who.seed), 1 - who.turned, texture(side, side, who.seed + 2),
                  who.turned, 0, shown);
  shown.convertTo(shown, -1, 0.5, 30);  // quieter than clothes and wall
  paste(shown, picture, x, y, true);
}

/// A room with a textured wall, looked at now and then.
class Room {
 public:
  Picture wall() const { return texture(kWidth, kHeight, 1, 8).clone(); }

  /// A look at this picture in which the detectors found these.
  void look_at(const Picture& picture, const std::vector<Box>& found) {
    Look look{.frame = kFramesALook * static_cast<FrameNumber>(looks_.size())};
    for (const Box& box : found) look.heads.push_back({.box = box, .score = 0.9f});
    looks_.push_back(look);
    greys_.emplace_back(picture, kWidth, kHeight);
  }
  void cut_before_look(std::size_t look) { cut_ = look; }

  std::vector<Look> followed() {
    std::vector<PicturedLook> pictured;
    for (std::size_t i = 0; i < looks_.size(); ++i)
      pictured.push_back({&looks_[i], greys_[i], {}, cut_ == i});
    follow_lost_heads(pictured, kFramesPerSecond);
    return looks_;
  }

 private:
  std::vector<Look> looks_;
  std::vector<GreyLevels> greys_;
  std::optional<std::size_t> cut_;
};

int followed_in(const Look& look) {
  return static_cast<int>(std::count_if(look.heads.begin(), look.heads.end(), [](const Head& h) {
    return h.source == HeadSource::followed;
  }));
}

void expect_nobody_followed(const std::vector<Look>& looks, std::size_t from) {
  ASSERT_LT(from, looks.size());
  for (std::size_t i = from; i < looks.size(); ++i) EXPECT_EQ(followed_in(looks[i]), 0) << i;
}

TEST(Following, KeepsToAHeadThatMoves) {
  Room room;
  std::vector<Someone> at;
  for (int i = 0; i < 10; ++i) {
    at.push_back({.x = 100.0f + 6 * i, .y = 50.0f + 2 * i});
    Picture picture = room.wall();
    draw(at.back(), picture, false);
    room.look_at(picture, i == 0 ? std::vector{box_of(at[0])} : std::vector<Box>{});
  }
  const auto looks = room.followed();
  for (std::size_t i = 1; i < looks.size(); ++i) {
    ASSERT_EQ(looks[i].heads.size(), 1u) << i;
    EXPECT_EQ(looks[i].heads[0].source, HeadSource::followed);
    EXPECT_GT(overlap(looks[i].heads[0].box, box_of(at[i])), 0.85f) << i;
  }
}

TEST(Following, KeepsToAHeadThatTurnsByItsShoulders) {
  Room room;
  for (int i = 0; i < 8; ++i) {
    const Someone who{.turned = std::clamp(0.5 * (i - 1), 0.0, 1.0)};
    Picture picture = room.wall();
    draw(who, picture, true);
    room.look_at(picture, i < 2 ? std::vector{box_of(who)} : std::vector<Box>{});
  }
  const auto looks = room.followed();
  for (std::size_t i = 2; i < looks.size(); ++i) {
    ASSERT_EQ(followed_in(looks[i]), 1) << i;
    EXPECT_GT(overlap(looks[i].heads[0].box, box_of(Someone{})), 0.85f) << i;
  }
}

TEST(Following, ReachesBackToAHeadThatIsFoundLate) {
  Room room;
  for (int i = 0; i < 6; ++i) {
    const Someone who{.x = 100.0f + 4 * i};
    Picture picture = room.wall();
    draw(who, picture, true);
    room.look_at(picture, i == 5 ? std::vector{box_of(who)} : std::vector<Box>{});
  }
  const auto looks = room.followed();
  ASSERT_EQ(followed_in(looks[0]), 1);
  EXPECT_GT(overlap(looks[0].heads[0].box, box_of({.x = 100})), 0.85f);
}

TEST(Following, LeavesNothingOnTheWallWhenAHeadHasLeft) {
  Room room;
  for (int i = 0; i < 6; ++i) {
    Picture picture = room.wall();
    if (i < 2) draw({}, picture, true);
    room.look_at(picture, i < 2 ? std::vector{box_of({})} : std::vector<Box>{});
  }
  expect_nobody_followed(room.followed(), 2);
}

TEST(Following, EndsInADissolve) {
  Room room;
  Picture picture = room.wall(), faded;
  draw({}, picture, true);
  const Picture next = texture(kWidth, kHeight, 77, 8);
  for (int i = 0; i < 12; ++i) {
    const double gone = std::clamp(0.125 * (i - 1), 0.0, 1.0);
    cv::addWeighted(picture, 1 - gone, next, gone, 0, faded);
    room.look_at(faded, i < 2 ? std::vector{box_of({})} : std::vector<Box>{});
  }
  const auto looks = room.followed();
  EXPECT_EQ(followed_in(looks[2]), 1);
  expect_nobody_followed(looks, 9);
}

TEST(Following, LeavesNothingAboveTheTableWhenAHeadDucks) {
  Room room;
  for (int i = 0; i < 6; ++i) {
    Picture picture = room.wall();
    if (i < 2) draw({}, picture, false);
    paste(texture(200, 90, 55, 6), picture, 40, 88, false);
    room.look_at(picture, i < 2 ? std::vector{box_of({})} : std::vector<Box>{});
  }
  expect_nobody_followed(room.followed(), 2);
}

TEST(Following, EndsWhereAHeadGoesOutOfThePicture) {
  Room room;
  for (int i = 0; i < 12; ++i) {
    const Someone who{.x = 250.0f + 10 * i};
    Picture picture = room.wall();
    draw(who, picture, true);
    room.look_at(picture, i < 2 ? std::vector{box_of(who)} : std::vector<Box>{});
  }
  const auto looks = room.followed();
  EXPECT_EQ(followed_in(looks[2]), 1);
  expect_nobody_followed(looks, 8);
}

TEST(Following, EndsWhereAHeadIsCovered) {
  Room room;
  for (int i = 0; i < 6; ++i) {
    Picture picture = room.wall();
    draw({}, picture, true);
    if (i >= 2) paste(texture(120, 170, 99, 7), picture, 60, 10, false);
    room.look_at(picture, i < 2 ? std::vector{box_of({})} : std::vector<Box>{});
  }
  expect_nobody_followed(room.followed(), 2);
}

std::vector<Look> looks_at_one_who_stays(int looks, std::optional<std::size_t> cut,
                                         const std::vector<Box>& found_later) {
  Room room;
  Picture picture = room.wall();
  draw({}, picture, true);
  for (int i = 0; i < looks; ++i)
    room.look_at(picture, i == 0 ? std::vector{box_of({})} : found_later);
  if (cut) room.cut_before_look(*cut);
  return room.followed();
}

TEST(Following, EndsAtACut) {
  const auto looks = looks_at_one_who_stays(6, 3, {});
  for (std::size_t i = 1; i < looks.size(); ++i) EXPECT_EQ(followed_in(looks[i]), i < 3) << i;
}

TEST(Following, EndsAfterAWhile) {
  const auto looks = looks_at_one_who_stays(30, std::nullopt, {});
  const double longest_s = FollowingOptions{}.longest_s;
  for (const Look& look : looks) {
    const double since_s = static_cast<double>(look.frame) / kFramesPerSecond;
    EXPECT_EQ(followed_in(look), look.frame > 0 && since_s <= longest_s) << look.frame;
  }
}

TEST(Following, AddsNothingWhereAHeadWasFound) {
  Box beside = box_of({});
  beside.x += 12;
  for (const Look& look : looks_at_one_who_stays(5, std::nullopt, {beside}))
    EXPECT_EQ(followed_in(look), 0) << look.frame;
}

}  // namespace
}  // namespace dramatis
