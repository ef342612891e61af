#include <gtest/gtest.h>

#include <stdexcept>

#include "base/frame_time.h"
#include "base/geometry.h"

namespace dramatis {
namespace {

TEST(Rational, StaysInLowestTermsAndOrdersExactly) {
  EXPECT_EQ(Rational(48000, 2002).text(), "24000/1001");
  EXPECT_EQ(Rational(1, -2), Rational(-1, 2));
  EXPECT_LT(Rational(24000, 1001), Rational(24, 1));
  EXPECT_EQ(Rational(1001, 24000) * Rational(24000, 1001), Rational(1));
  EXPECT_EQ(Rational(1, 3) + Rational(1, 6), Rational(1, 2));
  EXPECT_EQ(Rational(1, 3) / Rational(-2, 3), Rational(-1, 2));
  EXPECT_THROW(Rational(1, 0), std::invalid_argument);
}

TEST(Timeline, KnowsTheTimeOfEveryFrameAtAVariableRate) {
  const Timeline timeline(Rational(1, 1000), {500, 540, 620, 660}, 700);
  EXPECT_EQ(timeline.time_of(0), Rational(0));
  EXPECT_EQ(timeline.time_of(2), Rational(120, 1000));
  EXPECT_EQ(timeline.time_of(4), Rational(200, 1000));
  EXPECT_DOUBLE_EQ(timeline.duration_s({1, 3}), 0.12);
  for (FrameNumber frame = 0; frame < timeline.frames(); ++frame)
    EXPECT_EQ(timeline.frame_at(timeline.seconds_of(frame)), frame);
  EXPECT_EQ(timeline.frame_at(0.119), 1);
  EXPECT_EQ(timeline.frame_at(99), 3);
}

TEST(Timeline, RefusesStampsThatDoNotAscend) {
  EXPECT_THROW(Timeline(Rational(1, 25), {0, 2, 2}, 3), std::invalid_argument);
  EXPECT_THROW(Timeline(Rational(1, 25), {0, 2}, 1), std::invalid_argument);
}

TEST(FrameRange, ExcludesItsEnd) {
  EXPECT_TRUE((FrameRange{3, 5}.contains(4)));
  EXPECT_FALSE((FrameRange{3, 5}.contains(5)));
  EXPECT_FALSE((FrameRange{3, 5}.overlaps({5, 9})));
  EXPECT_TRUE((FrameRange{3, 5}.intersection({7, 9}).empty()));
}

TEST(Box, OverlapIsSharedOverCovered) {
  EXPECT_FLOAT_EQ(overlap({0, 0, 2, 2}, {1, 0, 2, 2}), 2.0f / 6.0f);
  EXPECT_FLOAT_EQ(overlap({0, 0, 2, 2}, {2, 0, 2, 2}), 0);
  EXPECT_FLOAT_EQ(overlap({}, {}), 0);
  EXPECT_FLOAT_EQ(share_inside({0, 0, 2, 2}, {1, 0, 8, 8}), 0.5f);
  EXPECT_EQ(clipped({-5, -5, 10, 10}, 100, 3), (Box{0, 0, 5, 3}));
}

TEST(ClockText, IsReadByPeople) { EXPECT_EQ(clock_text(3672.3456), "1:01:12.346"); }

}  // namespace
}  // namespace dramatis
