#include "shots/classic_detectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/failure.h"

// The same series were given to PySceneDetect 0.7.2; the cuts below are those it found.

namespace dramatis {
namespace {

using testing::ElementsAre;
using Cuts = std::vector<FrameNumber>;

/// One frame in twenty changes as at a cut, the others a little.
std::vector<FrameFeatures> restless_film(std::uint64_t seed) {
  std::vector<FrameFeatures> film(400);
  for (FrameFeatures& frame : film) {
    seed = (seed * 1103515245 + 12345) % (std::uint64_t{1} << 31);
    const auto value = (seed >> 16) % 1000;
    const float change = value < 50 ? 60.0f : 8.0f + static_cast<float>(value % 10);
    frame.hue_change = frame.saturation_change = frame.luma_change = change;
  }
  film[0] = {};
  return film;
}

std::vector<FrameFeatures> film_of_brightness() {
  std::vector<FrameFeatures> film(350);
  for (int i = 0; i < 350; ++i) {
    const float wave = 80.0f * static_cast<float>(std::abs(i % 90 - 45)) / 45;
    film[static_cast<std::size_t>(i)].brightness = i < 5     ? 3.0f
                                                   : i < 300 ? wave
                                                   : i < 330
                                                       ? 80.0f * static_cast<float>(330 - i) / 30
                                                       : 2.0f;
  }
  return film;
}

TEST(ContentDetector, MergesCloseCutsAsTheOriginal) {
  const auto film = restless_film(1);
  EXPECT_EQ(content_cuts(film, {}, 0), (Cuts{6, 26, 81, 91, 119, 133, 166, 175, 215, 217, 243, 245,
                                             269, 285, 321, 324, 347, 369, 388}));
  EXPECT_EQ(content_cuts(film, {}, 6),
            (Cuts{6, 26, 81, 91, 119, 133, 166, 175, 215, 245, 269, 285, 321, 347, 369, 388}));
  EXPECT_EQ(content_cuts(film, {}, 15),
            (Cuts{26, 81, 133, 166, 217, 243, 269, 285, 321, 347, 369, 388}));
  EXPECT_EQ(content_cuts(film, {}, 40), (Cuts{81}));
  EXPECT_EQ(content_cuts(restless_film(2), {}, 15),
            (Cuts{29, 56, 79, 106, 139, 189, 216, 282, 299, 329}));
  EXPECT_EQ(content_cuts(restless_film(2), {}, 40), (Cuts{189, 330, 377}));
}

TEST(ContentDetector, SuppressesCloseCutsAsTheOriginal) {
  ContentOptions options;
  options.filter_mode = CloseCuts::suppress;
  EXPECT_EQ(content_cuts(restless_film(1), options, 15),
            (Cuts{26, 81, 119, 166, 215, 243, 269, 285, 321, 347, 369, 388}));
  EXPECT_EQ(content_cuts(restless_film(2), options, 40), (Cuts{56, 106, 189, 273, 329, 377}));
}

TEST(AdaptiveDetector, DecidesAsTheOriginal) {
  EXPECT_EQ(adaptive_cuts(restless_film(1), {}, 0),
            (Cuts{6, 26, 81, 91, 119, 133, 166, 175, 269, 285, 321, 324, 347, 369, 388}));
  EXPECT_EQ(adaptive_cuts(restless_film(1), {}, 15),
            (Cuts{26, 81, 119, 166, 269, 285, 321, 347, 369, 388}));
  EXPECT_EQ(adaptive_cuts(restless_film(2), {}, 40), (Cuts{56, 106, 189, 273, 377}));
}

TEST(AdaptiveDetector, ACutInAStillPictureCountsInfinitely) {
  std::vector<FrameFeatures> film(11);
  film[5].hue_change = film[5].saturation_change = film[5].luma_change = 20;
  EXPECT_THAT(adaptive_cuts(film, {}, 0), ElementsAre(5));
  film[5].hue_change = film[5].saturation_change = film[5].luma_change = 14;
  EXPECT_THAT(adaptive_cuts(film, {}, 0), ElementsAre()) << "below min_content_val";
}

TEST(ThresholdDetector, PlacesTheCutByItsBias) {
  const auto film = film_of_brightness();
  ThresholdOptions options;
  EXPECT_THAT(threshold_cuts(film, options, 15, 2), ElementsAre(45, 135, 225, 326));
  options.fade_bias = -1;
  EXPECT_THAT(threshold_cuts(film, options, 15, 2), ElementsAre(39, 129, 219, 326));
  options.fade_bias = 0.5;
  EXPECT_THAT(threshold_cuts(film, options, 15, 2), ElementsAre(49, 139, 229, 326));
  options.add_last_scene = false;
  EXPECT_THAT(threshold_cuts(film, options, 15, 2), ElementsAre(49, 139, 229));
}

TEST(ThresholdDetector, CanWaitForWhite) {
  ThresholdOptions options;
  options.threshold = 60;
  options.method = FadeMethod::ceiling;
  options.add_last_scene = false;
  EXPECT_THAT(threshold_cuts(film_of_brightness(), options, 15, 2), ElementsAre(91, 181, 271, 304));
}

TEST(HistogramAndHashDetectors, CutAtTheirThresholdInclusive) {
  std::vector<FrameFeatures> film(60);
  film[20].histogram_correlation = 0.8f;
  film[30].histogram_correlation = 0.1f;
  film[50].histogram_correlation = 0.81f;
  EXPECT_THAT(histogram_cuts(film, {}, 15), ElementsAre(20)) << "30 is too close, 50 too alike";
  film[20].hash_distance = 0.34f;
  film[40].hash_distance = 0.36f;
  EXPECT_THAT(hash_cuts(film, {}, 15), ElementsAre(40));
}

TEST(ClassicDetectors, FindNothingInFilmsOfNoOrOneFrame) {
  for (const ShotDetector detector : all_shot_detectors) {
    if (detector == ShotDetector::transnetv2) continue;
    ShotOptions options;
    options.detector = detector;
    EXPECT_TRUE(detect_shots({}, options, Rational(25)).empty());
    const auto shots = detect_shots(std::vector<FrameFeatures>(1), options, Rational(25));
    ASSERT_EQ(shots.size(), 1u) << name_of(detector);
    EXPECT_EQ(shots[0].range, (FrameRange{0, 1}));
  }
}

TEST(ShotOptions, AskForWhatTheyNeed) {
  ShotOptions options;
  options.detector = ShotDetector::content;
  options.content.weights.edges = 1;
  EXPECT_THROW(detect_shots(std::vector<FrameFeatures>(3), options, Rational(25)), Failure);
  options.detector = ShotDetector::transnetv2;
  EXPECT_THROW(detect_shots(std::vector<FrameFeatures>(3), options, Rational(25)), Failure);
}

TEST(ShotOptions, CountTheMinimumLengthInFramesOrSeconds) {
  EXPECT_EQ(SceneLength{}.in_frames(Rational(24000, 1001)), 14)
      << "as PySceneDetect's command line rounds 0.6 s";
  EXPECT_EQ(SceneLength{}.in_frames(Rational(30)), 18);
  EXPECT_EQ((SceneLength{0.6, 40}.in_frames(Rational(30))), 40);
}

TEST(ShotDetectors, HaveNames) {
  for (const ShotDetector detector : all_shot_detectors)
    EXPECT_EQ(shot_detector_named(name_of(detector)), detector);
  EXPECT_EQ(shot_detector_named("auto"), ShotDetector::automatic);
  EXPECT_FALSE(shot_detector_named("guess"));
}

}  // namespace
}  // namespace dramatis
