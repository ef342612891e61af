#include "analysis/look_crew.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace dramatis {
namespace {

Frame blank(FrameNumber number) { return Frame::of_picture(Picture(2, 2, CV_8UC3), number); }

/// Eyes that see as many heads as the frame's number, later frames faster than earlier ones.
struct CountingEyes : Eyes {
  Seen look(const Frame& frame, const LookFor&) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(5 * (3 - frame.number() % 4)));
    if (frame.number() == 7) throw std::runtime_error("frame 7");
    Seen seen;
    seen.look.frame = frame.number();
    return seen;
  }
};

TEST(LookCrew, GivesResultsInOrderAndPassesOnWhatFails) {
  LookCrew crew([] { return std::make_unique<CountingEyes>(); }, 3, 9);
  for (FrameNumber n = 0; n < 9; ++n) crew.give(blank(n), {});
  EXPECT_TRUE(crew.full());
  for (FrameNumber n = 0; n < 9; ++n) {
    if (n == 7) {
      EXPECT_THROW(crew.take(), std::runtime_error);
    } else {
      EXPECT_EQ(crew.take().look.frame, n);
    }
  }
  EXPECT_TRUE(crew.empty());
}

TEST(LookCrew, StopsAtOnceWhileLooksWait) {
  LookCrew crew([] { return std::make_unique<CountingEyes>(); }, 2, 50);
  for (FrameNumber n = 0; n < 50; ++n) crew.give(blank(n), {});
}

}  // namespace
}  // namespace dramatis
