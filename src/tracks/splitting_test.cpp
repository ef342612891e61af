#include "tracks/splitting.h"

#include <gtest/gtest.h>

#include "synthetic/scripted.h"

namespace dramatis {
namespace {

ScriptedPerson standing(double yaw, bool has_face = true) {
  return {.centre = [](FrameNumber) { return Point{600, 300}; }, .yaw = yaw, .has_face = has_face};
}

/// A track whose head is that of `people[i]` from change i - 1 to change i.
Fragment taken_in_turn(const ScriptedShot& scene, const std::vector<int>& changes) {
  Fragment fragment;
  for (int look = 0; look < static_cast<int>(scene.looks.size()); ++look) {
    int person = 0;
    while (person < static_cast<int>(changes.size()) && look >= changes[person]) ++person;
    fragment.push_back({look, person});
  }
  return fragment;
}

std::vector<int> starts_of_parts(const ScriptedShot& scene, const Fragment& fragment) {
  std::vector<int> starts;
  for (const Fragment& part : split_by_faces(SteadyShot(scene.shot), {fragment}, {}))
    starts.push_back(part.front().look);
  return starts;
}

TEST(Splitting, FindsTheMomentWhereThePersonChanges) {
  const ScriptedShot scene({standing(0), standing(0.1)}, 120, 3, true);
  EXPECT_EQ(starts_of_parts(scene, taken_in_turn(scene, {17})), (std::vector<int>{0, 17}));
}

TEST(Splitting, FindsMoreThanOneChange) {
  const ScriptedShot scene({standing(0), standing(0), standing(0)}, 120, 3, true);
  EXPECT_EQ(starts_of_parts(scene, taken_in_turn(scene, {10, 25})), (std::vector<int>{0, 10, 25}));
}

TEST(Splitting, LeavesOnePersonWhole) {
  const ScriptedShot scene({standing(0)}, 300, 3, true);
  EXPECT_EQ(starts_of_parts(scene, taken_in_turn(scene, {})), (std::vector<int>{0}));
}

/// One person, who turns into the profile and stays there: far in the embedding, but not another.
TEST(Splitting, IsNotFooledByAProfile) {
  ScriptedShot frontal({standing(0)}, 120, 3, true), profile({standing(0.8)}, 120, 3, true);
  for (std::size_t look = 20; look < frontal.looks.size(); ++look)
    frontal.looks[look].heads = profile.looks[look].heads;
  EXPECT_EQ(starts_of_parts(frontal, taken_in_turn(frontal, {})), (std::vector<int>{0}));
}

TEST(Splitting, IsNotFooledByOneOddFace) {
  const ScriptedShot scene({standing(0), standing(0), standing(0)}, 120, 3, true);
  Fragment fragment = taken_in_turn(scene, {});
  fragment[12].head = 1;
  EXPECT_EQ(starts_of_parts(scene, fragment), (std::vector<int>{0}));
}

TEST(Splitting, HasNothingToSayWithoutFaces) {
  const ScriptedShot scene({standing(0, false), standing(0, false)}, 120, 3, true);
  EXPECT_EQ(starts_of_parts(scene, taken_in_turn(scene, {17})), (std::vector<int>{0}));
}

}  // namespace
}  // namespace dramatis
