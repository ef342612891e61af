#include "people/common_part.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace dramatis {
namespace {

constexpr std::size_t kLength = 64;

Embedding direction(std::mt19937& random) {
  std::normal_distribution<float> normal(0, 1);
  Embedding vector(kLength);
  float squares = 0;
  for (float& v : vector) v = normal(random), squares += v * v;
  for (float& v : vector) v /= std::sqrt(squares);
  return vector;
}

/// One track of each person; all lean towards `fog` as if seen through it.
Templates people_in_fog(int people, float thickness, std::mt19937& random) {
  const Embedding fog = direction(random);
  Templates templates;
  for (int i = 0; i < people; ++i) {
    Embedding face = direction(random);
    float squares = 0;
    for (std::size_t k = 0; k < kLength; ++k) {
      face[k] += thickness * fog[k];
      squares += face[k] * face[k];
    }
    for (float& v : face) v /= std::sqrt(squares);
    templates.push_back(TrackTemplate{face, 1});
  }
  return templates;
}

Identities all_alone(std::size_t tracks) {
  Identities identities;
  for (std::size_t i = 0; i < tracks; ++i) {
    identities.cluster_of.push_back(static_cast<int>(i));
    identities.members.push_back({static_cast<int>(i)});
    identities.person_of.push_back(static_cast<int>(i));
  }
  return identities;
}

double mean_similarity(const Templates& templates) {
  double sum = 0;
  int pairs = 0;
  for (std::size_t i = 0; i < templates.size(); ++i)
    for (std::size_t j = 0; j < i; ++j, ++pairs) sum += similarity(*templates[i], *templates[j]);
  return sum / pairs;
}

Calibration with_strangers_at(double similarity) {
  Calibration calibration;
  calibration.different_mean = similarity;
  return calibration;
}

TEST(CommonPart, StrangersInFogBecomeStrangersAgain) {
  std::mt19937 random(1);
  const Templates templates = people_in_fog(60, 1, random);
  const double before = mean_similarity(templates);
  const Templates clear = without_common_part(templates, all_alone(60), with_strangers_at(before));
  EXPECT_GT(before, 0.4);
  EXPECT_LT(mean_similarity(clear), 0.2);
  for (const auto& one : clear) EXPECT_NEAR(similarity(*one, *one), 1, 1e-4);
}

TEST(CommonPart, ThreePeopleHaveNothingInCommonThatIsKnown) {
  std::mt19937 random(2);
  const Templates templates = people_in_fog(3, 1, random);
  const Templates same = without_common_part(templates, all_alone(3), with_strangers_at(0.5));
  for (std::size_t i = 0; i < templates.size(); ++i)
    EXPECT_EQ(same[i]->vector, templates[i]->vector);
}

TEST(CommonPart, StrangersWhoAreUnlikeKeepTheirFaces) {
  std::mt19937 random(3);
  const Templates templates = people_in_fog(60, 1, random);
  const Templates same = without_common_part(templates, all_alone(60), with_strangers_at(-0.1));
  EXPECT_EQ(same[0]->vector, templates[0]->vector);
}

TEST(CommonPart, TracksWithoutAFaceStayWithout) {
  std::mt19937 random(4);
  Templates templates = people_in_fog(20, 1, random);
  templates[5].reset();
  const Templates clear = without_common_part(templates, all_alone(20), with_strangers_at(0.5));
  EXPECT_FALSE(clear[5].has_value());
  EXPECT_TRUE(clear[6].has_value());
}

}  // namespace
}  // namespace dramatis
