#include "people/portraits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace dramatis {
namespace {

constexpr int kLength = 128;

Embedding unit(Embedding vector) {
  double squares = 0;
  for (const float v : vector) squares += static_cast<double>(v) * v;
  for (float& v : vector) v = static_cast<float>(v / std::sqrt(squares));
  return vector;
}

/// Faces of one person share a direction; `alike` is the cosine between two of them.
class World {
 public:
  explicit World(int people) {
    for (int i = 0; i < people; ++i) directions_.push_back(random());
  }
  Embedding face(int person, double alike) {
    const Embedding noise = random();
    Embedding face(kLength);
    for (std::size_t k = 0; k < face.size(); ++k)
      face[k] =
          static_cast<float>(std::sqrt(alike) * directions_[static_cast<std::size_t>(person)][k] +
                             std::sqrt(1 - alike) * noise[k]);
    return unit(face);
  }
  Embedding random() {
    Embedding vector(kLength);
    for (float& v : vector) v = normal_(engine_);
    return unit(vector);
  }

 private:
  std::mt19937 engine_{7};
  std::normal_distribution<float> normal_{0, 1};
  std::vector<Embedding> directions_;
};

/// Person p has the tracks 10 p + 1 to 10 p + 5, in shots of their own.
struct Film {
  std::vector<TrackEvidence> tracks;
  std::vector<PortraitSitter> sitters;
};

Film film_of(World& world, int people) {
  Film film;
  for (int person = 0; person < people; ++person) {
    PortraitSitter sitter{person + 1, {}};
    for (int i = 1; i <= 5; ++i) {
      const int id = 10 * person + i;
      TrackEvidence track{.track = id, .shot = id, .range = {0, 25}, .seconds = 1};
      for (int face = 0; face < 4; ++face)
        track.faces.push_back({face, 80, world.face(person, 0.7)});
      film.tracks.push_back(track);
      sitter.tracks.push_back(id);
    }
    film.sitters.push_back(sitter);
  }
  return film;
}

auto is(int person, const std::string& name) {
  return ::testing::AllOf(::testing::Field(&NameSuggestion::person, person),
                          ::testing::Field(&NameSuggestion::name, name));
}

TEST(Portraits, SuggestWhoLooksLikeThem) {
  World world(6);
  const Film film = film_of(world, 5);
  const PortraitJudge judge(film.tracks, {});
  const std::vector<Portrait> portraits{{"Anna", world.face(2, 0.6)}, {"Ben", world.face(0, 0.6)}};
  EXPECT_THAT(judge.suggestions(portraits, film.sitters),
              ::testing::UnorderedElementsAre(is(3, "Anna"), is(1, "Ben")));
}

TEST(Portraits, OfNobodyInTheFilmSuggestNobody) {
  World world(40);
  const Film film = film_of(world, 10);
  const PortraitJudge judge(film.tracks, {});
  std::vector<Portrait> strangers;
  for (int i = 10; i < 40; ++i)
    strangers.push_back({"Stranger " + std::to_string(i), world.face(i, 0.6)});
  EXPECT_THAT(judge.suggestions(strangers, film.sitters), ::testing::IsEmpty());
}

TEST(Portraits, TwoThatLookLikeOnePersonSuggestNeither) {
  World world(4);
  const Film film = film_of(world, 4);
  const PortraitJudge judge(film.tracks, {});
  const Embedding face = world.face(1, 0.6);
  EXPECT_THAT(
      judge.suggestions(std::vector<Portrait>{{"Anna", face}, {"Her twin", face}}, film.sitters),
      ::testing::IsEmpty());
}

TEST(Portraits, OnePersonSplitInTwoIsSuggestedToNeither) {
  World world(4);
  Film film = film_of(world, 4);
  film.sitters.push_back({9, {film.sitters[1].tracks.back()}});
  film.sitters[1].tracks.pop_back();
  const PortraitJudge judge(film.tracks, {});
  for (const auto& one :
       judge.suggestions(std::vector<Portrait>{{"Anna", world.face(1, 0.7)}}, film.sitters))
    EXPECT_LT(one.probability, 0.7);
}

TEST(Portraits, OfAnotherNetworkSayNothing) {
  World world(3);
  const Film film = film_of(world, 3);
  const PortraitJudge judge(film.tracks, {});
  EXPECT_THAT(
      judge.suggestions(std::vector<Portrait>{{"Anna", Embedding(64, 0.125f)}}, film.sitters),
      ::testing::IsEmpty());
}

TEST(Portraits, OfAFilmWithoutFacesSayNothing) {
  World world(1);
  const PortraitJudge judge(std::vector<TrackEvidence>{{.track = 1, .shot = 1, .range = {0, 9}}},
                            {});
  EXPECT_THAT(judge.suggestions(std::vector<Portrait>{{"Anna", world.face(0, 1)}},
                                std::vector<PortraitSitter>{{1, {1}}}),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace dramatis
