#include "tracks/best_face.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dramatis {
namespace {

FaceSighting face(FrameNumber frame, float quality, float height = 50, bool clean = true) {
  const Landmarks frontal{{10, 10}, {30, 10}, {20, 20}, {12, 30}, {28, 30}};
  return {.frame = frame,
          .face = {.box = {0, 0, height * 0.8f, height}, .landmarks = frontal},
          .quality = quality,
          .clean = clean};
}

TEST(BestFace, IsThatOfHighestQuality) {
  const Track track{.faces = {face(0, 40), face(3, 90), face(6, 60)}};
  EXPECT_EQ(best_face(track)->index, 1u);
}

TEST(BestFace, OfEqualsIsTheLargerThenTheEarlier) {
  EXPECT_EQ(best_face({.faces = {face(0, 50), face(3, 50, 70), face(6, 50)}})->index, 1u);
  EXPECT_EQ(best_face({.faces = {face(0, 50), face(3, 50)}})->index, 0u);
}

TEST(BestFace, ComesFromNoTransition) {
  EXPECT_EQ(best_face({.faces = {face(0, 90, 50, false), face(3, 40)}})->index, 1u);
  EXPECT_FALSE(best_face({.faces = {face(0, 90, 50, false)}}));
}

TEST(BestFace, IsGoodEnoughOrNone) {
  EXPECT_FALSE(best_face({}));
  EXPECT_FALSE(best_face({.faces = {face(0, 20)}}, 30));
}

TEST(BestFace, SaysWhy) {
  const Track track{.faces = {face(0, 40), face(3, 90, 80), face(6, 60)}};
  EXPECT_EQ(best_face(track)->reason, "best and largest of 3 faces, frontal, quality 90");
  EXPECT_EQ(best_face({.faces = {face(0, 40)}})->reason, "the only face, frontal, quality 40");
}

}  // namespace
}  // namespace dramatis
