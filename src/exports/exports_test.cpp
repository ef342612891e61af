#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "exports/csv.h"
#include "exports/export.h"
#include "exports/json.h"
#include "project/cast_editor.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ExportsTest : public testing::Test {
 protected:
  ExportsTest() {
    editor_.apply([](const Snapshot& s) { return plan_name(s, 1, "Anna, \"K\" <Ä>"); });
  }
  std::string exported(const std::string& format) {
    return export_format(format).write(editor_.snapshot());
  }
  void ignore(int person) {
    editor_.apply([&](const Snapshot& s) { return plan_ignore(s, {person}); });
  }

  invented::TemporaryFolder folder_;
  Project project_ = invented::finished_project(folder_ / "p");
  CastEditor editor_{project_};
};

TEST_F(ExportsTest, JsonHasWhatTheInterfacePromises) {
  const json all = json::parse(exported("json"));
  EXPECT_EQ(all["format"], "dramatis/1");
  const json& film = all["film"];
  EXPECT_EQ(film["path"], "invented.mkv");
  EXPECT_EQ(film["width"], 1280);
  EXPECT_EQ(film["height"], 720);
  EXPECT_EQ(film["frame_rate"], "24000/1001");
  EXPECT_EQ(film["frames"], 100);
  EXPECT_NEAR(film["duration_s"], 100 * 1001 / 24000.0, 1e-6);

  ASSERT_EQ(all["shots"].size(), 4u);
  EXPECT_EQ(all["shots"][1]["id"], 2);
  EXPECT_EQ(all["shots"][1]["start_frame"], 25);
  EXPECT_EQ(all["shots"][1]["end_frame"], 50);
  EXPECT_NEAR(all["shots"][1]["start_s"], 25 * 1001 / 24000.0, 1e-6);
  EXPECT_NEAR(all["shots"][1]["end_s"], 50 * 1001 / 24000.0, 1e-6);

  ASSERT_EQ(all["tracks"].size(), 7u);
  const json& track = all["tracks"][1];
  EXPECT_EQ(track["id"], 2);
  EXPECT_EQ(track["shot"], 1);
  EXPECT_EQ(track["person"], 2);
  EXPECT_EQ(track["start_frame"], 10);
  EXPECT_EQ(track["end_frame"], 25);
  ASSERT_EQ(track["heads"].size(), 15u) << "one for each frame";
  EXPECT_EQ(track["heads"][3]["frame"], 13);
  EXPECT_EQ(track["heads"][3]["box"], json({130.75, 100, 80, 100}));
  EXPECT_EQ(track["best_face"]["frame"], 10);
  EXPECT_EQ(track["best_face"]["box"].size(), 4u);
  EXPECT_GE(track["best_face"]["quality"], 0);
  EXPECT_LE(track["best_face"]["quality"], 100);

  ASSERT_EQ(all["people"].size(), 3u) << "a picture is nobody";
  EXPECT_EQ(all["people"][0]["id"], 1);
  EXPECT_EQ(all["people"][0]["name"], "Anna, \"K\" <Ä>");
  EXPECT_EQ(all["people"][0]["tracks"], json({1, 3, 6}));
  EXPECT_NEAR(all["people"][0]["screen_time_s"], 70 * 1001 / 24000.0, 1e-6);
  EXPECT_TRUE(all["people"][1]["name"].is_null());
  EXPECT_TRUE(all["people"][2]["extra"]) << "an extra is somebody";
}

TEST_F(ExportsTest, JsonKeepsPicturesAndIgnoredPersonsApart) {
  ignore(2);
  const json all = json::parse(exported("json"));
  EXPECT_EQ(all["people"].size(), 2u);
  EXPECT_TRUE(all["tracks"][6]["person"].is_null());
  EXPECT_TRUE(all["tracks"][6]["picture"]);
  EXPECT_TRUE(all["tracks"][1]["person"].is_null());
  EXPECT_TRUE(all["tracks"][1]["ignored"]);
  EXPECT_EQ(all["pictures"][0]["id"], 4);
  EXPECT_EQ(all["ignored"][0]["id"], 2);
}

TEST_F(ExportsTest, JsonKeepsHeadsThatNobodyKnowsApart) {
  StoredCast cast = project_.analysis().cast().value();
  cast.cast.people[3].kind = PersonKind::faceless;
  project_.analysis().replace_cast(cast, "people");
  const json all = json::parse(export_format("json").write(CastEditor(project_).snapshot()));
  EXPECT_EQ(all["people"].size(), 2u);
  EXPECT_TRUE(all["tracks"][3]["person"].is_null());
  EXPECT_EQ(all["faceless"][0]["id"], 3);
}

TEST_F(ExportsTest, EveryTrackOfAPersonNamesIt) {
  const json all = json::parse(exported("json"));
  std::map<int, json> person_of_track;
  for (const json& track : all["tracks"]) person_of_track[track["id"]] = track["person"];
  for (const json& person : all["people"])
    for (const json& track : person["tracks"]) EXPECT_EQ(person_of_track.at(track), person["id"]);
}

TEST_F(ExportsTest, TheSameProjectGivesTheSameBytes) {
  for (const ExportFormat& format : export_formats()) {
    Project again = Project::open(folder_ / "p");
    EXPECT_EQ(format.write(snapshot_of(again)), exported(format.name)) << format.name;
  }
}

TEST_F(ExportsTest, AnEmptyCastIsAResult) {
  project_.analysis().replace_tracks({}, "tracks-2");
  project_.analysis().replace_cast({}, "people-2");
  Snapshot nobody = snapshot_of(project_);
  for (const ExportFormat& format : export_formats())
    EXPECT_NO_THROW(format.write(nobody)) << format.name;
  EXPECT_EQ(export_format("srt").write(nobody), "");
  EXPECT_EQ(export_format("vtt").write(nobody), "WEBVTT\n");
  const json all = json::parse(json_export(nobody));
  EXPECT_EQ(all["people"], json::array());
  EXPECT_EQ(all["tracks"], json::array());
}

TEST_F(ExportsTest, CsvHasALineForEachTrack) {
  EXPECT_THAT(exported("csv"),
              StartsWith("track,shot,person,name,start_frame,end_frame,start_s,end_s,"
                         "best_face_frame\n"
                         "1,1,1,\"Anna, \"\"K\"\" <Ä>\",0,20,0.000000,0.834167,0\n"
                         "2,1,2,,10,25,"));
  EXPECT_THAT(exported("csv"), HasSubstr("\n7,4,,,75,100,")) << "a picture is nobody";
  EXPECT_THAT(exported("csv-people"), HasSubstr("\n3,,0.250250,1,1,1.251250,1.501500,1\n"));
}

TEST_F(ExportsTest, SubtitlesNameWhoIsThere) {
  EXPECT_THAT(
      exported("vtt"),
      StartsWith("WEBVTT\n\n"
                 "00:00:00.000 --> 00:00:00.417\nAnna, &quot;K&quot; &lt;Ä&gt;\n\n"
                 "00:00:00.417 --> 00:00:00.834\nAnna, &quot;K&quot; &lt;Ä&gt;, person 2\n\n"
                 "00:00:00.834 --> 00:00:01.043\nperson 2\n\n"
                 "00:00:01.043 --> 00:00:01.251\nAnna"));
  EXPECT_THAT(exported("srt"),
              StartsWith("1\n00:00:00,000 --> 00:00:00,417\nAnna, \"K\" <Ä>\n\n2\n"));
}

TEST_F(ExportsTest, NamesFollowTheirHeads) {
  EXPECT_THAT(
      exported("ass"),
      AllOf(HasSubstr("PlayResX: 1280\nPlayResY: 720\n"),
            HasSubstr("Dialogue: 0,0:00:00.00,0:00:00.50,Name,,0,0,0,,{\\move(50,97,53,97)}Anna,"),
            HasSubstr("Dialogue: 0,0:00:00.50,0:00:00.83,Name,,0,0,0,,{\\move(53,97,55,97)}Anna,"),
            Not(HasSubstr("person 4"))));
}

TEST_F(ExportsTest, BoxesEndWhereThePictureEnds) {
  Snapshot snapshot = editor_.snapshot();
  snapshot.tracks[0].track.points[0].box = {-4.5f, 700.126f, 20, 40};
  snapshot.tracks[0].track.faces[0].face.box = {1270.004f, -3, 20, 40};
  const json track = json::parse(json_export(snapshot))["tracks"][0];
  EXPECT_EQ(track["heads"][0]["box"], json({0, 700.13, 15.5, 19.87}));
  EXPECT_EQ(track["best_face"]["box"], json({1270, 0, 10, 37}));
  EXPECT_THAT(export_format("mot").write(snapshot), StartsWith("1,1,0.00,700.13,15.50,19.87,"));
  EXPECT_THAT(export_format("cvat").write(snapshot),
              HasSubstr("xtl=\"0.00\" ytl=\"700.13\" xbr=\"15.50\" ybr=\"720.00\""));
}

TEST_F(ExportsTest, EditorsGetShotsWithPersons) {
  const json otio = json::parse(exported("otio"));
  const json& clips = otio["tracks"]["children"][0]["children"];
  ASSERT_EQ(clips.size(), 4u);
  EXPECT_EQ(clips[0]["source_range"]["duration"]["value"], 25);
  ASSERT_EQ(clips[0]["markers"].size(), 2u);
  EXPECT_EQ(clips[0]["markers"][1]["name"], "person 2");
  EXPECT_EQ(clips[0]["markers"][1]["marked_range"]["start_time"]["value"], 10);
  EXPECT_EQ(clips[0]["markers"][1]["marked_range"]["duration"]["value"], 15);
  EXPECT_THAT(exported("edl"),
              HasSubstr("001  AX       V     C        00:00:00:00 00:00:01:01 00:00:00:00 "
                        "00:00:01:01\n* FROM CLIP NAME: invented.mkv\n"
                        "* LOC: 00:00:00:00 GREEN   Anna, \"K\" <Ä>\n"
                        "* LOC: 00:00:00:10 BLUE    person 2\n"));
}

TEST_F(ExportsTest, AnnotatorsGetTiersAndBoxes) {
  EXPECT_THAT(exported("eaf"),
              AllOf(HasSubstr("xsi:noNamespaceSchemaLocation="),
                    HasSubstr("TIER_ID=\"Anna, &quot;K&quot; &lt;Ä&gt;\""),
                    HasSubstr("TIME_VALUE=\"417\""), HasSubstr("TIER_ID=\"person 3\"")));
  const std::string mot = exported("mot");
  EXPECT_EQ(std::count(mot.begin(), mot.end(), '\n'), 20 + 15 + 25 + 6 + 25 + 25 + 25);
  EXPECT_THAT(mot, StartsWith("1,1,10.00,100.00,80.00,100.00,1,-1,-1,-1\n2,1,10.25,"));
  EXPECT_THAT(mot, HasSubstr("\n11,1,12.50,100.00,80.00,100.00,1,-1,-1,-1\n11,2,130.00,"));
  EXPECT_THAT(exported("cvat"),
              AllOf(HasSubstr("<track id=\"7\" label=\"picture\" source=\"auto\">"),
                    HasSubstr("<box frame=\"20\" outside=\"1\"")));
}

TEST(Exports, AnUnknownFormatNamesThoseThatExist) {
  try {
    export_format("pdf");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::usage);
    EXPECT_THAT(failure.what(), HasSubstr("json, csv"));
  }
}

TEST(Exports, TextThatIsNoUtf8DoesNotBreakJson) {
  EXPECT_TRUE(json::accept(json_text("film \xff\x01\".mkv")));
}

}  // namespace
}  // namespace dramatis
