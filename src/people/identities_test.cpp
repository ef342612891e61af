#include "people/identities.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dramatis {
namespace {

/// Two tracks of different shots whose faces are this alike.
Templates two_faces(double similarity) {
  const auto beside = static_cast<float>(std::sqrt(1 - similarity * similarity));
  return {TrackTemplate{{1, 0}, 1}, TrackTemplate{{static_cast<float>(similarity), beside}, 1}};
}

bool are_joined(double log_odds, double people, double quality = 80, double other = 80) {
  const Calibration calibration;
  Templates templates = two_faces(calibration.similarity_at(log_odds));
  templates[0]->quality = quality;
  templates[1]->quality = other;
  const std::vector<TrackEvidence> tracks = {{.track = 1, .shot = 1}, {.track = 2, .shot = 2}};
  const Identities identities =
      identities_by_face(templates, constraints_of(tracks, {}), calibration, 1, people);
  return identities.cluster_of[0] == identities.cluster_of[1];
}

TEST(Identities, TheMorePeopleTheBetterTheOddsMustBe) {
  EXPECT_TRUE(are_joined(0.5, 0));
  EXPECT_TRUE(are_joined(0.5, 20));
  EXPECT_FALSE(are_joined(0.5, 60));
  EXPECT_TRUE(are_joined(2, 60));
  EXPECT_FALSE(are_joined(2, 600));
}

TEST(Identities, ASmallCastIsNoReasonToJoin) {
  EXPECT_FALSE(are_joined(-0.5, 2));
  EXPECT_FALSE(are_joined(-0.5, 20));
}

TEST(Identities, OfTwoPoorFacesTheOddsMustBeBetter) {
  EXPECT_TRUE(are_joined(0.5, 2, 12, 80));
  EXPECT_FALSE(are_joined(0.5, 2, 12, 12));
  EXPECT_TRUE(are_joined(2, 2, 12, 12));
}

TEST(Identities, OnlyPeopleWithAFaceAreCounted) {
  Templates templates = two_faces(0);
  templates.push_back(std::nullopt);
  templates.push_back(std::nullopt);
  const Identities identities{{0, 1, 1, 2}, {{0}, {1, 2}, {3}, {}}, {0, 1, 2, 3}};
  EXPECT_EQ(people_with_face(identities, templates), 2u);
}

}  // namespace
}  // namespace dramatis
