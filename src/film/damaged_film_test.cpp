// What comes in when it is no film, or only part of one.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "film/film_for_tests.h"
#include "film/picture_file.h"

namespace dramatis {
namespace {

using namespace dramatis::test;
using testing::HasSubstr;

std::string little_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 255);
  return out;
}

std::string wave_file(int samples) {
  const auto size = static_cast<std::uint32_t>(2 * samples);
  return "RIFF" + little_endian(36 + size, 4) + "WAVEfmt " + little_endian(16, 4) +
         little_endian(1, 2) + little_endian(1, 2) + little_endian(8000, 4) +
         little_endian(16000, 4) + little_endian(2, 2) + little_endian(16, 2) + "data" +
         little_endian(size, 4) + std::string(size, '\1');
}

// A song with a picture on its cover: an ID3 tag with a PNG in it, then silent MPEG frames.
std::string song_with_cover(const std::string& png) {
  const auto big_endian = [](std::size_t value, int bits) {
    std::string out;
    for (int i = 3; i >= 0; --i) out += static_cast<char>(value >> bits * i & ((1u << bits) - 1));
    return out;
  };
  const std::string body = std::string("\0image/png\0\3\0", 13) + png;
  const std::string picture = "APIC" + big_endian(body.size(), 8) + std::string(2, '\0') + body;
  std::string song = std::string("ID3\3\0\0", 6) + big_endian(picture.size(), 7) + picture;
  for (int i = 0; i < 50; ++i) song += "\xff\xfb\x90\x64" + std::string(413, '\0');
  return song;
}

TEST(NoFilm, IsRefusedWithOneSentence) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal(folder / "missing.mp4"), HasSubstr("no such file"));
  std::filesystem::create_directory(folder / "folder.mp4");
  EXPECT_THAT(refusal(folder / "folder.mp4"), HasSubstr("a folder"));
  ASSERT_EQ(::mkfifo((folder / "pipe.mp4").c_str(), 0600), 0);
  EXPECT_THAT(refusal(folder / "pipe.mp4"), HasSubstr("a pipe"));
  write_bytes(folder / "empty.mp4", "");
  EXPECT_THAT(refusal(folder / "empty.mp4"), HasSubstr("empty"));
  for (const char* name : {"text.txt", "text.mp4", "text.nfo", "text.srt"}) {
    write_bytes(folder / name, "It was a dark and stormy night; the rain fell in torrents.\n");
    EXPECT_THAT(refusal(folder / name), HasSubstr("not a film")) << name;
  }
  std::string noise;
  for (unsigned i = 0; i < 100000; ++i) noise += static_cast<char>(i * i * 31 >> 5);
  write_bytes(folder / "noise.mkv", noise);
  EXPECT_THAT(refusal(folder / "noise.mkv"), HasSubstr("not a film"));
}

TEST(NoFilm, IsSoundAloneAlsoWithACover) {
  const TemporaryFolder folder;
  write_bytes(folder / "sound.wav", wave_file(8000));
  EXPECT_THAT(refusal(folder / "sound.wav"), HasSubstr("only sound"));
  write_png(folder / "cover.png", numbered_picture(1));
  write_bytes(folder / "song.mp3", song_with_cover(bytes_of(folder / "cover.png")));
  EXPECT_THAT(refusal(folder / "song.mp3"), HasSubstr("only sound"));
}

TEST(NoFilm, IsAListOfOtherFiles) {
  const TemporaryFolder folder;
  make_film(folder / "a.mp4");
  write_bytes(folder / "list.ffconcat", "ffconcat version 1.0\nfile a.mp4\n");
  EXPECT_NE(refusal(folder / "list.ffconcat"), "");
  EXPECT_THAT(refusal("http://127.0.0.1:9/film.mp4"), HasSubstr("no such file"));
}

TEST(SmallFilm, MayBeOneFrame) {
  const TemporaryFolder folder;
  FilmReader reader(write_film(folder / "one.mp4", {0}));
  EXPECT_EQ(all_frames(reader).size(), 1u);
  EXPECT_FALSE(reader.cut_short());
  EXPECT_EQ(Rational(reader.end_stamp()) * reader.info().time_base, Rational(1, 25));
}

TEST(SmallFilm, MayBeTwoPixelsWide) {
  const TemporaryFolder folder;
  FilmReader reader(write_film(folder / "small.mp4", every_40_ms(5), {.width = 2, .height = 2}));
  EXPECT_EQ(reader.info().width, 2);
  const std::vector<Frame> frames = all_frames(reader);
  ASSERT_EQ(frames.size(), 5u);
  EXPECT_EQ(frames[4].picture(640, 360).size(), cv::Size(640, 360));
  EXPECT_EQ(frames[4].picture(1, 1).size(), cv::Size(1, 1));
}

TEST(SmallFilm, MayBeAPhotograph) {
  const TemporaryFolder folder;
  write_png(folder / "photo %d.png", numbered_picture(77));
  FilmReader reader(folder / "photo %d.png");
  const std::vector<Frame> frames = all_frames(reader);
  EXPECT_EQ(numbers_in(frames), std::vector<int>{77});
  EXPECT_FALSE(reader.cut_short());
}

struct Cut {
  std::int64_t frames = 0;
  bool cut_short = false;
  std::int64_t damaged = 0;
};

Cut read_part(const std::string& path) {
  FilmReader reader(path);
  const std::vector<Frame> frames = all_frames(reader);
  const std::vector<int> numbers = numbers_in(frames);
  EXPECT_THAT(numbers, testing::WhenSorted(testing::Eq(numbers))) << path;
  EXPECT_EQ(numbers[20], 20) << path;
  return {static_cast<std::int64_t>(frames.size()), reader.cut_short(), reader.damaged_packets()};
}

TEST(CutFilm, EndsWhereItsFileEnds) {
  const TemporaryFolder folder;
  write_film(folder / "a.mp4", every_40_ms(200));
  write_film(folder / "a.mkv", every_40_ms(200));
  make_film(folder / "a.avi", {.frames = 200});
  make_film(folder / "sound.mkv", {.frames = 200, .sound_start_s = 0, .sound_s = 8});
  for (const char* name : {"a.mp4", "a.mkv", "a.avi", "sound.mkv"}) {
    const std::string bytes = bytes_of(folder / name);
    const Cut whole = read_part(folder / name);
    EXPECT_EQ(whole.frames, 200) << name;
    EXPECT_FALSE(whole.cut_short) << name;
    write_bytes(folder / name, bytes.substr(0, bytes.size() * 6 / 10));
    const Cut part = read_part(folder / name);
    EXPECT_TRUE(part.cut_short) << name;
    EXPECT_GT(part.frames, 60) << name;
    EXPECT_LT(part.frames, 180) << name;
  }
}

TEST(CutFilm, WithPictureShorterThanSoundIsWhole) {
  const TemporaryFolder folder;
  make_film(folder / "a.mkv", {.frames = 50, .sound_start_s = 0, .sound_s = 6});
  EXPECT_FALSE(read_part(folder / "a.mkv").cut_short);
}

TEST(CutFilm, WithoutItsIndexIsRefused) {
  const TemporaryFolder folder;
  make_film(folder / "a.mp4", {.frames = 100});  // its index is at the end
  const std::string bytes = bytes_of(folder / "a.mp4");
  write_bytes(folder / "a.mp4", bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(refusal(folder / "a.mp4"), HasSubstr("cut off before its index"));
}

TEST(DamagedFilm, GoesOnBehindTheDamage) {
  const TemporaryFolder folder;
  for (const char* name : {"a.avi", "a.ts", "a.mkv", "a.mp4"}) {
    make_film(folder / name, {.codec = "mpeg2video", .width = 160, .height = 96, .frames = 150});
    std::string bytes = bytes_of(folder / name);
    for (std::size_t i = 0; i < bytes.size() / 20; ++i)
      bytes[bytes.size() / 2 + i] = static_cast<char>(i * 151);
    write_bytes(folder / name, bytes);
    FilmReader reader(folder / name);
    const std::vector<int> numbers = numbers_in(all_frames(reader));
    ASSERT_GT(numbers.size(), 100u) << name;
    EXPECT_EQ(numbers.back(), 149) << name;
    EXPECT_EQ(numbers[40], 40) << name;
    // Matroska drops a block whose frame around it is broken, and says nothing.
    if (std::string(name) != "a.mkv") {
      EXPECT_GT(reader.damaged_packets(), 0) << name;
    }
    EXPECT_FALSE(reader.cut_short()) << name;
  }
}

TEST(DamagedFilm, WithoutOnePictureIsRefused) {
  const TemporaryFolder folder;
  make_film(folder / "a.avi", {.codec = "png", .format = AV_PIX_FMT_RGB24, .frames = 3});
  std::string bytes = bytes_of(folder / "a.avi");
  for (std::size_t at = 0; (at = bytes.find("IHDR", at)) != std::string::npos; ++at)
    bytes[at] = '?';
  write_bytes(folder / "a.avi", bytes);
  EXPECT_THAT(refusal(folder / "a.avi"), HasSubstr("not one picture"));
}

}  // namespace
}  // namespace dramatis
