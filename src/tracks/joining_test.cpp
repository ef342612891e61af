#include "tracks/joining.h"

#include <gtest/gtest.h>

#include <utility>

#include "synthetic/scripted.h"

namespace dramatis {
namespace {

/// Walks to the right, and cannot be seen in [from, to).
ScriptedPerson walker(float y, FrameNumber from, FrameNumber to, float px_a_frame = 3) {
  return {.centre = [=](FrameNumber f) -> std::optional<Point> {
    if (f >= from && f < to) return std::nullopt;
    return Point{100 + px_a_frame * static_cast<float>(f), y};
  }};
}

/// Each person's sightings, cut wherever they were not seen for longer than a look.
std::vector<Fragment> pieces(const ScriptedShot& scene, int people) {
  std::vector<Fragment> found;
  for (int person = 0; person < people; ++person) {
    Fragment piece;
    for (int look = 0; look < static_cast<int>(scene.looks.size()); ++look)
      for (int head = 0; head < static_cast<int>(scene.person_of_head[look].size()); ++head) {
        if (scene.person_of_head[look][head] != person) continue;
        if (!piece.empty() && look - piece.back().look > 1) {
          found.push_back(piece);
          piece.clear();
        }
        piece.push_back({look, head});
      }
    found.push_back(piece);
  }
  return found;
}

std::size_t joined(const ScriptedShot& scene, int people, const TrackingOptions& options = {}) {
  return join_fragments(SteadyShot(scene.shot), pieces(scene, people), options).size();
}

TEST(Joining, BridgesAGap) {
  for (const bool faces : {false, true}) {
    const ScriptedShot scene({walker(300, 60, 90)}, 150, 3, faces);
    EXPECT_EQ(pieces(scene, 1).size(), 2u);
    EXPECT_EQ(joined(scene, 1), 1u);
  }
}

TEST(Joining, BridgesNoGapLongerThanAllowed) {
  const ScriptedShot scene({walker(300, 60, 90)}, 150, 3, true);
  EXPECT_EQ(joined(scene, 1, {.max_gap_s = 1.0}), 2u);
}

TEST(Joining, GivesEachTheirOwn) {
  const ScriptedShot scene({walker(280, 60, 84), walker(420, 60, 84)}, 150, 3, false);
  const auto tracks = join_fragments(SteadyShot(scene.shot), pieces(scene, 2), {});
  ASSERT_EQ(tracks.size(), 2u);
  for (const Fragment& f : tracks)
    EXPECT_EQ(scene.person_of_head[f.front().look][f.front().head],
              scene.person_of_head[f.back().look][f.back().head]);
}

TEST(Joining, DoesNotJoinTwoFaces) {
  // One goes, and half a second later another is seen in the same place.
  const auto until = walker(300, 60, 150, 0), from = walker(300, 0, 72, 0);
  EXPECT_EQ(joined(ScriptedShot({until, from}, 150, 3, true), 2), 2u);
  EXPECT_EQ(joined(ScriptedShot({until, from}, 150, 3, false), 2), 1u);  // who could know
}

TEST(Joining, ALeaverWhoComesBackIsANewTrack) {
  // Out at the left side of the picture for a second.
  const ScriptedPerson leaver{.centre = [](FrameNumber f) -> std::optional<Point> {
    const float x = 100 - 4 * static_cast<float>(f <= 50 ? f : 100 - f);
    if (x < 10) return std::nullopt;
    return Point{x, 300};
  }};
  EXPECT_EQ(joined(ScriptedShot({leaver}, 100, 2, false), 1), 2u);
}

/// Stands, is unseen for a second, and then stands four heads from there.
ScriptedPerson jumper(float x) {
  return {.centre = [=](FrameNumber f) -> std::optional<Point> {
    if (f >= 60 && f < 84) return std::nullopt;
    return Point{x, f < 60 ? 300.0f : 620.0f};
  }};
}

TEST(Joining, NobodyVanishesInTheMiddleOfThePicture) {
  EXPECT_EQ(joined(ScriptedShot({jumper(640)}, 150, 3, false), 1), 1u);
  EXPECT_EQ(joined(ScriptedShot({jumper(1245)}, 150, 3, false), 1), 2u);
}

TEST(Joining, IsNotPutOffByStraySightingsAtTheEnd) {
  const ScriptedPerson stray{.centre = [](FrameNumber f) -> std::optional<Point> {
    if (f < 60 || f >= 66) return std::nullopt;
    return Point{420.0f + 30 * static_cast<float>(f - 60), 250};
  }};
  const ScriptedShot scene({walker(300, 60, 90, 5), stray}, 150, 3, false);
  auto fragments = pieces(scene, 2);
  ASSERT_EQ(fragments.size(), 3u);
  fragments[0].insert(fragments[0].end(), fragments[2].begin(), fragments[2].end());
  fragments.pop_back();
  EXPECT_EQ(join_fragments(SteadyShot(scene.shot), fragments, {}).size(), 1u);
}

TEST(Joining, PartsWhoLeftAndCameBackButNotWhoWasHidden) {
  const ScriptedPerson leaver{.centre = [](FrameNumber f) -> std::optional<Point> {
    const float x = 100 - 4 * static_cast<float>(f <= 50 ? f : 100 - f);
    if (x < 10) return std::nullopt;
    return Point{x, 300};
  }};
  for (const auto& [person, parts] : {std::pair{leaver, 2u}, {walker(300, 60, 90), 1u}}) {
    const ScriptedShot scene({person}, 150, 2, false);
    Fragment whole;
    for (const Fragment& piece : pieces(scene, 1))
      whole.insert(whole.end(), piece.begin(), piece.end());
    EXPECT_EQ(part_where_gone(SteadyShot(scene.shot), {whole}, {}).size(), parts);
  }
}

}  // namespace
}  // namespace dramatis
