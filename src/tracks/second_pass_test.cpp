#include "tracks/second_pass.h"

#include <gtest/gtest.h>

#include "synthetic/scripted.h"
#include "tracks/motion_fit.h"

namespace dramatis {
namespace {

ScriptedPerson walker(float y, float px_a_frame) {
  return {.centre = [=](FrameNumber f) {
    return Point{200 + px_a_frame * static_cast<float>(f), y};
  }};
}

std::vector<Fragment> as_they_are(const ScriptedShot& scene, int people) {
  std::vector<Fragment> fragments(people);
  for (int look = 0; look < static_cast<int>(scene.looks.size()); ++look)
    for (int person = 0; person < people; ++person) fragments[person].push_back({look, person});
  return fragments;
}

TEST(SecondPass, LeavesWhatFitsAlone) {
  const ScriptedShot scene({walker(200, 3), walker(400, -1)}, 90, 3, false);
  const auto fragments = as_they_are(scene, 2);
  EXPECT_EQ(assign_once_more(SteadyShot(scene.shot), fragments, {}), fragments);
}

TEST(SecondPass, TakesUpHeadsThatWereLeftOver) {
  const ScriptedShot scene({walker(300, 3)}, 90, 3, false);
  const auto whole = as_they_are(scene, 1);
  auto holey = whole;
  std::erase_if(holey[0], [](const Sighting& s) { return s.look % 5 == 0 || s.look > 26; });
  EXPECT_EQ(assign_once_more(SteadyShot(scene.shot), holey, {}), whole);
}

TEST(SecondPass, LeavesOutWhatDoesNotFit) {
  ScriptedShot scene({walker(300, 3)}, 90, 3, false);
  scene.looks[10].heads[0].box.x += 400;
  const SteadyShot shot(scene.shot);
  const auto mended = assign_once_more(shot, as_they_are(scene, 1), {});
  ASSERT_EQ(mended.size(), 1u);
  for (const Sighting& s : mended[0]) EXPECT_NE(s.look, 10);
}

TEST(MotionFit, LearnsHowSteadilyHeadsAreSeen) {
  double before = 0;
  for (const double jitter : {0.015, 0.04, 0.09}) {
    std::vector<ScriptedPerson> people{walker(200, 3), walker(400, -1)};
    for (ScriptedPerson& p : people) p.box_jitter = jitter;
    const ScriptedShot scene(people, 300, 3, false);
    const MotionNoise noise =
        learned_motion(SteadyShot(scene.shot), as_they_are(scene, 2), MotionNoise{});
    EXPECT_NEAR(noise.place_jitter / jitter, 1, 0.5);
    EXPECT_GT(noise.place_jitter, before);
    before = noise.place_jitter;
  }
}

TEST(MotionFit, KeepsWhatIsUsualWithNothingToLearnFrom) {
  const ScriptedShot scene({walker(200, 3)}, 6, 3, false);
  const MotionNoise noise = learned_motion(SteadyShot(scene.shot), as_they_are(scene, 1), {});
  EXPECT_DOUBLE_EQ(noise.place_jitter, MotionNoise{}.place_jitter);
}

}  // namespace
}  // namespace dramatis
