#include "shots/cut_sides.h"

#include <gtest/gtest.h>

#include "shots/invented_film.h"
#include "shots/mosaic_math.h"

namespace dramatis {
namespace {

using test::InventedFilm;
using test::InventedShot;

TEST(CutSides, AreFarApartAtACutEvenBetweenFastPans) {
  InventedFilm film;
  film.show({4, 6, 2}, 20).show({5, -6, 1}, 20);
  const std::vector<FrameFeatures> features = film.features();
  const std::optional<CutSides> at_cut = sides_of_cut(features, 20);
  ASSERT_TRUE(at_cut);
  EXPECT_GT(at_cut->apart, 1.2f);
  EXPECT_GT(at_cut->unlike, 0.5f);
  for (const FrameNumber frame : {10, 30}) EXPECT_LT(sides_of_cut(features, frame)->apart, 0.8f);
}

TEST(CutSides, AreNearWhereAZoomBegins) {
  InventedFilm film;
  film.show({4}, 20).zoom({4}, 1, 3, 8).zoom({4}, 3, 3, 8);
  EXPECT_LT(sides_of_cut(film.features(), 20)->apart, 0.8f);
}

TEST(CutSides, AreNotToldOfTwoFrames) {
  InventedFilm film;
  film.show({4}, 20).show({5}, 20);
  const std::vector<FrameFeatures> features = film.features();
  EXPECT_FALSE(sides_of_cut(features, 2));
  EXPECT_TRUE(sides_of_cut(features, 3));
  EXPECT_TRUE(sides_of_cut(features, 37));
  EXPECT_FALSE(sides_of_cut(features, 38));
}

TEST(ButForZoom, AZoomLeavesLittleAndACutMuch) {
  for (unsigned seed = 1; seed < 9; ++seed) {
    InventedFilm film;
    film.show({seed}, 1).zoom({seed}, 1.25, 1.25, 1).show({seed + 20}, 1);
    const std::vector<FrameFeatures> features = film.features();
    const Mosaic &whole = features[0].mosaic, &closer = features[1].mosaic,
                 &other = features[2].mosaic;
    const float unlike = 1 - correlation(whole, closer);
    EXPECT_LT(unlikeness_but_for_zoom(whole, closer), 0.5f * unlike) << seed;
    EXPECT_LT(unlikeness_but_for_zoom(closer, whole), 0.5f * unlike) << seed;
    EXPECT_GT(unlikeness_but_for_zoom(whole, other), 0.18f) << seed;
    EXPECT_LE(unlikeness_but_for_zoom(whole, other), 1 - correlation(whole, other)) << seed;
  }
}

}  // namespace
}  // namespace dramatis
