#include "shots/shot_formats.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace dramatis {
namespace {

using Json = nlohmann::json;

class ShotFormats : public testing::Test {
 protected:
  ShotFormats() {
    film_.path = "films/a \"b\".mp4";
    film_.width = 1280;
    film_.height = 720;
    film_.frame_rate = Rational(24000, 1001);
    std::vector<std::int64_t> stamps;
    for (int i = 0; i < 100; ++i) stamps.push_back(500 + 1001 * i);
    timeline_ = Timeline(Rational(1, 24000), stamps, 500 + 1001 * 100);
  }
  FilmInfo film_;
  Timeline timeline_;
  std::vector<Shot> shots_{{{0, 24}, TransitionKind::start_of_film, 0, 24},
                           {{24, 61}, TransitionKind::cut, 25, 55},
                           {{61, 100}, TransitionKind::dissolve, 67, 100}};
};

TEST_F(ShotFormats, Csv) {
  EXPECT_EQ(shots_as_csv(shots_, timeline_),
            "shot,start_frame,end_frame,start_s,end_s\n"
            "1,0,24,0.000000,1.001000\n"
            "2,24,61,1.001000,2.544208\n"
            "3,61,100,2.544208,4.170833\n");
  EXPECT_EQ(shots_as_csv({}, Timeline()), "shot,start_frame,end_frame,start_s,end_s\n");
}

TEST_F(ShotFormats, Json) {
  const Json json = Json::parse(shots_as_json(shots_, timeline_, film_));
  EXPECT_EQ(json["format"], "dramatis/1");
  EXPECT_EQ(json["film"]["path"], film_.path);
  EXPECT_EQ(json["film"]["frame_rate"], "24000/1001");
  EXPECT_EQ(json["film"]["frames"], 100);
  EXPECT_NEAR(json["film"]["duration_s"].get<double>(), 100 * 1001 / 24000.0, 1e-9);
  ASSERT_EQ(json["shots"].size(), 3u);
  EXPECT_EQ(json["shots"][2]["id"], 3);
  EXPECT_EQ(json["shots"][2]["start_frame"], 61);
  EXPECT_EQ(json["shots"][2]["end_frame"], 100);
  EXPECT_EQ(json["shots"][2]["begins_with"], "dissolve");
  EXPECT_EQ(json["shots"][2]["clean_start_frame"], 67);
  EXPECT_EQ(json["shots"][1]["clean_end_frame"], 55);
}

TEST_F(ShotFormats, EdlCountsFramesAtTheNearestWholeRate) {
  EXPECT_EQ(shots_as_edl(shots_, film_),
            "TITLE: a \"b\".mp4\n"
            "FCM: NON-DROP FRAME\n"
            "\n"
            "001  AX       V     C        00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n"
            "* FROM CLIP NAME: a \"b\".mp4\n"
            "002  AX       V     C        00:00:01:00 00:00:02:13 00:00:01:00 00:00:02:13\n"
            "* FROM CLIP NAME: a \"b\".mp4\n"
            "003  AX       V     C        00:00:02:13 00:00:04:04 00:00:02:13 00:00:04:04\n"
            "* FROM CLIP NAME: a \"b\".mp4\n");
}

TEST_F(ShotFormats, AFilmsNameCannotBreakTheLinesOfAnEdl) {
  film_.path = "x\n002  AX";
  EXPECT_EQ(shots_as_edl({}, film_), "TITLE: x 002  AX\nFCM: NON-DROP FRAME\n\n");
}

TEST_F(ShotFormats, Otio) {
  const Json json = Json::parse(shots_as_otio(shots_, film_));
  EXPECT_EQ(json["OTIO_SCHEMA"], "Timeline.1");
  const Json& clips = json["tracks"]["children"][0]["children"];
  ASSERT_EQ(clips.size(), 3u);
  EXPECT_EQ(clips[1]["source_range"]["start_time"]["value"], 24);
  EXPECT_EQ(clips[1]["source_range"]["duration"]["value"], 37);
  EXPECT_NEAR(clips[1]["source_range"]["duration"]["rate"].get<double>(), 24000 / 1001.0, 1e-9);
  EXPECT_EQ(clips[2]["metadata"]["dramatis"]["begins_with"], "dissolve");
  EXPECT_EQ(clips[0]["media_reference"]["target_url"], film_.path);
  EXPECT_EQ(clips[0]["media_reference"]["available_range"]["duration"]["value"], 100);
}

TEST_F(ShotFormats, PathsThatAreNoUtf8AreWrittenAllTheSame) {
  film_.path = "caf\xe9.mp4";
  EXPECT_NO_THROW(Json::parse(shots_as_json(shots_, timeline_, film_)));
  EXPECT_NO_THROW(Json::parse(shots_as_otio(shots_, film_)));
}

TEST_F(ShotFormats, StatsHaveALineAFrame) {
  std::vector<FrameFeatures> features(4);
  features[2].hue_change = 30;
  features[2].edge_change = 12;
  const std::string csv = stats_as_csv(features, timeline_, {});
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 5);
  EXPECT_EQ(csv.substr(0, csv.find(',')), "Frame Number");
  EXPECT_NE(csv.find("\n2,0:00:00.083,"), std::string::npos);
  EXPECT_NE(csv.find(",10.0000,12.0000,30.0000,0.0000,"), std::string::npos);
}

TEST(ShotFormatNames, AreKnown) {
  EXPECT_EQ(shot_format_named("edl"), ShotFormat::edl);
  EXPECT_FALSE(shot_format_named("xml"));
}

}  // namespace
}  // namespace dramatis
