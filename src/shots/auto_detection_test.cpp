#include "shots/auto_detection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shots/cut_evidence.h"
#include "shots/cut_sides.h"
#include "shots/invented_film.h"
#include "shots/shot_detection.h"

namespace dramatis {
namespace {

using test::InventedFilm;
using test::InventedShot;

const InventedShot still_a{1}, still_b{2}, still_c{3};
const InventedShot panned_a{4, 2.5, 0.5}, panned_b{5, -4, 1};

std::vector<Shot> shots_of(const InventedFilm& film) {
  return detect_shots(film.features(), ShotOptions{}, Rational(25));
}

std::vector<FrameNumber> starts_of(const InventedFilm& film) {
  std::vector<FrameNumber> starts;
  for (const Shot& shot : shots_of(film)) starts.push_back(shot.range.start);
  return starts;
}

TEST(AutoDetector, FindsEveryCutExactly) {
  InventedFilm film;
  std::vector<FrameNumber> truth;
  for (unsigned i = 0; i < 20; ++i) {
    truth.push_back(film.frames());
    film.show({10 + i, 0.7 * (i % 5), -0.4 * (i % 3)}, 8 + static_cast<int>(i * 7 % 23));
  }
  EXPECT_EQ(starts_of(film), truth);
  for (const Shot& shot : shots_of(film)) {
    EXPECT_EQ(shot.clean_start, shot.range.start);
    EXPECT_EQ(shot.clean_end, shot.range.end);
  }
}

TEST(AutoDetector, FindsCutsBetweenPlainColours) {
  InventedFilm film;
  film.blank(30, 50).blank(30, 120).blank(30, 190);
  EXPECT_THAT(starts_of(film), testing::ElementsAre(0, 30, 60));
}

TEST(AutoDetector, FindsCutsInTheDark) {
  InventedFilm film;
  film.show({1, 0, 0, 0.12}, 30).show({2, 1, 0, 0.12}, 30).show({3, 0, 0, 0.12}, 30);
  EXPECT_THAT(starts_of(film), testing::ElementsAre(0, 30, 60));
}

TEST(AutoDetector, ShotsCoverTheFilmWithoutGaps) {
  InventedFilm film;
  film.show(panned_a, 40)
      .dissolve(panned_a, still_b, 12)
      .show(still_b, 30)
      .fade_out(still_b, 10)
      .fade_in(still_c, 10);
  film.show(still_c, 30).show(panned_b, 30);
  const std::vector<Shot> shots = shots_of(film);
  FrameNumber expected = 0;
  for (const Shot& shot : shots) {
    EXPECT_EQ(shot.range.start, expected);
    EXPECT_LE(shot.range.start, shot.clean_start);
    EXPECT_LE(shot.clean_start, shot.clean_end);
    EXPECT_LE(shot.clean_end, shot.range.end);
    expected = shot.range.end;
  }
  EXPECT_EQ(expected, film.frames());
}

TEST(AutoDetector, FlashesAndWhatPassesBeforeTheLensAreNoCuts) {
  InventedFilm film;
  film.show(still_a, 30).flash(1, 90).show(still_a, 20).flash(2, 200).show(panned_b, 20);
  film.show(panned_b, 9).pass_before_lens(9).show(panned_b, 30);
  EXPECT_THAT(starts_of(film), testing::ElementsAre(0, 50));
}

TEST(AutoDetector, AFastPanIsNoCut) {
  InventedFilm film;
  film.show({7, 12, -4}, 60);
  EXPECT_THAT(starts_of(film), testing::ElementsAre(0));
}

TEST(AutoDetector, AShortInsertIsAShot) {
  InventedFilm film;
  film.show(still_a, 30).show(still_b, 8).show(still_a, 30);
  EXPECT_THAT(starts_of(film), testing::ElementsAre(0, 30, 38));
}

TEST(AutoDetector, ABlendedFrameBelongsToNeitherShot) {
  InventedFilm film;
  film.show(panned_a, 30).dissolve(panned_a, still_b, 1).show(still_b, 30);
  const std::vector<Shot> shots = shots_of(film);
  ASSERT_EQ(shots.size(), 2u);
  EXPECT_EQ(shots[0].clean_end, 30);
  EXPECT_EQ(shots[1].clean_start, 31);
  EXPECT_TRUE(shots[1].range.start == 30 || shots[1].range.start == 31);
}

struct GradualCase {
  int frames;
  InventedShot from, to;
};

class AutoDetectorDissolve : public testing::TestWithParam<GradualCase> {};

TEST_P(AutoDetectorDissolve, ComesOutAsARange) {
  const auto& [frames, from, to] = GetParam();
  InventedFilm film;
  film.show(from, 40).dissolve(from, to, frames).show(to, 40);
  const std::vector<Shot> shots = shots_of(film);
  ASSERT_EQ(shots.size(), 2u);
  EXPECT_EQ(shots[1].begins_with, TransitionKind::dissolve);
  EXPECT_NEAR(static_cast<double>(shots[0].clean_end), 40, 2 + frames / 8);
  EXPECT_NEAR(static_cast<double>(shots[1].clean_start), 40 + frames, 2 + frames / 8);
  EXPECT_NEAR(static_cast<double>(shots[1].range.start), 40 + frames / 2.0, 2 + frames / 8);
}

INSTANTIATE_TEST_SUITE_P(Lengths, AutoDetectorDissolve,
                         testing::Values(GradualCase{6, still_a, still_b},
                                         GradualCase{12, still_b, still_c},
                                         GradualCase{25, still_c, still_a},
                                         GradualCase{60, still_a, still_c},
                                         GradualCase{16, {6, 0.4, 0}, {8, 0, 0.3}}));

TEST(AutoDetector, AWipeComesOutAsARange) {
  InventedFilm film;
  film.show(still_a, 40).wipe(still_a, still_b, 16).show(still_b, 40);
  const std::vector<Shot> shots = shots_of(film);
  ASSERT_EQ(shots.size(), 2u);
  EXPECT_EQ(shots[1].begins_with, TransitionKind::wipe);
  EXPECT_NEAR(static_cast<double>(shots[0].clean_end), 40, 3);
  EXPECT_NEAR(static_cast<double>(shots[1].clean_start), 56, 3);
}

TEST(AutoDetector, AFadeThroughBlackOrWhiteComesOutAsARange) {
  for (const double grey : {0.0, 255.0}) {
    InventedFilm film;
    film.show(still_a, 40)
        .fade_out(still_a, 15, grey)
        .blank(6, grey)
        .fade_in(still_b, 15, grey)
        .show(still_b, 40);
    const std::vector<Shot> shots = shots_of(film);
    ASSERT_EQ(shots.size(), 2u) << grey;
    EXPECT_EQ(shots[1].begins_with, TransitionKind::fade);
    EXPECT_NEAR(static_cast<double>(shots[0].clean_end), 40, 2);
    EXPECT_NEAR(static_cast<double>(shots[1].range.start), 58, 3);
    EXPECT_NEAR(static_cast<double>(shots[1].clean_start), 76, 2);
  }
}

TEST(AutoDetector, AFadeWithAnAbruptSideBeginsThere) {
  InventedFilm film;
  film.show(still_a, 40)
      .fade_out(still_a, 15)
      .blank(8)
      .show(still_b, 40)
      .blank(8)
      .fade_in(still_c, 15)
      .show(still_c, 40);
  const std::vector<Shot> shots = shots_of(film);
  ASSERT_EQ(shots.size(), 3u);
  EXPECT_NEAR(static_cast<double>(shots[0].clean_end), 40, 2);
  EXPECT_EQ(shots[1].range.start, 63);
  EXPECT_EQ(shots[1].clean_start, 63);
  EXPECT_EQ(shots[2].range.start, 103);
  EXPECT_NEAR(static_cast<double>(shots[2].clean_start), 126, 2);
}

TEST(AutoDetector, FadesAtTheFilmsEndsMakeNoShots) {
  InventedFilm film;
  film.blank(5).fade_in(still_a, 12).show(still_a, 40).fade_out(still_a, 12).blank(10);
  const std::vector<Shot> shots = shots_of(film);
  ASSERT_EQ(shots.size(), 1u);
  EXPECT_EQ(shots[0].begins_with, TransitionKind::start_of_film);
  EXPECT_NEAR(static_cast<double>(shots[0].clean_start), 17, 2);
  EXPECT_NEAR(static_cast<double>(shots[0].clean_end), 57, 2);
}

TEST(AutoDetector, AShotThatDipsToBlackGoesOn) {
  InventedFilm film;
  film.show(still_a, 40).fade_out(still_a, 8).blank(2).fade_in(still_a, 8).show(still_a, 40);
  EXPECT_THAT(starts_of(film), testing::ElementsAre(0));
}

TEST(AutoDetector, ABlackFrameAtACutIsCleanForNoShot) {
  InventedFilm film;
  film.show(still_a, 40).blank(1).show(still_b, 40);
  const std::vector<Shot> shots = shots_of(film);
  ASSERT_EQ(shots.size(), 2u);
  EXPECT_EQ(shots[0].clean_end, 40);
  EXPECT_EQ(shots[1].clean_start, 41);
}

TEST(AutoDetector, TwoSidesThatAreFarApartDecideADoubtfulCut) {
  InventedFilm cut, one_shot;
  cut.show(still_a, 40).show(panned_b, 60);
  one_shot.show(still_a, 100);
  std::vector<FrameFeatures> doubtful = cut.features(), still = one_shot.features();
  doubtful[40].structure_change = 0.06f;  // as sudden as before, but hardly unlike
  still[40].structure_change = doubtful[40].structure_change;
  still[40].colour_change = doubtful[40].colour_change;
  EXPECT_EQ(detect_shots(doubtful, ShotOptions{}, Rational(25)).size(), 2u);
  EXPECT_EQ(detect_shots(still, ShotOptions{}, Rational(25)).size(), 1u);
}

TEST(AutoDetector, ADoubtfulCutInAWipeBelongsToIt) {
  InventedFilm film;
  film.show(still_a, 40).wipe(still_a, still_b, 16).show(still_b, 40);
  std::vector<FrameFeatures> features = film.features();
  features.erase(features.begin() + 50, features.begin() + 54);  // it ends in a jump
  features[50].structure_change = 0.25f;
  features[50].colour_change = 15;
  const std::optional<CutSides> sides = sides_of_cut(features, 50);
  const float evidence = cut_evidence(features)[50];
  ASSERT_TRUE(evidence > 0.3f && evidence < 0.85f && sides->apart > 1.2f && sides->unlike > 0.5f)
      << "in doubt: " << evidence << ' ' << sides->apart << ' ' << sides->unlike;
  const std::vector<Shot> shots = detect_shots(features, ShotOptions{}, Rational(25));
  ASSERT_EQ(shots.size(), 2u);
  EXPECT_EQ(shots[1].begins_with, TransitionKind::wipe);
}

TEST(AutoDetector, AZoomIsNoCutButAJumpCloserIs) {
  InventedFilm zoom, jump;
  zoom.show(still_a, 30).zoom(still_a, 1, 3, 8).zoom(still_a, 3, 3, 30);
  jump.show(still_a, 30).zoom(still_a, 1.3, 1.3, 30);
  std::vector<FrameFeatures> zoomed = zoom.features(), jumped = jump.features();
  for (std::vector<FrameFeatures>* film : {&zoomed, &jumped}) {  // as in a picture of fine detail
    (*film)[30].structure_change = 0.5f;
    (*film)[30].colour_change = 40;
  }
  EXPECT_EQ(detect_shots(zoomed, ShotOptions{}, Rational(25)).size(), 1u);
  EXPECT_EQ(detect_shots(jumped, ShotOptions{}, Rational(25)).size(), 2u);
}

TEST(LearnedDetector, RunsOfProbabilityBecomeCutsAndRanges) {
  std::vector<FrameFeatures> film(200);
  for (FrameFeatures& frame : film) frame.cut_probability = frame.transition_probability = 0;
  film[59].cut_probability = 0.9f;
  film[59].transition_probability = 0.9f;
  film[125].cut_probability = film[126].cut_probability = 0.7f;
  for (std::size_t i = 118; i < 134; ++i) film[i].transition_probability = 0.8f;
  ShotOptions options;
  options.detector = ShotDetector::transnetv2;
  const std::vector<Shot> shots = detect_shots(film, options, Rational(25));
  ASSERT_EQ(shots.size(), 3u);
  EXPECT_EQ(shots[1].range.start, 60);
  EXPECT_EQ(shots[1].begins_with, TransitionKind::cut);
  EXPECT_EQ(shots[1].clean_end, 118);
  EXPECT_EQ(shots[2].begins_with, TransitionKind::dissolve);
  EXPECT_EQ(shots[2].range.start, 126);
  EXPECT_EQ(shots[2].clean_start, 134);
}

}  // namespace
}  // namespace dramatis
