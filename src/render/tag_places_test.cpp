#include "render/tag_places.h"

#include <gtest/gtest.h>

#include <random>

namespace dramatis {
namespace {

constexpr int width = 640, height = 360;

bool inside(const Box& box) {
  return box.x >= 0 && box.y >= 0 && box.right() <= width && box.bottom() <= height;
}

TEST(TagPlaces, StandsAboveALoneHead) {
  const auto places =
      place_tags({{.head = {300, 150, 60, 80}, .width = 70, .height = 18}}, width, height);
  ASSERT_TRUE(places[0]);
  EXPECT_EQ(places[0]->side, TagSide::above);
  EXPECT_FLOAT_EQ(places[0]->box.centre().x, 330);
  EXPECT_LE(places[0]->box.bottom(), 150);
  EXPECT_GE(places[0]->box.bottom(), 145);
}

TEST(TagPlaces, GoesBelowAHeadAtTheTop) {
  const auto places =
      place_tags({{.head = {300, 2, 60, 80}, .width = 70, .height = 18}}, width, height);
  EXPECT_EQ(places[0]->side, TagSide::below);
  EXPECT_GE(places[0]->box.y, 82);
}

TEST(TagPlaces, StaysOffAnotherHead) {
  // The upper head stands where the lower one's tag would.
  const auto places = place_tags({{.head = {300, 60, 60, 80}, .width = 60, .height = 18},
                                  {.head = {300, 142, 60, 80}, .width = 60, .height = 18}},
                                 width, height);
  EXPECT_EQ(places[0]->side, TagSide::above);
  EXPECT_EQ(places[1]->side, TagSide::below);
}

TEST(TagPlaces, KeepsItsHabitWhileNothingSpeaksAgainstIt) {
  TagWish wish{.head = {300, 150, 60, 80}, .width = 70, .height = 18, .before = TagSide::below};
  EXPECT_EQ(place_tags({wish}, width, height)[0]->side, TagSide::below);
  wish.head = {300, 275, 60, 80};  // no room below any more
  EXPECT_EQ(place_tags({wish}, width, height)[0]->side, TagSide::above);
}

TEST(TagPlaces, ThatFillsThePictureStillFits) {
  const auto places =
      place_tags({{.head = {0, 0, width, height}, .width = 90, .height = 20}}, width, height);
  ASSERT_TRUE(places[0]);
  EXPECT_TRUE(inside(places[0]->box));
}

TEST(TagPlaces, LargerThanThePictureHasNone) {
  EXPECT_FALSE(
      place_tags({{.head = {10, 10, 50, 50}, .width = 700, .height = 20}}, width, height)[0]);
  EXPECT_FALSE(place_tags({{.head = {0, 0, 2, 2}, .width = 60, .height = 14}}, 2, 2)[0]);
  EXPECT_TRUE(place_tags({}, width, height).empty());
}

TEST(TagPlaces, NeverOverlapNorLeaveThePicture) {
  std::mt19937 random(7);
  const auto any = [&](float from, float to) {
    return std::uniform_real_distribution<float>(from, to)(random);
  };
  int without = 0, all = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<TagWish> wishes(static_cast<std::size_t>(any(1, 14)));
    for (TagWish& wish : wishes) {
      const float size = any(10, 150);
      wish.head = {any(-40, width), any(-40, height), size, size * 1.2f};
      wish.width = any(30, 120);
      wish.height = any(10, 24);
    }
    const auto places = place_tags(wishes, width, height);
    ASSERT_EQ(places.size(), wishes.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      ++all;
      if (!places[i]) {
        ++without;
        continue;
      }
      EXPECT_TRUE(inside(places[i]->box));
      EXPECT_FLOAT_EQ(places[i]->box.width, wishes[i].width);
      for (std::size_t j = 0; j < i; ++j)
        if (places[j]) {
          EXPECT_TRUE(intersection(places[i]->box, places[j]->box).empty());
        }
    }
  }
  EXPECT_LT(without, all / 50);
}

TEST(TagPlaces, LeaveSomeOutOfACrowdWithoutRoom) {
  std::vector<TagWish> crowd(100, {.head = {10, 10, 12, 14}, .width = 60, .height = 14});
  const auto places = place_tags(crowd, 256, 144);
  std::vector<Box> placed;
  for (const auto& place : places)
    if (place) placed.push_back(place->box);
  EXPECT_GT(placed.size(), 4u);
  EXPECT_LT(placed.size(), 60u);
}

}  // namespace
}  // namespace dramatis
