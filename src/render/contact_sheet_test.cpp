#include "render/contact_sheet.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"
#include "film/picture_file.h"
#include "render/person_colour.h"

namespace dramatis {
namespace {

// A face of one bright colour that nothing else on the sheet has.
const cv::Scalar face_colour(250, 10, 240);

SheetPerson person(int id, int faces) {
  SheetPerson person{.id = id, .screen_time_s = 12.5, .tracks = 3, .shots = 2};
  for (int i = 0; i < faces; ++i)
    person.faces.push_back(
        {.picture = Picture(60, 40 + 30 * (i % 2), CV_8UC3, face_colour), .quality = 90.0 - i});
  return person;
}

/// How many pictures of faces stand on a page.
int faces_on(const Picture& page) {
  cv::Mat mask;
  cv::inRange(page, face_colour - cv::Scalar::all(3), face_colour + cv::Scalar::all(3), mask);
  cv::Mat labels, stats, centres;
  const int blobs = cv::connectedComponentsWithStats(mask, labels, stats, centres);
  int faces = 0;
  for (int i = 1; i < blobs; ++i) faces += stats.at<int>(i, cv::CC_STAT_AREA) > 5000;
  return faces;
}

bool shows(const Picture& page, const Colour& colour) {
  cv::Mat mask;
  cv::inRange(page, cv::Scalar(colour), cv::Scalar(colour), mask);
  return cv::countNonZero(mask) > 300;
}

TEST(ContactSheet, HasARowForEachPersonWithItsFaces) {
  const ContactSheet sheet{
      .title = "film.mp4", .duration_s = 60, .people = {person(0, 3), person(1, 5), person(2, 0)}};
  const std::vector<Picture> pages = draw_contact_sheet(sheet);
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_EQ(faces_on(pages[0]), 8);
  for (const int id : {0, 1, 2}) EXPECT_TRUE(shows(pages[0], person_colour(id))) << id;
  EXPECT_FALSE(shows(pages[0], person_colour(3)));
  const ContactSheet shorter{.title = "film.mp4", .people = {person(0, 3)}};
  EXPECT_LT(draw_contact_sheet(shorter)[0].rows, pages[0].rows);
}

TEST(ContactSheet, ShowsTheBestFacesOnly) {
  const ContactSheet sheet{.title = "film.mp4", .people = {person(0, 30)}};
  EXPECT_EQ(faces_on(draw_contact_sheet(sheet)[0]), 8);
  EXPECT_EQ(faces_on(draw_contact_sheet(sheet, {.faces_a_person = 3})[0]), 3);
}

TEST(ContactSheet, ReadsJpegAndLeavesOutWhatIsNone) {
  SheetPerson mixed = person(0, 1);
  mixed.faces.push_back({.jpeg = encode_jpeg(Picture(64, 64, CV_8UC3, face_colour), 100)});
  mixed.faces.push_back({.jpeg = {1, 2, 3}});
  mixed.faces.push_back({});
  EXPECT_EQ(faces_on(draw_contact_sheet({.title = "film.mp4", .people = {mixed}})[0]), 2);
}

TEST(ContactSheet, WithoutPeopleSaysSo) {
  const std::vector<Picture> pages = draw_contact_sheet({.title = "film.mp4"});
  ASSERT_EQ(pages.size(), 1u);
  cv::Mat letters;
  cv::inRange(pages[0], cv::Scalar::all(0), cv::Scalar::all(140), letters);
  // Words in the middle of the only card.
  EXPECT_GT(cv::countNonZero(letters(cv::Rect(pages[0].cols / 2 - 150, 150, 300, 100))), 100);
}

TEST(ContactSheet, TakesAnyName) {
  for (const char* name :
       {"", "नमस्ते", "ليلى", "\xff\xfe",
        "a name that is much longer than the room there is for it on the sheet"}) {
    SheetPerson someone = person(0, 1);
    someone.name = someone.note = name;
    EXPECT_EQ(draw_contact_sheet({.title = name, .people = {someone}}).size(), 1u);
  }
}

class ContactSheetFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "dramatis-render-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(ContactSheetFile, OfManyPeopleHasPages) {
  ContactSheet sheet{.title = "film.mp4"};
  for (int id = 0; id < 60; ++id) sheet.people.push_back(person(id, 1));
  const std::string path = (folder_ / "sheet.png").string();
  const std::vector<std::string> written = write_contact_sheet(path, sheet);
  const std::string second = (folder_ / "sheet-2.png").string(),
                    third = (folder_ / "sheet-3.png").string();
  EXPECT_EQ(written, (std::vector<std::string>{path, second, third}));
  int faces = 0;
  for (const std::string& page : written) faces += faces_on(read_picture(page));
  EXPECT_EQ(faces, 60);

  std::ofstream(folder_ / "sheet-5.png") << "somebody else's";
  sheet.people.resize(3);
  EXPECT_EQ(write_contact_sheet(path, sheet).size(), 1u);
  EXPECT_FALSE(std::filesystem::exists(second));
  EXPECT_FALSE(std::filesystem::exists(third));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "sheet-5.png"));
}

TEST_F(ContactSheetFile, ThatCannotBeWrittenIsAFailure) {
  EXPECT_THROW(write_contact_sheet((folder_ / "no/folder.png").string(), {}), Failure);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

}  // namespace
}  // namespace dramatis
