#include "project/analysis_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/failure.h"
#include "project/database.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using invented::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

bool equal(const Face& a, const Face& b) {
  return a.box == b.box && a.landmarks.points() == b.landmarks.points() && a.score == b.score;
}

bool equal(const Head& a, const Head& b) {
  return a.box == b.box && a.score == b.score && a.source == b.source &&
         a.face.has_value() == b.face.has_value() && (!a.face || equal(*a.face, *b.face)) &&
         a.colours == b.colours && a.face_quality == b.face_quality && a.embedding == b.embedding;
}

bool equal(const Look& a, const Look& b) {
  return a.frame == b.frame && a.sought_faces == b.sought_faces &&
         a.sought_bodies == b.sought_bodies &&
         std::equal(a.heads.begin(), a.heads.end(), b.heads.begin(), b.heads.end(),
                    [](const Head& x, const Head& y) { return equal(x, y); });
}

bool equal(const FrameFeatures& a, const FrameFeatures& b) {
  return a.hue_change == b.hue_change && a.saturation_change == b.saturation_change &&
         a.luma_change == b.luma_change && a.edge_change == b.edge_change &&
         a.brightness == b.brightness && a.colour_change == b.colour_change &&
         a.structure_change == b.structure_change &&
         a.histogram_correlation == b.histogram_correlation && a.hash_distance == b.hash_distance &&
         a.cut_probability == b.cut_probability &&
         a.transition_probability == b.transition_probability && a.shift_x == b.shift_x &&
         a.shift_y == b.shift_y && a.mosaic == b.mosaic;
}

bool equal(const StoredTrack& a, const StoredTrack& b) {
  const auto same_point = [](const TrackPoint& x, const TrackPoint& y) {
    return x.frame == y.frame && x.box == y.box && x.seen == y.seen && x.speed == y.speed;
  };
  const auto same_face = [](const FaceSighting& x, const FaceSighting& y) {
    return x.frame == y.frame && equal(x.face, y.face) && x.quality == y.quality &&
           x.embedding == y.embedding && x.clean == y.clean;
  };
  const Track& s = a.track;
  const Track& t = b.track;
  return a.id == b.id && a.shot == b.shot && a.best_face == b.best_face &&
         a.best_face_reason == b.best_face_reason && s.range == t.range && s.colours == t.colours &&
         s.score == t.score && s.is_picture == t.is_picture &&
         std::equal(s.points.begin(), s.points.end(), t.points.begin(), t.points.end(),
                    same_point) &&
         std::equal(s.faces.begin(), s.faces.end(), t.faces.begin(), t.faces.end(), same_face);
}

AnalysisStore new_store(const TemporaryFolder& folder) {
  return AnalysisStore::open_or_create(folder / AnalysisStore::file_name, invented::film());
}

struct Anything {
  template <typename T>
  operator T() const;  // NOLINT: converts to whatever a field is
};

/// How many fields a plain struct has.
template <typename T, typename... Fields>
constexpr int fields(Fields... known) {
  if constexpr (requires { T{known..., Anything{}}; }) {
    return fields<T>(known..., Anything{});
  } else {
    return sizeof...(known);
  }
}

// When one of these fails, a field was added: store it (a next version of its blob, or a column),
// add it to the comparisons above and to test_invented.cpp, and then correct the number.
TEST(AnalysisStore, KnowsEveryFieldThereIs) {
  EXPECT_EQ(fields<FilmInfo>(), 12);
  EXPECT_EQ(fields<FrameFeatures>(), 14);
  EXPECT_EQ(fields<Landmarks>(), 5);
  EXPECT_EQ(fields<Face>(), 3);
  EXPECT_EQ(fields<Head>(), 7);
  EXPECT_EQ(fields<Look>(), 4);
  EXPECT_EQ(fields<HeadPicture>(), 3);
  EXPECT_EQ(fields<FilmChunk>(), 6);
  EXPECT_EQ(fields<Shot>(), 4);
  EXPECT_EQ(fields<TrackPoint>(), 4);
  EXPECT_EQ(fields<FaceSighting>(), 5);
  EXPECT_EQ(fields<Track>(), 6);
  EXPECT_EQ(fields<StoredTrack>(), 5);
  EXPECT_EQ(fields<CastMember>(), 3);
  EXPECT_EQ(fields<Membership>(), 4);
  EXPECT_EQ(fields<PairRule>(), 5);
  EXPECT_EQ(fields<Question>(), 4);
  EXPECT_EQ(fields<Cast>(), 4);
}

TEST(AnalysisStore, KeepsTheFilm) {
  const TemporaryFolder folder;
  const FilmInfo film = new_store(folder).film();
  EXPECT_EQ(film.path, "invented.mkv");
  EXPECT_EQ(film.width, 1280);
  EXPECT_EQ(film.height, 720);
  EXPECT_EQ(film.frame_rate, Rational(24000, 1001));
  EXPECT_EQ(film.pixel_aspect, Rational(64, 45));
  EXPECT_EQ(film.time_base, Rational(1, 24000));
  EXPECT_EQ(film.rotation_degrees, 90);
  EXPECT_EQ(film.duration_s, 12.5);
  EXPECT_EQ(film.expected_frames, 300);
  EXPECT_EQ(film.codec, "invented");
  EXPECT_TRUE(film.has_sound);
  EXPECT_EQ(film.fingerprint, "film-a");
}

TEST(AnalysisStore, GivesBackChunksAsTheyWere) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  store.begin_film("look-1");
  std::vector<FilmChunk> chunks;
  for (int i = 0; i < 4; ++i) {
    chunks.push_back(invented::chunk(i));
    store.put_chunk(chunks.back());
  }
  store.finish_film({.end_stamp = 100 * 1001, .damaged_packets = 3, .cut_short = true});

  std::size_t seen = 1;
  store.for_each_chunk({30, 80}, {true, true, true}, [&](FilmChunk&& chunk) {
    const FilmChunk& truth = chunks.at(seen++);
    EXPECT_EQ(chunk.index, truth.index);
    EXPECT_EQ(chunk.range, truth.range);
    EXPECT_EQ(chunk.stamps, truth.stamps);
    ASSERT_EQ(chunk.features.size(), truth.features.size());
    for (std::size_t i = 0; i < truth.features.size(); ++i)
      EXPECT_TRUE(equal(chunk.features[i], truth.features[i]));
    ASSERT_EQ(chunk.looks.size(), truth.looks.size());
    for (std::size_t i = 0; i < truth.looks.size(); ++i)
      EXPECT_TRUE(equal(chunk.looks[i], truth.looks[i]));
    ASSERT_EQ(chunk.pictures.size(), 1u);
    EXPECT_EQ(chunk.pictures[0].frame, truth.pictures[0].frame);
    EXPECT_EQ(chunk.pictures[0].head_box, truth.pictures[0].head_box);
    EXPECT_EQ(chunk.pictures[0].jpeg, truth.pictures[0].jpeg);
  });
  EXPECT_EQ(seen, 4u);
  EXPECT_EQ(store.timeline().frames(), 100);
  EXPECT_EQ(store.timeline().time_of(100), Rational(100 * 1001, 24000));
  EXPECT_EQ(store.features().size(), 100u);
  EXPECT_EQ(store.film_end().damaged_packets, 3);
  EXPECT_TRUE(store.film_end().cut_short);
  EXPECT_EQ(store.looks({48, 53}).size(), 3u);  // 48, 50, 52: over the border of two chunks
}

TEST(AnalysisStore, GoesOnAtTheFirstMissingChunk) {
  const TemporaryFolder folder;
  {
    AnalysisStore store = new_store(folder);
    store.begin_film("look-1");
    for (const int i : {0, 1, 3}) store.put_chunk(invented::chunk(i));
  }
  AnalysisStore store(folder / AnalysisStore::file_name);
  EXPECT_FALSE(store.finished_stage(stage::film));
  store.begin_film("look-1");
  EXPECT_EQ(store.next_missing_chunk(), 2);
  EXPECT_EQ(store.stamps_so_far().size(), 50u);
  EXPECT_THROW(store.finish_film({}), std::logic_error);
  store.put_chunk(invented::chunk(2));
  EXPECT_EQ(store.next_missing_chunk(), 4);
  store.finish_film({.end_stamp = 100 * 1001});
  EXPECT_EQ(store.finished_stage(stage::film), "look-1");
}

TEST(AnalysisStore, KeepsTheOldLookUntilTheNewIsFinished) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  store.begin_film("look-1");
  store.put_chunk(invented::chunk(0, 25, 3));
  store.finish_film({.end_stamp = 25 * 1001});

  store.begin_film("look-2");
  EXPECT_EQ(store.next_missing_chunk(), 0);
  store.put_chunk(invented::chunk(0, 25, 1));
  EXPECT_EQ(store.looks({0, 25}).at(0).heads.size(), 3u);
  EXPECT_EQ(store.finished_stage(stage::film), "look-1");
  store.finish_film({.end_stamp = 25 * 1001});
  EXPECT_EQ(store.looks({0, 25}).at(0).heads.size(), 1u);
  EXPECT_EQ(store.finished_stage(stage::film), "look-2");
}

TEST(AnalysisStore, GivesBackShotsTracksAndCast) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  const std::vector<Shot> shots = invented::shots(2, 50);
  store.replace_shots(shots, "shots-1");
  const std::vector<StoredTrack> tracks{invented::track(1, 1, {0, 40}, 0),
                                        invented::track(2, 1, {5, 50}, 1),
                                        invented::track(4, 2, {50, 90}, 2)};
  store.replace_tracks(tracks, "tracks-1");
  StoredCast cast;
  cast.cast.people = {{{1, 4}, PersonKind::character, 3.5}, {{2}, PersonKind::picture, 1.5}};
  cast.cast.memberships = {{1, 0, 0.9f, MembershipBasis::face},
                           {2, 1, 1.0f, MembershipBasis::alone},
                           {4, 0, 0.7f, MembershipBasis::surroundings}};
  cast.cast.cannot_links = {{1, 2, PairRuleKind::different, "both in the picture", 17},
                            {2, 4, PairRuleKind::may_be_same, "", std::nullopt}};
  cast.cast.questions = {{2, 4, 0.4f, 1.25}};
  cast.person_ids = {7, 3};
  cast.decisions_up_to = 11;
  store.replace_cast(cast, "people-1");

  ASSERT_EQ(store.shots().size(), 2u);
  EXPECT_EQ(store.shots()[1].range, shots[1].range);
  EXPECT_EQ(store.shots()[0].begins_with, TransitionKind::start_of_film);
  const auto stored = store.tracks(true);
  ASSERT_EQ(stored.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_TRUE(equal(stored[i], tracks[i])) << i;
  EXPECT_TRUE(store.tracks()[0].track.faces.at(0).embedding.empty());
  ASSERT_EQ(store.tracks_of_shot(2).size(), 1u);
  EXPECT_EQ(store.tracks_of_shot(2)[0].id, 4);

  const StoredCast back = store.cast().value();
  EXPECT_THAT(back.person_ids, ElementsAre(7, 3));
  EXPECT_EQ(back.decisions_up_to, 11);
  EXPECT_THAT(back.cast.people.at(0).tracks, ElementsAre(1, 4));
  EXPECT_EQ(back.cast.people.at(1).kind, PersonKind::picture);
  EXPECT_EQ(back.cast.people.at(0).seconds, 3.5);
  EXPECT_EQ(back.cast.memberships.at(2).track, 4);
  EXPECT_EQ(back.cast.memberships.at(2).confidence, 0.7f);
  EXPECT_EQ(back.cast.memberships.at(2).basis, MembershipBasis::surroundings);
  EXPECT_EQ(back.cast.cannot_links.at(0).reason, "both in the picture");
  EXPECT_EQ(back.cast.cannot_links.at(0).frame, 17);
  EXPECT_EQ(back.cast.cannot_links.at(1).frame, std::nullopt);
  EXPECT_EQ(back.cast.cannot_links.at(1).kind, PairRuleKind::may_be_same);
  EXPECT_EQ(back.cast.questions.at(0).seconds_at_stake, 1.25);
}

TEST(AnalysisStore, ReplacingAStageDropsWhatCameAfterIt) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  store.replace_shots(invented::shots(1, 50), "shots-1");
  store.replace_tracks({invented::track(1, 1, {0, 40}, 0)}, "tracks-1");
  StoredCast cast;
  cast.cast.people = {{{1}}};
  cast.cast.memberships = {{1, 0}};
  cast.person_ids = {1};
  store.replace_cast(cast, "people-1");

  store.replace_tracks({invented::track(1, 1, {0, 30}, 0)}, "tracks-2");
  EXPECT_EQ(store.finished_stage(stage::shots), "shots-1");
  EXPECT_EQ(store.finished_stage(stage::tracks), "tracks-2");
  EXPECT_EQ(store.finished_stage(stage::people), std::nullopt);
  EXPECT_FALSE(store.cast());
}

TEST(AnalysisStore, StoresTogetherOrNotAtAll) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  store.replace_shots(invented::shots(1, 50), "shots-1");
  AnalysisStore reader(folder / AnalysisStore::file_name);
  EXPECT_THROW(store.whole([&] {
    store.replace_shots(invented::shots(2, 25), "shots-2");
    EXPECT_EQ(reader.shots().size(), 1u);
    throw std::runtime_error("a kill");
  }),
               std::runtime_error);
  EXPECT_EQ(store.shots().size(), 1u);
  EXPECT_EQ(store.finished_stage(stage::shots), "shots-1");
}

TEST(AnalysisStore, RemembersWherePersonsWere) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  const TrackAnchor one{{0, 10}, 0.4, {{3, {1, 2, 3, 4}}}};
  const TrackAnchor two{{20, 30}, 0.5, {{21, {5, 6, 7, 8}}, {25, {5, 6, 7, 9}}}};
  store.remember_persons({{{4, {one, two}}, {2, {two}}}, 9});
  const PersonTraces back = store.remembered_persons();
  EXPECT_EQ(back.highest_id, 9);
  ASSERT_EQ(back.persons.size(), 2u);
  EXPECT_EQ(back.persons[0].person, 4);
  EXPECT_THAT(back.persons[0].tracks, ElementsAre(one, two));
  EXPECT_THAT(back.persons[1].tracks, ElementsAre(two));
}

TEST(AnalysisStore, BringsAnOldFileUpToDate) {
  const TemporaryFolder folder;
  const std::string path = folder / AnalysisStore::file_name;
  {
    new_store(folder);
    const Database database(path, Durability::program_killed);  // as version 1 left it
    database.execute("ALTER TABLE cannot_links DROP COLUMN frame");
    database.execute("INSERT INTO \"cast\" VALUES (1, 0)");
    database.execute("INSERT INTO cannot_links VALUES (0, 1, 2, 1, 'both in the picture')");
    database.execute("PRAGMA user_version=1");
  }
  const StoredCast cast = AnalysisStore(path).cast().value();
  ASSERT_EQ(cast.cast.cannot_links.size(), 1u);
  EXPECT_EQ(cast.cast.cannot_links[0].reason, "both in the picture");
  EXPECT_EQ(cast.cast.cannot_links[0].frame, std::nullopt);
  EXPECT_EQ(Database(path, Durability::program_killed).number("PRAGMA user_version"), 2);
}

TEST(AnalysisStore, RefusesKindsThatThereAreNot) {
  const TemporaryFolder folder;
  AnalysisStore store = new_store(folder);
  store.replace_shots(invented::shots(1, 50), "shots-1");
  Database(folder / AnalysisStore::file_name, Durability::program_killed)
      .execute("UPDATE shots SET begins_with = 77");
  EXPECT_THROW(store.shots(), Failure);
}

TEST(AnalysisStore, FindsAFlippedBitInWhatItReads) {
  const TemporaryFolder folder;
  const std::string path = folder / AnalysisStore::file_name;
  {
    AnalysisStore store = new_store(folder);
    store.replace_shots(invented::shots(1, 50), "shots-1");
    store.replace_tracks({invented::track(1, 1, {0, 40}, 0)}, "tracks-1");
  }
  std::string bytes;
  {
    std::ifstream in(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  const float x = 10 + 0.25f * 17;  // the box of frame 17
  const std::size_t place = bytes.find(std::string(reinterpret_cast<const char*>(&x), 4));
  ASSERT_NE(place, std::string::npos);
  bytes[place] ^= 1;
  std::ofstream(path, std::ios::binary) << bytes;
  AnalysisStore store(path);
  try {
    store.tracks();
    FAIL() << "a damaged track was read";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::project);
    EXPECT_THAT(failure.what(), HasSubstr("analysis.sqlite: the file is damaged"));
  }
}

}  // namespace
}  // namespace dramatis
