#include "film/frame_clock.h"

#include <gtest/gtest.h>

namespace dramatis {
namespace {

// Ninety ticks a second, nine a frame.
FrameClock clock_of_ten_frames_a_second(bool may_jump = false) {
  return FrameClock({.ticks_per_second = 90, .nominal_duration = 9, .may_jump = may_jump});
}

TEST(FrameClock, LeavesGoodStampsAlone) {
  FrameClock clock = clock_of_ten_frames_a_second();
  EXPECT_EQ(clock.stamp(100, 9), 100);
  EXPECT_EQ(clock.stamp(101, 0), 101);
  EXPECT_EQ(clock.stamp(5000, 20), 5000);
  EXPECT_EQ(clock.end(), 5020);
  EXPECT_TRUE(clock.as_said());
}

TEST(FrameClock, MovesRepeatedAndBackwardStampsOnByATick) {
  FrameClock clock = clock_of_ten_frames_a_second();
  clock.stamp(100, 9);
  EXPECT_EQ(clock.stamp(100, 9), 101);
  EXPECT_FALSE(clock.as_said());
  EXPECT_EQ(clock.stamp(91, 9), 102);
  EXPECT_EQ(clock.stamp(118, 9), 118);
}

TEST(FrameClock, FillsInMissingStamps) {
  FrameClock clock = clock_of_ten_frames_a_second();
  EXPECT_EQ(clock.stamp(std::nullopt, 0), 0);
  EXPECT_EQ(clock.stamp(std::nullopt, 5), 9);
  EXPECT_EQ(clock.stamp(std::nullopt, 0), 14);
  EXPECT_EQ(clock.end(), 23);
  EXPECT_FALSE(clock.as_said());
}

TEST(FrameClock, GoesOnWhenTheContainersClockStartsAnew) {
  FrameClock clock = clock_of_ten_frames_a_second();
  clock.stamp(900, 9);
  EXPECT_EQ(clock.stamp(0, 9), 909);
  EXPECT_EQ(clock.stamp(9, 9), 918);
  EXPECT_FALSE(clock.as_said());
}

TEST(FrameClock, TakesALeapForAPauseUnlessTheFormatsClockMayJump) {
  FrameClock strict = clock_of_ten_frames_a_second(false);
  strict.stamp(0, 9);
  EXPECT_EQ(strict.stamp(100000, 9), 100000);
  FrameClock loose = clock_of_ten_frames_a_second(true);
  loose.stamp(0, 9);
  EXPECT_EQ(loose.stamp(100000, 9), 9);
  EXPECT_EQ(loose.stamp(100009, 9), 18);
}

}  // namespace
}  // namespace dramatis
