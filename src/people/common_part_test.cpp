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

/// Two tracks of each person, one after the other; the faces of every second person are poor and
/// lean towards one blur.
struct HalfBlurred {
  Templates templates;
  Identities identities;
};

HalfBlurred half_blurred(int people, float lean, std::mt19937& random) {
  const Embedding blur = direction(random);
  HalfBlurred film;
  for (int i = 0; i < people; ++i) {
    const Embedding person = direction(random);
    const bool poor = i % 2 == 1;
    for (int track = 2 * i; track < 2 * i + 2; ++track) {
      const Embedding scatter = direction(random);
      Embedding face(kLength);
      float squares = 0;
      for (std::size_t k = 0; k < kLength; ++k) {
        face[k] = person[k] + 0.5f * scatter[k] + (poor ? lean * blur[k] : 0);
        squares += face[k] * face[k];
      }
      for (float& v : face) v /= std::sqrt(squares);
      film.templates.push_back(TrackTemplate{face, 1, false, poor ? 15.0 : 80.0});
      film.identities.cluster_of.push_back(i);
    }
    film.identities.members.push_back({2 * i, 2 * i + 1});
    film.identities.person_of.push_back(i);
  }
  return film;
}

/// Of the people of every second place from `first` on: with themselves and with each other.
struct Likeness {
  double same = 0, strangers = 0;
};

Likeness likeness(const Templates& templates, std::size_t first) {
  Likeness sum;
  int same = 0, strangers = 0;
  for (std::size_t i = 2 * first; i < templates.size(); i += 4) {
    sum.same += similarity(*templates[i], *templates[i + 1]), ++same;
    for (std::size_t j = 2 * first; j < i; j += 4)
      sum.strangers += similarity(*templates[i], *templates[j]), ++strangers;
  }
  return {sum.same / same, sum.strangers / strangers};
}

TEST(CommonPart, PoorFacesDoNotLookAlikeForBeingPoor) {
  std::mt19937 random(5);
  const HalfBlurred film = half_blurred(40, 0.9f, random);
  const Likeness before = likeness(film.templates, 1);
  const Templates clear =
      without_common_part(film.templates, film.identities, with_strangers_at(0));
  EXPECT_GT(before.strangers, 0.3);
  EXPECT_LT(likeness(clear, 1).strangers, 0.15);
  EXPECT_GT(likeness(clear, 1).same, 0.5);
}

TEST(CommonPart, GoodFacesAreLeftAsTheyAre) {
  std::mt19937 random(6);
  const HalfBlurred film = half_blurred(40, 0.9f, random);
  const Templates clear =
      without_common_part(film.templates, film.identities, with_strangers_at(0));
  EXPECT_NEAR(likeness(clear, 0).same, likeness(film.templates, 0).same, 0.01);
  EXPECT_NEAR(likeness(clear, 0).strangers, likeness(film.templates, 0).strangers, 0.01);
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
