#include "film/film_reader.h"

#include <gmock/gmock.h>

#include "film/film_for_tests.h"
#include "film/picture_file.h"

namespace dramatis {
namespace {

using namespace dramatis::test;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::int64_t> stamps_of(const std::vector<Frame>& frames) {
  std::vector<std::int64_t> stamps;
  for (const Frame& frame : frames) stamps.push_back(frame.stamp());
  return stamps;
}

struct Kind {
  const char* name;
  const char* codec;
  AVPixelFormat format;
  int width = 80, height = 48, b_frames = 0;
};

class FilmOfAnyKind : public testing::TestWithParam<Kind> {};

TEST_P(FilmOfAnyKind, ComesInPresentationOrder) {
  const TemporaryFolder folder;
  const Kind& kind = GetParam();
  const std::string path = make_film(folder / kind.name, {.codec = kind.codec,
                                                          .format = kind.format,
                                                          .width = kind.width,
                                                          .height = kind.height,
                                                          .frames = 40,
                                                          .b_frames = kind.b_frames});
  FilmReader reader(path);
  EXPECT_EQ(reader.info().width, kind.width);
  EXPECT_EQ(reader.info().height, kind.height);
  EXPECT_EQ(reader.info().frame_rate, Rational(25));
  const std::vector<Frame> frames = all_frames(reader);
  EXPECT_EQ(numbers_in(frames), counted_to(40));
  for (const Frame& frame : frames) {
    EXPECT_EQ(frame.number(), &frame - frames.data());
    const Rational at = Rational(frame.stamp() - frames[0].stamp()) * reader.info().time_base;
    EXPECT_NEAR(at.to_double(), 0.04 * static_cast<double>(frame.number()), 0.0006);
  }
  EXPECT_EQ(reader.damaged_packets(), 0);
  EXPECT_FALSE(reader.cut_short());
}

INSTANTIATE_TEST_SUITE_P(
    All, FilmOfAnyKind,
    testing::Values(Kind{"h264.mp4", "libx264", AV_PIX_FMT_YUV420P, 80, 48, 3},
                    Kind{"h264_10_bit.mkv", "libx264", AV_PIX_FMT_YUV420P10, 80, 48, 3},
                    Kind{"mpeg4.avi", "mpeg4", AV_PIX_FMT_YUV420P},
                    Kind{"mpeg4.mp4", "mpeg4", AV_PIX_FMT_YUV420P, 80, 48, 2},
                    Kind{"mpeg2.ts", "mpeg2video", AV_PIX_FMT_YUV420P, 80, 48, 2},
                    Kind{"mpeg2.mpg", "mpeg2video", AV_PIX_FMT_YUV420P, 80, 48, 2},
                    Kind{"mjpeg_odd.mkv", "mjpeg", AV_PIX_FMT_YUVJ420P, 75, 37},
                    Kind{"ffv1_10_bit_odd.mkv", "ffv1", AV_PIX_FMT_YUV422P10, 81, 47},
                    Kind{"alpha.mov", "png", AV_PIX_FMT_RGBA, 79, 45},
                    Kind{"grey.mkv", "ffv1", AV_PIX_FMT_GRAY8},
                    Kind{"prores.mov", "prores_ks", AV_PIX_FMT_YUV422P10},
                    Kind{"palette.gif", "gif", AV_PIX_FMT_RGB8},
                    Kind{"flash.flv", "flv", AV_PIX_FMT_YUV420P},
                    Kind{"raw.h264", "libx264", AV_PIX_FMT_YUV420P}),
    [](const auto& test) {
      std::string name = test.param.name;
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    });

TEST(FilmReader, KeepsTheStampsOfAVariableRate) {
  const TemporaryFolder folder;
  const std::vector<std::int64_t> stamps{0, 40, 80, 200, 210, 250, 1000, 1040, 1100};
  FilmReader reader(write_film(folder / "a.mp4", stamps));
  const std::vector<Frame> frames = all_frames(reader);
  ASSERT_EQ(frames.size(), stamps.size());
  for (std::size_t i = 0; i < stamps.size(); ++i)
    EXPECT_EQ(Rational(frames[i].stamp()) * reader.info().time_base, Rational(stamps[i], 1000));
}

TEST(FilmReader, TellsWhatTheFilmIs) {
  const TemporaryFolder folder;
  FilmReader reader(
      make_film(folder / "a.mkv", {.frames = 50, .pixel_aspect = {16, 11}, .sound_start_s = 0}));
  const FilmInfo& info = reader.info();
  EXPECT_EQ(info.codec, "mpeg4");
  EXPECT_EQ(info.pixel_aspect, Rational(16, 11));
  EXPECT_EQ(info.width, 80);
  EXPECT_NEAR(info.duration_s, 2, 0.05);
  EXPECT_NEAR(static_cast<double>(info.expected_frames), 50, 1);
  EXPECT_TRUE(info.has_sound);
  EXPECT_FALSE(FilmReader(make_film(folder / "b.mkv")).info().has_sound);
  all_frames(reader);
  EXPECT_EQ(Rational(reader.end_stamp()) * info.time_base, Rational(2));
}

// A film of four colours: red green / blue white, stored upright, displayed by its matrix.
Picture four_colours(int width, int height) {
  Picture picture(height, width, CV_8UC3, cv::Scalar(255, 255, 255));
  const int w = width / 2, h = height / 2;
  picture(cv::Rect(0, 0, w, h)) = cv::Scalar(0, 0, 255);
  picture(cv::Rect(w, 0, w, h)) = cv::Scalar(0, 255, 0);
  picture(cv::Rect(0, h, w, h)) = cv::Scalar(255, 0, 0);
  return picture;
}

// Clockwise from the top left.
std::string corners(const Picture& picture) {
  std::string names;
  const int r = picture.cols - 3, b = picture.rows - 3;
  for (const cv::Point& at : {cv::Point(2, 2), cv::Point(r, 2), cv::Point(r, b), cv::Point(2, b)}) {
    const cv::Vec3b c = picture.at<cv::Vec3b>(at);
    names += c[0] > 128 ? (c[1] > 128 ? 'W' : 'B') : (c[1] > 128 ? 'G' : 'R');
  }
  return names;
}

TEST(FilmReader, TurnsPicturesAsTheFilmSays) {
  struct Case {
    int clockwise;
    bool mirrored;
    const char* corners;
  };
  const TemporaryFolder folder;
  for (const Case& c : {Case{0, false, "RGWB"}, Case{90, false, "BRGW"}, Case{180, false, "WBRG"},
                        Case{270, false, "GWBR"}, Case{0, true, "GRBW"}, Case{180, true, "BWGR"}}) {
    Recipe recipe{
        .codec = "png", .format = AV_PIX_FMT_RGB24, .width = 40, .height = 20, .frames = 2};
    recipe.pixel_aspect = {4, 3};
    recipe.picture = [](int) { return four_colours(40, 20); };
    recipe.display_matrix.resize(9);
    av_display_rotation_set(recipe.display_matrix.data(), c.clockwise);
    av_display_matrix_flip(recipe.display_matrix.data(), c.mirrored, false);
    FilmReader reader(make_film(folder / "a.mov", recipe));
    const bool upright = c.clockwise % 180 == 0;
    EXPECT_EQ(reader.info().width, upright ? 40 : 20);
    EXPECT_EQ(reader.info().height, upright ? 20 : 40);
    EXPECT_EQ(reader.info().rotation_degrees, c.clockwise);
    EXPECT_EQ(reader.info().pixel_aspect, upright ? Rational(4, 3) : Rational(3, 4));
    const Frame frame = *reader.next();
    EXPECT_EQ(frame.width(), reader.info().width);
    EXPECT_EQ(corners(frame.picture()), c.corners) << c.clockwise << c.mirrored;
    EXPECT_EQ(corners(frame.picture(24, 18)), c.corners);
    EXPECT_EQ(frame.picture(24, 18).size(), cv::Size(24, 18));
  }
}

// How much neighbouring rows differ from each other more than from their second neighbours.
double combing(const Picture& picture) {
  double sum = 0;
  for (int y = 2; y < picture.rows; ++y)
    sum += cv::norm(picture.row(y), picture.row(y - 1), cv::NORM_L1) -
           cv::norm(picture.row(y), picture.row(y - 2), cv::NORM_L1);
  return sum / static_cast<double>(picture.total());
}

// A bright bar that moves four pixels a field: even rows show it earlier than odd ones.
Picture interlaced_bar(int frame) {
  Picture picture(96, 160, CV_8UC3, cv::Scalar::all(30));
  for (int y = 0; y < picture.rows; ++y)
    picture(cv::Rect(8 * frame % 120 + (y % 2 ? 4 : 0), y, 24, 1)) = cv::Scalar::all(220);
  return picture;
}

TEST(FilmReader, MakesWholeFramesOfInterlacedOnes) {
  const TemporaryFolder folder;
  Recipe recipe{.codec = "mpeg2video", .width = 160, .height = 96, .frames = 20};
  recipe.picture = interlaced_bar;
  FilmReader as_it_is(make_film(folder / "progressive.ts", recipe));
  recipe.interlaced = true;
  FilmReader whole(make_film(folder / "interlaced.ts", recipe));
  const std::vector<Frame> combed = all_frames(as_it_is), frames = all_frames(whole);
  ASSERT_EQ(frames.size(), 20u);
  EXPECT_EQ(stamps_of(frames), stamps_of(combed));
  EXPECT_EQ(whole.end_stamp(), as_it_is.end_stamp());
  EXPECT_GT(combing(combed[10].picture()), 10);
  EXPECT_LT(combing(frames[10].picture()), 2);
  // Frame for frame: the bar stands where the earlier field has it.
  EXPECT_GT(frames[10].picture().at<cv::Vec3b>(48, 82)[0], 180);
  EXPECT_LT(frames[10].picture().at<cv::Vec3b>(48, 76)[0], 90);
}

TEST(FilmReader, KnowsBothColourMatricesAndRanges) {
  const TemporaryFolder folder;
  const cv::Vec3b orange(20, 120, 230);
  for (const AVColorSpace space : {AVCOL_SPC_BT709, AVCOL_SPC_SMPTE170M, AVCOL_SPC_UNSPECIFIED})
    for (const AVColorRange range : {AVCOL_RANGE_MPEG, AVCOL_RANGE_JPEG}) {
      Recipe recipe{.codec = "ffv1", .format = AV_PIX_FMT_YUV444P, .frames = 1};
      recipe.colour_space = space, recipe.colour_range = range;
      recipe.picture = [&](int) { return Picture(48, 80, CV_8UC3, cv::Scalar(orange)); };
      FilmReader reader(make_film(folder / "a.mkv", recipe));
      const cv::Vec3b seen = reader.next()->picture().at<cv::Vec3b>(20, 20);
      EXPECT_LE(cv::norm(seen, orange, cv::NORM_INF), 3) << space << " " << range << " " << seen;
    }
}

TEST(FilmReader, BringsBrightScreensDownToOrdinaryOnes) {
  const TemporaryFolder folder;
  // Codes of SMPTE ST 2084 for 0, 20, 100, 203 and 1000 nits, in 255ths.
  const std::vector<int> codes{0, 93, 130, 148, 192};
  Recipe recipe{.codec = "ffv1", .format = AV_PIX_FMT_YUV444P10, .frames = 1};
  recipe.colour_space = AVCOL_SPC_BT2020_NCL, recipe.transfer = AVCOL_TRC_SMPTE2084;
  recipe.picture = [&](int) {
    Picture picture(48, 80, CV_8UC3);
    for (int i = 0; i < 5; ++i)
      picture.colRange(16 * i, 16 * i + 16) = cv::Scalar::all(codes[static_cast<std::size_t>(i)]);
    return picture;
  };
  FilmReader reader(make_film(folder / "a.mkv", recipe));
  const Picture picture = reader.next()->picture();
  std::vector<int> shown;
  for (int i = 0; i < 5; ++i) shown.push_back(picture.at<cv::Vec3b>(24, 16 * i + 8)[1]);
  EXPECT_EQ(shown[0], 0);
  EXPECT_NEAR(shown[1], 255 * std::pow(0.0986 * 1.004 / 1.0986, 1 / 2.4), 4);
  EXPECT_NEAR(shown[2], 255 * std::pow(0.4926 * 1.020 / 1.4926, 1 / 2.4), 4);
  EXPECT_NEAR(shown[3], 255 * std::pow(1.041 / 2, 1 / 2.4), 4);
  EXPECT_NEAR(shown[4], 255, 3);
}

TEST(FilmReader, ScalesALaterSizeToTheFirstAndCarriesTheClockOn) {
  const TemporaryFolder folder;
  const Recipe first{.codec = "mpeg2video", .frames = 26};
  Recipe second{.codec = "mpeg2video", .width = 160, .height = 128, .frames = 25};
  second.picture = [](int i) { return numbered_picture(i + 25, 160, 128); };
  make_film(folder / "1.ts", first);
  make_film(folder / "2.ts", second);
  write_bytes(folder / "spliced.ts", bytes_of(folder / "1.ts") + bytes_of(folder / "2.ts"));
  FilmReader reader(folder / "spliced.ts");
  const std::vector<Frame> frames = all_frames(reader);
  EXPECT_EQ(numbers_in(frames), counted_to(50));
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].picture().size(), cv::Size(80, 48));
    const Rational at = Rational(frames[i].stamp() - frames[0].stamp()) * reader.info().time_base;
    EXPECT_EQ(at, Rational(static_cast<std::int64_t>(i), 25));
  }
}

TEST(FilmReader, NamesAFilmByItsContent) {
  const TemporaryFolder folder;
  make_film(folder / "a.avi", {.frames = 60});
  std::string bytes = bytes_of(folder / "a.avi");
  write_bytes(folder / "copy.avi", bytes);
  bytes[bytes.size() / 2] ^= 1;
  write_bytes(folder / "other.avi", bytes);
  const auto fingerprint = [&](const char* name) {
    return FilmReader(folder / name).info().fingerprint;
  };
  EXPECT_EQ(fingerprint("a.avi").size(), 32u);
  EXPECT_EQ(fingerprint("a.avi"), fingerprint("copy.avi"));
  EXPECT_NE(fingerprint("a.avi"), fingerprint("other.avi"));
}

class FilmSeek : public testing::TestWithParam<Kind> {};

TEST_P(FilmSeek, ArrivesAtExactlyTheFrameOfTheFirstPass) {
  const TemporaryFolder folder;
  const Kind& kind = GetParam();
  Recipe recipe{
      .codec = kind.codec, .format = kind.format, .width = 160, .height = 96, .frames = 70};
  recipe.b_frames = kind.b_frames;
  recipe.interlaced = std::string(kind.name).starts_with("interlaced");
  recipe.picture = [&](int i) {
    return recipe.interlaced ? interlaced_bar(i) : numbered_picture(i, 160, 96);
  };
  FilmReader reader(make_film(folder / kind.name, recipe));
  const std::vector<Frame> frames = all_frames(reader);
  ASSERT_EQ(frames.size(), 70u);
  for (const std::size_t wanted : {69, 0, 1, 11, 12, 13, 36, 50, 2}) {
    ASSERT_TRUE(reader.seek(frames[wanted].number(), frames[wanted].stamp())) << wanted;
    for (std::size_t i = wanted; i < std::min<std::size_t>(wanted + 3, 70); ++i) {
      const std::optional<Frame> frame = reader.next();
      ASSERT_TRUE(frame) << i;
      EXPECT_EQ(frame->number(), frames[i].number());
      EXPECT_EQ(frame->stamp(), frames[i].stamp());
      EXPECT_EQ(cv::norm(frame->picture(), frames[i].picture(), cv::NORM_INF), 0)
          << wanted << " " << i;
    }
  }
  if (reader.info().time_base < Rational(1, 25)) {
    EXPECT_FALSE(reader.seek(5, frames[5].stamp() + 1));
  }
  EXPECT_FALSE(reader.seek(70, frames[69].stamp() + 1000000));
}

// Two recordings in one file: the second repeats the stamps of the first, and goes on longer.
TEST(FilmReader, SeeksInASplicedRecording) {
  const TemporaryFolder folder;
  const auto part = [](int first, int frames) {
    Recipe recipe{.codec = "mpeg2video", .frames = frames};
    recipe.picture = [first](int i) { return numbered_picture(first + i); };
    return recipe;
  };
  make_film(folder / "1.ts", part(0, 50));
  make_film(folder / "2.ts", part(50, 150));
  write_bytes(folder / "spliced.ts", bytes_of(folder / "1.ts") + bytes_of(folder / "2.ts"));
  FilmReader reader(folder / "spliced.ts");
  const std::vector<Frame> frames = all_frames(reader);
  const std::vector<int> numbers = numbers_in(frames);
  ASSERT_GT(frames.size(), 190u);
  for (const std::size_t wanted : {60, 120, 30, 180}) {
    ASSERT_TRUE(reader.seek(frames[wanted].number(), frames[wanted].stamp())) << wanted;
    const std::optional<Frame> frame = reader.next();
    EXPECT_EQ(number_in(frame->picture()), numbers[wanted]);
    EXPECT_EQ(frame->stamp(), frames[wanted].stamp());
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, FilmSeek,
    testing::Values(Kind{"h264.mp4", "libx264", AV_PIX_FMT_YUV420P, 80, 48, 3},
                    Kind{"h264.mkv", "libx264", AV_PIX_FMT_YUV420P, 80, 48, 3},
                    Kind{"mpeg2.ts", "mpeg2video", AV_PIX_FMT_YUV420P, 80, 48, 2},
                    Kind{"interlaced.ts", "mpeg2video", AV_PIX_FMT_YUV420P, 80, 48, 2},
                    Kind{"mpeg4.avi", "mpeg4", AV_PIX_FMT_YUV420P},
                    Kind{"raw.h264", "libx264", AV_PIX_FMT_YUV420P}),
    [](const auto& test) {
      std::string name = test.param.name;
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    });

}  // namespace
}  // namespace dramatis
