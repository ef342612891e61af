#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "analysis/look_crew.h"
#include "analysis/look_planner.h"

namespace dramatis {
namespace {

std::vector<PlannedLook> plan_film(FrameNumber first, const std::vector<float>& changes,
                                   double rate) {
  LookPlanner planner(first, rate, {});
  std::vector<PlannedLook> all;
  for (std::size_t i = 0; i < changes.size(); ++i)
    for (const PlannedLook& look : planner.plan(first + static_cast<FrameNumber>(i), changes[i]))
      all.push_back(look);
  return all;
}

TEST(LookPlanner, ANewFaceNeverWaitsLongerThanAFifthOfASecond) {
  for (double rate : {10.0, 24000 / 1001.0, 25.0, 30.0, 60.0})
    for (float change : {0.0f, 5.0f}) {
      FrameNumber last = 0;
      for (const PlannedLook& look : plan_film(0, std::vector<float>(300, change), rate)) {
        EXPECT_LE(static_cast<double>(look.frame - last), std::max(1.0, 0.2 * rate + 1e-6)) << rate;
        last = look.frame;
      }
      EXPECT_GT(last, 290);
    }
}

TEST(LookPlanner, LooksOnBothSidesOfASuddenChange) {
  std::vector<float> changes(40, 3.0f);
  changes[20] = 60;
  std::set<FrameNumber> frames;
  for (const PlannedLook& look : plan_film(100, changes, 25)) {
    EXPECT_TRUE(frames.insert(look.frame).second) << "looked twice at " << look.frame;
    if (look.frame == 120) {
      EXPECT_TRUE(look.look_for.bodies);
    }
  }
  EXPECT_TRUE(frames.contains(119));
  EXPECT_TRUE(frames.contains(120));
}

TEST(LookPlanner, LooksLessOftenAtACalmPicture) {
  EXPECT_LT(plan_film(0, std::vector<float>(200, 0.2f), 25).size(),
            plan_film(0, std::vector<float>(200, 6.0f), 25).size());
}

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
