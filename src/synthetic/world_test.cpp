#include "synthetic/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace dramatis {
namespace {

TEST(World, IsTheSameForTheSameSeed) {
  const World a = make_world({.seed = 3}), b = make_world({.seed = 3}), c = make_world({.seed = 4});
  const Box first = a.shots[0].looks[5].heads[0].box;
  EXPECT_EQ(first, b.shots[0].looks[5].heads[0].box);
  EXPECT_NE(first, c.shots[0].looks[5].heads[0].box);
}

TEST(World, MissesAndInventsAsManyHeadsAsTold) {
  const World world = make_world({.people = 10,
                                  .frames_a_shot = 600,
                                  .movement = Movement::sitting,
                                  .head_turns = 0.2,
                                  .frames_a_look = 1,
                                  .missed = 0.2,
                                  .false_heads = 0.1});
  double found = 0, invented = 0;
  for (const auto& look : world.shots[0].person_of_head)
    for (const int person : look) ++(person < 0 ? invented : found);
  EXPECT_NEAR(found / 6000, 0.8, 0.03);
  EXPECT_NEAR(invented / 6000, 0.1, 0.02);
}

TEST(World, KnowsWhoEachHeadIs) {
  const World world = make_world({.people = 5});
  const WorldShot& shot = world.shots[0];
  for (std::size_t l = 0; l < shot.looks.size(); ++l) {
    ASSERT_EQ(shot.looks[l].heads.size(), shot.person_of_head[l].size());
    for (std::size_t h = 0; h < shot.looks[l].heads.size(); ++h)
      for (const TruthTrack& t : shot.truth)
        for (const TruthPoint& p : t.points)
          if (p.frame == shot.looks[l].frame && t.person == shot.person_of_head[l][h]) {
            EXPECT_GT(overlap(p.box, shot.looks[l].heads[h].box), 0.6);
          }
  }
}

TEST(World, HasPeopleComeBackInOtherShotsLookingLikeThemselves) {
  const World world =
      make_world({.people = 6, .people_a_shot = 3, .shots = 8, .movement = Movement::sitting});
  std::set<int> seen;
  double same = 0, other = 0;
  int count = 0;
  for (const WorldShot& shot : world.shots) {
    EXPECT_EQ(shot.truth.size(), 3u);
    for (const TruthTrack& t : shot.truth) seen.insert(t.person);
    for (std::size_t h = 0; h < shot.looks[0].heads.size(); ++h) {
      const Embedding& e = shot.looks[0].heads[h].embedding;
      if (e.empty()) continue;
      const int person = shot.person_of_head[0][h];
      const auto dot = [&](const Embedding& b) {
        double sum = 0;
        for (std::size_t i = 0; i < b.size(); ++i) sum += e[i] * b[i];
        return sum;
      };
      same += dot(world.identities[person]);
      other += dot(world.identities[(person + 1) % 6]);
      ++count;
    }
  }
  EXPECT_EQ(seen.size(), 6u);
  EXPECT_GT(same / count, 0.6);
  EXPECT_LT(std::abs(other / count), 0.2);
}

TEST(World, LeaversBeginANewTrackWhenTheyComeBack) {
  const World world =
      make_world({.people = 4, .frames_a_shot = 500, .movement = Movement::passing, .speed = 5});
  EXPECT_GT(world.shots[0].truth.size(), 4u);
  for (const TruthTrack& t : world.shots[0].truth)
    for (std::size_t i = 1; i < t.points.size(); ++i)
      EXPECT_EQ(t.points[i].frame, t.points[i - 1].frame + 1);
}

}  // namespace
}  // namespace dramatis
