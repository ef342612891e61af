#include "shots/cut_evidence.h"

#include <gtest/gtest.h>

#include "shots/invented_film.h"

namespace dramatis {
namespace {

using test::InventedFilm;

constexpr FrameNumber longest = 10, min_shot = 5;

TEST(EndsDisturbance, WhereSomethingCameSlowlyAndGoesAtOnce) {
  InventedFilm film;
  film.show({1}, 30).dissolve({1}, {2}, 7).show({1}, 30);
  const std::vector<FrameFeatures> features = film.features();
  EXPECT_TRUE(ends_disturbance(features, 37, longest, min_shot));
  EXPECT_FALSE(ends_disturbance(features, 33, longest, min_shot)) << "on the way";
  EXPECT_FALSE(ends_disturbance(features, 37, 3, min_shot)) << "longer than allowed";
}

TEST(EndsDisturbance, NotAtACutNorAfterAnInsert) {
  InventedFilm film;
  film.show({1}, 30).show({2}, 30).show({3}, 8).show({2}, 30);
  const std::vector<FrameFeatures> features = film.features();
  for (const FrameNumber cut : {30, 60, 68})
    EXPECT_FALSE(ends_disturbance(features, cut, longest, min_shot)) << cut;
}

}  // namespace
}  // namespace dramatis
