#include "film/picture_file.h"

#include <gmock/gmock.h>

#include "film/film_for_tests.h"

namespace dramatis {
namespace {

using namespace dramatis::test;
using testing::HasSubstr;

Picture noise(int width, int height) {
  Picture picture(height, width, CV_8UC3);
  cv::RNG(1).fill(picture, cv::RNG::UNIFORM, 0, 256);
  return picture;
}

Picture smooth(int width, int height) {
  Picture picture(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      picture.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(255 * x / width),
                                     static_cast<std::uint8_t>(255 * y / height), 90};
  return picture;
}

std::string failure_of(const std::function<void()>& call) {
  try {
    call();
    return "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

TEST(PictureFile, PngIsLosslessAndToldByContent) {
  const TemporaryFolder folder;
  const cv::Size sizes[] = {{64, 48}, {1, 1}, {7, 5}, {333, 2}};
  for (const cv::Size& size : sizes) {
    const Picture picture = noise(size.width, size.height);
    write_png(folder / "a.jpg", picture);
    EXPECT_EQ(cv::norm(read_picture(folder / "a.jpg"), picture, cv::NORM_INF), 0) << size;
  }
  EXPECT_EQ(folder.files(), 1);
}

TEST(PictureFile, JpegIsNearAndQualityMatters) {
  const Picture picture = smooth(200, 150);
  const auto psnr = [&](int quality) {
    return cv::PSNR(picture, decode_picture(encode_jpeg(picture, quality)));
  };
  EXPECT_GT(psnr(90), 40);
  EXPECT_GT(psnr(95), psnr(30));
  EXPECT_GT(encode_jpeg(picture, 90).size(), encode_jpeg(picture, 20).size());
  for (const cv::Size& size : {cv::Size(1, 1), cv::Size(7, 5), cv::Size(333, 2)})
    EXPECT_EQ(decode_picture(encode_jpeg(smooth(size.width, size.height))).size(), size);
  EXPECT_THROW(encode_jpeg(Picture()), std::invalid_argument);
}

TEST(PictureFile, GreyAndTransparentPicturesBecomeThreeColours) {
  const TemporaryFolder folder;
  for (const AVPixelFormat format :
       {AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGBA, AV_PIX_FMT_RGB48BE, AV_PIX_FMT_YA8}) {
    make_film(folder / "a%d.png",
              {.codec = "png", .format = format, .frames = 1, .picture = [](int) {
                 return numbered_picture(300);
               }});
    const Picture picture = read_picture(folder / "a1.png");
    EXPECT_EQ(picture.type(), CV_8UC3);
    EXPECT_EQ(number_in(picture), 300) << format;
  }
}

// A JPEG with an EXIF block that says no more than how to turn it.
std::vector<std::uint8_t> with_exif_orientation(const std::vector<std::uint8_t>& jpeg,
                                                std::uint8_t orientation) {
  const std::vector<std::uint8_t> exif{
      0xff, 0xe1,        0, 34,   'E', 'x', 'i', 'f', 0, 0,  // APP1, 34 bytes
      'M',  'M',         0, 42,   0,   0,   0,   8,          // big endian, directory at 8
      0,    1,           1, 0x12, 0,   3,   0,   0,   0, 1,
      0,    orientation, 0, 0,  // one entry: orientation, short
      0,    0,           0, 0};
  std::vector<std::uint8_t> out = jpeg;
  out.insert(out.begin() + 2, exif.begin(), exif.end());  // behind the start of image
  return out;
}

// Where the bright corner of a stored top-left corner comes to lie, for the eight orientations.
TEST(PictureFile, ObeysTheOrientationOfPhotographs) {
  Picture stored(32, 64, CV_8UC3, cv::Scalar::all(20));
  stored(cv::Rect(0, 0, 16, 16)) = cv::Scalar::all(230);
  const std::vector<std::uint8_t> jpeg = encode_jpeg(stored);
  struct Case {
    std::uint8_t orientation;
    bool right, bottom, upright;
  };
  for (const Case& c :
       {Case{1, false, false, true}, Case{2, true, false, true}, Case{3, true, true, true},
        Case{4, false, true, true}, Case{5, false, false, false}, Case{6, true, false, false},
        Case{7, true, true, false}, Case{8, false, true, false}}) {
    const Picture picture = decode_picture(with_exif_orientation(jpeg, c.orientation));
    ASSERT_EQ(picture.size(), c.upright ? cv::Size(64, 32) : cv::Size(32, 64))
        << int(c.orientation);
    for (const bool right : {false, true})
      for (const bool bottom : {false, true}) {
        const cv::Point at(right ? picture.cols - 8 : 8, bottom ? picture.rows - 8 : 8);
        EXPECT_EQ(picture.at<cv::Vec3b>(at)[1] > 128, right == c.right && bottom == c.bottom)
            << int(c.orientation) << at;
      }
  }
}

TEST(PictureFile, RefusesWhatIsNoPicture) {
  const TemporaryFolder folder;
  write_bytes(folder / "text.png", "no picture at all");
  EXPECT_THAT(failure_of([&] { read_picture(folder / "text.png"); }),
              HasSubstr("text.png: this is not a picture"));
  write_bytes(folder / "empty.png", "");
  EXPECT_THAT(failure_of([&] { read_picture(folder / "empty.png"); }), HasSubstr("not a picture"));
  EXPECT_THAT(failure_of([&] { read_picture(folder / "missing.png"); }), HasSubstr("no such file"));
  EXPECT_THAT(failure_of([&] { read_picture(folder / "."); }), HasSubstr("a folder"));
  write_film(folder / "film.mp4", every_40_ms(3));
  EXPECT_THAT(failure_of([&] { read_picture(folder / "film.mp4"); }), HasSubstr("not a picture"));
  std::vector<std::uint8_t> jpeg = encode_jpeg(noise(64, 64));
  jpeg.resize(20);
  EXPECT_THAT(failure_of([&] { decode_picture(jpeg); }), HasSubstr("not a picture"));
}

TEST(PictureFile, WritesWholeOrNotAtAll) {
  const TemporaryFolder folder;
  EXPECT_THAT(failure_of([&] { write_png(folder / "no/such/folder.png", noise(4, 4)); }),
              HasSubstr("folder.png: cannot be written"));
  std::filesystem::create_directory(folder / "a.png");
  EXPECT_THAT(failure_of([&] { write_png(folder / "a.png", noise(4, 4)); }), HasSubstr("a folder"));
  EXPECT_EQ(folder.files(), 1);
}

}  // namespace
}  // namespace dramatis
