#include "people/cast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "base/failure.h"

namespace dramatis {
namespace {

constexpr std::size_t kLength = 64;

/// An invented film: people with a direction each, seen by faces that scatter around it.
class InventedFilm {
 public:
  explicit InventedFilm(unsigned seed) : random_(seed) {}

  Embedding person() {
    Embedding direction = noise(1.0f);
    normalise(direction);
    return direction;
  }

  /// A track of `faces` faces. `scatter` is the length of the noise beside a face's direction of 1.
  TrackEvidence& track(int shot, FrameRange range, const Embedding& person, int faces = 5,
                       float scatter = 0.5f, float quality = 80) {
    TrackEvidence t{.track = static_cast<int>(tracks.size()) + 1, .shot = shot, .range = range};
    t.seconds = static_cast<double>(range.size()) / 25;
    const Embedding session = noise(scatter / 2);
    for (int i = 0; i < faces; ++i) {
      Embedding face = noise(scatter);
      for (std::size_t k = 0; k < kLength; ++k) face[k] += person[k] + session[k];
      normalise(face);
      t.faces.push_back({range.start + i, quality, face});
    }
    tracks.push_back(t);
    return tracks.back();
  }

  int number(unsigned below) { return static_cast<int>(random_() % below); }

  std::vector<TrackEvidence> tracks;

 private:
  Embedding noise(float length) {
    std::normal_distribution<float> normal(0, length / std::sqrt(static_cast<float>(kLength)));
    Embedding vector(kLength);
    for (float& v : vector) v = normal(random_);
    return vector;
  }
  static void normalise(Embedding& vector) {
    float squares = 0;
    for (float v : vector) squares += v * v;
    for (float& v : vector) v /= std::sqrt(squares);
  }

  std::mt19937 random_;
};

int person_of(const Cast& cast, int track) {
  for (const Membership& m : cast.memberships) {
    if (m.track == track) return m.person;
  }
  return -1;
}

bool together(const Cast& cast, int a, int b) { return person_of(cast, a) == person_of(cast, b); }

const Membership& membership(const Cast& cast, int track) {
  return *std::find_if(cast.memberships.begin(), cast.memberships.end(),
                       [&](const Membership& m) { return m.track == track; });
}

PairRule rule(int a, int b, PairRuleKind kind) { return {a, b, kind, "", {}}; }

/// What must hold of every cast.
void expect_sound(const Cast& cast, const std::vector<TrackEvidence>& tracks) {
  ASSERT_EQ(cast.memberships.size(), tracks.size());
  std::size_t listed = 0;
  for (std::size_t p = 0; p < cast.people.size(); ++p) {
    const CastMember& person = cast.people[p];
    EXPECT_TRUE(std::is_sorted(person.tracks.begin(), person.tracks.end()));
    if (p > 0) {
      EXPECT_GE(cast.people[p - 1].seconds, person.seconds);
    }
    for (int t : person.tracks) EXPECT_EQ(person_of(cast, t), static_cast<int>(p));
    listed += person.tracks.size();
  }
  EXPECT_EQ(listed, tracks.size());
  for (const Membership& m : cast.memberships) {
    EXPECT_GE(m.confidence, 0);
    EXPECT_LE(m.confidence, 1);
  }
}

TEST(FindCast, NobodyAndOneTrack) {
  EXPECT_TRUE(find_cast({}, {}, {}).people.empty());
  InventedFilm film(1);
  film.track(1, {0, 50}, film.person());
  const Cast cast = find_cast(film.tracks, {}, {});
  expect_sound(cast, film.tracks);
  EXPECT_EQ(membership(cast, 1).basis, MembershipBasis::alone);
}

PersonKind kind_of(const Cast& cast, int track) {
  return cast.people[static_cast<std::size_t>(person_of(cast, track))].kind;
}

TEST(FindCast, WeakFacesJoinWhomTheyFit) {
  InventedFilm film(11);
  const Embedding anna = film.person(), bob = film.person();
  film.track(1, {0, 50}, anna);
  film.track(2, {50, 100}, bob);
  film.track(3, {100, 150}, anna, 5, 0.7f, 15);
  film.track(4, {150, 200}, film.person(), 5, 0.7f, 15);
  const Cast cast = find_cast(film.tracks, {}, {.sure_face_quality = 25});
  expect_sound(cast, film.tracks);
  EXPECT_TRUE(together(cast, 1, 3));
  EXPECT_EQ(membership(cast, 3).basis, MembershipBasis::face);
  EXPECT_FALSE(together(cast, 2, 4));
}

TEST(FindCast, WeakFacesThatFitNobodyAreNobody) {
  InventedFilm film(12);
  const Embedding twice = film.person();
  film.track(1, {0, 50}, film.person());
  film.track(2, {50, 100}, film.person(), 5, 0.5f, 15);
  film.track(3, {100, 150}, twice, 5, 0.5f, 15);
  film.track(4, {150, 200}, twice, 5, 0.5f, 15);
  const Cast cast = find_cast(film.tracks, {}, {.sure_face_quality = 25});
  EXPECT_NE(kind_of(cast, 1), PersonKind::faceless);
  EXPECT_EQ(kind_of(cast, 2), PersonKind::faceless);
  EXPECT_TRUE(together(cast, 3, 4));
  EXPECT_NE(kind_of(cast, 3), PersonKind::faceless);
}

TEST(FindCast, WhereAFaceIsSureWeakOnesAreSilent) {
  InventedFilm film(13);
  const Embedding anna = film.person(), bob = film.person();
  film.track(1, {0, 50}, anna);
  film.track(2, {50, 100}, bob);
  film.track(3, {100, 150}, anna, 1, 0.3f, 80);
  const TrackEvidence wrong = film.track(4, {150, 200}, bob, 30, 0.3f, 20);
  film.tracks.pop_back();
  TrackEvidence& mixed = film.tracks.back();
  mixed.faces.insert(mixed.faces.end(), wrong.faces.begin(), wrong.faces.end());
  EXPECT_TRUE(together(find_cast(film.tracks, {}, {.sure_face_quality = 25}), 1, 3));
  EXPECT_FALSE(together(find_cast(film.tracks, {}, {}), 1, 3));
}

TEST(FindCast, OtherMethodsKeepToSureFaces) {
  InventedFilm film(14);
  const Embedding anna = film.person();
  film.track(1, {0, 50}, anna);
  film.track(2, {50, 100}, anna, 5, 0.3f, 15);
  for (const CastMethod method : {CastMethod::ducros2023, CastMethod::average}) {
    EXPECT_FALSE(
        together(find_cast(film.tracks, {}, {.method = method, .sure_face_quality = 25}), 1, 2));
    EXPECT_TRUE(together(find_cast(film.tracks, {}, {.method = method}), 1, 2));
  }
}

TEST(FindCast, FindsThePeopleOfAFilm) {
  InventedFilm film(2);
  std::vector<Embedding> people;
  for (int p = 0; p < 6; ++p) people.push_back(film.person());
  std::vector<int> truth;
  for (int shot = 1; shot <= 40; ++shot) {
    const int first = film.number(6), second = (first + 1 + film.number(5)) % 6;
    film.track(shot, {shot * 50, shot * 50 + 50}, people[static_cast<std::size_t>(first)]);
    film.track(shot, {shot * 50, shot * 50 + 40}, people[static_cast<std::size_t>(second)]);
    truth.insert(truth.end(), {first, second});
  }
  const Cast cast = find_cast(film.tracks, {}, {});
  expect_sound(cast, film.tracks);
  EXPECT_EQ(cast.people.size(), 6u);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_EQ(together(cast, static_cast<int>(i) + 1, static_cast<int>(j) + 1),
                truth[i] == truth[j]);
    }
  }
}

TEST(FindCast, NoThresholdIsNeededForAnotherEmbedding) {
  // As networks make them whose numbers are never negative: everybody is rather like everybody.
  InventedFilm film(3);
  std::vector<Embedding> people;
  for (int p = 0; p < 12; ++p) people.push_back(film.person());
  for (int shot = 1; shot <= 72; ++shot) {
    film.track(shot, {shot * 50, shot * 50 + 50}, people[static_cast<std::size_t>(shot % 12)], 3);
  }
  for (TrackEvidence& track : film.tracks) {
    for (FaceEvidence& face : track.faces) face.embedding.push_back(1.2f);
  }
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_EQ(cast.people.size(), 12u);
}

TEST(FindCast, WhoIsInOneFrameIsNotOnePerson) {
  InventedFilm film(4);
  const Embedding face = film.person();
  film.track(1, {0, 50}, face);
  film.track(1, {49, 90}, face);
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_FALSE(together(cast, 1, 2));
  ASSERT_EQ(cast.cannot_links.size(), 1u);
  EXPECT_EQ(cast.cannot_links[0].reason, "both in the picture at frame 49");
  EXPECT_EQ(cast.cannot_links[0].frame, 49);

  const std::vector<PairRule> released = {rule(1, 2, PairRuleKind::may_be_same)};
  const Cast mirror = find_cast(film.tracks, released, {});
  EXPECT_TRUE(together(mirror, 1, 2));
  EXPECT_TRUE(mirror.cannot_links.empty());
}

TEST(FindCast, OneShotMayShowSomebodyTwice) {
  InventedFilm film(5);
  const Embedding face = film.person();
  film.track(1, {0, 50}, face);
  film.track(1, {50, 90}, face);
  EXPECT_TRUE(together(find_cast(film.tracks, {}, {}), 1, 2));
}

TEST(FindCast, CannotLinksAreInherited) {
  // 1 and 2 are seen together; 3 looks like both, and can only be one of them.
  InventedFilm film(6);
  const Embedding face = film.person();
  film.track(1, {0, 50}, face);
  film.track(1, {0, 50}, face);
  film.track(2, {50, 90}, face);
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_EQ(cast.people.size(), 2u);
  EXPECT_NE(together(cast, 1, 3), together(cast, 2, 3));
}

TEST(FindCast, TheUserIsObeyed) {
  InventedFilm film(7);
  const Embedding anna = film.person(), ben = film.person();
  film.track(1, {0, 50}, anna);
  film.track(2, {50, 90}, anna);
  film.track(3, {90, 130}, ben);
  film.track(4, {130, 150}, ben);
  const std::vector<PairRule> rules = {rule(1, 2, PairRuleKind::different),
                                       rule(2, 3, PairRuleKind::same),
                                       rule(99, 1, PairRuleKind::same)};
  const Cast cast = find_cast(film.tracks, rules, {});
  expect_sound(cast, film.tracks);
  EXPECT_FALSE(together(cast, 1, 2));
  EXPECT_TRUE(together(cast, 2, 3));
  EXPECT_EQ(membership(cast, 2).basis, MembershipBasis::user);
}

TEST(FindCast, SameWinsOverTheFilm) {
  InventedFilm film(8);
  film.track(1, {0, 50}, film.person());
  film.track(1, {0, 50}, film.person());
  const std::vector<PairRule> rules = {rule(1, 2, PairRuleKind::same)};
  EXPECT_TRUE(together(find_cast(film.tracks, rules, {}), 1, 2));
}

TEST(FindCast, PicturesAreKeptApart) {
  InventedFilm film(9);
  const Embedding face = film.person();
  film.track(1, {0, 200}, face);
  film.track(2, {200, 260}, face).is_picture = true;
  film.track(3, {260, 300}, face).is_picture = true;
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_FALSE(together(cast, 1, 2));
  EXPECT_TRUE(together(cast, 2, 3));
  EXPECT_EQ(cast.people[static_cast<std::size_t>(person_of(cast, 2))].kind, PersonKind::picture);
  EXPECT_EQ(cast.people[static_cast<std::size_t>(person_of(cast, 1))].kind, PersonKind::character);
}

TEST(FindCast, WhoIsSeenForAMomentIsAnExtra) {
  InventedFilm film(10);
  film.track(1, {0, 200}, film.person());
  film.track(2, {200, 230}, film.person());
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_EQ(cast.people[0].kind, PersonKind::character);
  EXPECT_EQ(cast.people[1].kind, PersonKind::extra);
}

std::vector<float> colours(int hair, int clothes) {
  std::vector<float> bins(60, 0.0f);
  bins[static_cast<std::size_t>(hair)] = 1;
  bins[30 + static_cast<std::size_t>(clothes)] = 1;
  return bins;
}

/// Two people talk, shot by shot; in the third the first is seen from behind.
InventedFilm conversation() {
  InventedFilm film(11);
  const Embedding anna = film.person(), ben = film.person();
  const auto stand = [](TrackEvidence& t, Point place, const std::vector<float>& colour) {
    t.place = place;
    t.size = 0.3f;
    t.colours = colour;
  };
  stand(film.track(1, {0, 50}, anna), {0.3f, 0.4f}, colours(1, 2));
  stand(film.track(2, {50, 100}, ben), {0.7f, 0.4f}, colours(5, 9));
  stand(film.track(3, {100, 150}, anna, 0), {0.3f, 0.4f}, colours(1, 2));
  return film;
}

TEST(FindCast, AHeadFromBehindBelongsToWhoSatThere) {
  InventedFilm film = conversation();
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_TRUE(together(cast, 1, 3));
  EXPECT_EQ(membership(cast, 3).basis, MembershipBasis::surroundings);
  EXPECT_LT(membership(cast, 3).confidence, 1);
  EXPECT_GT(membership(cast, 3).confidence, 0.8);
}

TEST(FindCast, AHeadFromBehindStaysAloneWhenItCouldBeTwo) {
  InventedFilm film = conversation();
  film.tracks[1].colours = film.tracks[0].colours;
  film.tracks[1].place = film.tracks[0].place;
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_FALSE(together(cast, 1, 3));
  EXPECT_FALSE(together(cast, 2, 3));
}

TEST(FindCast, AHeadFromBehindIsNobodyOfAnotherScene) {
  InventedFilm film = conversation();
  film.tracks[2].range = {5000, 5050};
  film.tracks[2].shot = 100;
  const Cast cast = find_cast(film.tracks, {}, {});
  EXPECT_FALSE(together(cast, 1, 3));
  EXPECT_EQ(cast.people[static_cast<std::size_t>(person_of(cast, 3))].kind, PersonKind::faceless);
}

TEST(FindCast, HeadsFromBehindThatTheUserJoinedAreSomebody) {
  InventedFilm film(13);
  for (const int shot : {1, 2, 3})
    film.track(shot, {shot * 100, shot * 100 + 90}, film.person(), 0);
  const std::vector<PairRule> rules = {rule(1, 3, PairRuleKind::same)};
  const Cast cast = find_cast(film.tracks, rules, {});
  EXPECT_EQ(cast.people[static_cast<std::size_t>(person_of(cast, 1))].kind, PersonKind::character);
  EXPECT_EQ(cast.people[static_cast<std::size_t>(person_of(cast, 2))].kind, PersonKind::faceless);
}

TEST(FindCast, TheSameForAnyNumberOfThreadsAndEveryTime) {
  InventedFilm film(12);
  std::vector<Embedding> people;
  for (int p = 0; p < 8; ++p) people.push_back(film.person());
  for (int shot = 1; shot <= 150; ++shot) {
    film.track(shot, {shot * 50, shot * 50 + 50}, people[static_cast<std::size_t>(film.number(8))],
               3, 0.9f);
  }
  const Cast one = find_cast(film.tracks, {}, {.threads = 1});
  const Cast many = find_cast(film.tracks, {}, {.threads = 5});
  ASSERT_EQ(one.memberships.size(), many.memberships.size());
  for (std::size_t i = 0; i < one.memberships.size(); ++i) {
    EXPECT_EQ(one.memberships[i].person, many.memberships[i].person);
    EXPECT_EQ(one.memberships[i].confidence, many.memberships[i].confidence);
  }
  ASSERT_EQ(one.questions.size(), many.questions.size());
  for (std::size_t i = 0; i < one.questions.size(); ++i) {
    EXPECT_EQ(one.questions[i].track_a, many.questions[i].track_a);
  }
}

/// Whether clusters and people are the same partition.
bool is_right(const Cast& cast, const std::map<int, int>& truth) {
  std::map<int, std::set<int>> in_cluster, of_person;
  for (const auto& [track, person] : truth) {
    in_cluster[person_of(cast, track)].insert(person);
    of_person[person].insert(person_of(cast, track));
  }
  const auto one = [](const auto& entry) { return entry.second.size() == 1; };
  return std::all_of(in_cluster.begin(), in_cluster.end(), one) &&
         std::all_of(of_person.begin(), of_person.end(), one);
}

TEST(FindCast, AnswersLeadToTheTruth) {
  // Five people, each with two looks (with and without a beard) that are hardly alike.
  InventedFilm film(13);
  std::vector<Embedding> looks;
  for (int p = 0; p < 5; ++p) {
    const Embedding one = film.person(), other = film.person();
    looks.push_back(one);
    looks.push_back(other);
    for (std::size_t k = 0; k < kLength; ++k) looks.back()[k] = 0.45f * one[k] + 0.9f * other[k];
  }
  std::map<int, int> truth;
  for (int shot = 1; shot <= 50; ++shot) {
    const int look = shot % 10;
    truth[film.track(shot, {shot * 50, shot * 50 + 50}, looks[static_cast<std::size_t>(look)])
              .track] = look / 2;
  }
  std::vector<PairRule> answers;
  Cast cast = find_cast(film.tracks, answers, {});
  EXPECT_FALSE(is_right(cast, truth));
  while (!is_right(cast, truth) && answers.size() < 30) {
    ASSERT_FALSE(cast.questions.empty());
    const Question& q = cast.questions.front();
    const bool same = truth[q.track_a] == truth[q.track_b];
    answers.push_back(
        rule(q.track_a, q.track_b, same ? PairRuleKind::same : PairRuleKind::different));
    cast = find_cast(film.tracks, answers, {});
    for (const PairRule& a : answers) {
      ASSERT_EQ(together(cast, a.track_a, a.track_b), a.kind == PairRuleKind::same);
    }
  }
  EXPECT_TRUE(is_right(cast, truth));
  EXPECT_LE(answers.size(), 7u);  // five are the least
}

class OtherMethods : public testing::TestWithParam<CastMethod> {};

TEST_P(OtherMethods, FindThePeopleAndObey) {
  InventedFilm film(14);
  const Embedding anna = film.person(), ben = film.person();
  for (int shot = 1; shot <= 8; ++shot) {
    film.track(shot, {shot * 50, shot * 50 + 50}, shot % 2 ? anna : ben, 3, 0.4f);
  }
  film.track(9, {450, 500}, anna, 0);
  const Cast cast = find_cast(film.tracks, {}, {.method = GetParam()});
  expect_sound(cast, film.tracks);
  EXPECT_EQ(cast.people.size(), 3u);
  EXPECT_TRUE(together(cast, 1, 7));

  const std::vector<PairRule> rules = {rule(1, 3, PairRuleKind::different),
                                       rule(1, 9, PairRuleKind::same),
                                       rule(2, 4, PairRuleKind::same)};
  const Cast obeyed = find_cast(film.tracks, rules, {.method = GetParam()});
  expect_sound(obeyed, film.tracks);
  EXPECT_FALSE(together(obeyed, 1, 3));
  EXPECT_TRUE(together(obeyed, 1, 9));
  EXPECT_TRUE(together(obeyed, 2, 4));
}

INSTANTIATE_TEST_SUITE_P(Methods, OtherMethods,
                         testing::Values(CastMethod::ducros2023, CastMethod::average));

TEST(ClusterCalibrated, RowsOfOneShotAreNeverTheSame) {
  InventedFilm film(15);
  EmbeddingMatrix rows{0, kLength, {}};
  std::vector<int> shots;
  const Embedding anna = film.person(), ben = film.person();
  for (int i = 0; i < 10; ++i) {
    const Embedding face = film.track(i, {0, 1}, i % 2 ? anna : ben, 1, 0.4f).faces[0].embedding;
    rows.values.insert(rows.values.end(), face.begin(), face.end());
    shots.push_back(i == 9 ? 7 : i);  // 7 and 9 are the same person in one shot
    ++rows.rows;
  }
  const Clustering result = cluster_calibrated(rows, shots);
  EXPECT_EQ(result.clusters, 3);
  EXPECT_NE(result.cluster_of[7], result.cluster_of[9]);
  EXPECT_EQ(result.cluster_of[0], result.cluster_of[8]);
  EXPECT_THROW(cluster_calibrated(rows, std::vector<int>{1, 2}), Failure);
}

}  // namespace
}  // namespace dramatis
