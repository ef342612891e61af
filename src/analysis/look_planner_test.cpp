#include "analysis/look_planner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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
      EXPECT_LE(300 - last, 12) << rate;
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

}  // namespace
}  // namespace dramatis
