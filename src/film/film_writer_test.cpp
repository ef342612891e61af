#include "film/film_writer.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>

#include "film/film_for_tests.h"
#include "film/film_input.h"

namespace dramatis {
namespace {

using namespace dramatis::test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// The packets of one kind in a file: what they hold and when, in seconds.
struct SidePackets {
  std::string codec;
  std::string bytes;
  std::vector<double> starts_s;
  double end_s = 0;
};

SidePackets packets_of(const std::string& path, AVMediaType type) {
  int error = 0;
  const InputPtr input = open_media(path, error);
  const int index = av_find_best_stream(input.get(), type, -1, -1, nullptr, 0);
  SidePackets packets;
  if (index < 0) return packets;
  packets.codec = avcodec_get_name(input->streams[index]->codecpar->codec_id);
  const double tick_s = av_q2d(input->streams[index]->time_base);
  PacketPtr packet = new_packet();
  while (av_read_frame(input.get(), packet.get()) >= 0) {
    if (packet->stream_index == index) {
      packets.bytes.append(reinterpret_cast<const char*>(packet->data),
                           static_cast<std::size_t>(packet->size));
      packets.starts_s.push_back(static_cast<double>(packet->pts) * tick_s);
      packets.end_s = static_cast<double>(packet->pts + packet->duration) * tick_s;
    }
    av_packet_unref(packet.get());
  }
  return packets;
}

std::vector<double> picture_starts_s(const std::string& path) {
  FilmReader reader(path);
  std::vector<double> starts;
  for (const Frame& frame : all_frames(reader))
    starts.push_back((Rational(frame.stamp()) * reader.info().time_base).to_double());
  return starts;
}

/// Reads a film and writes its pictures, with its sound and subtitles, as `to`.
std::vector<std::string> rewrite(const std::string& from, const std::string& to) {
  FilmReader reader(from);
  const FilmInfo& info = reader.info();
  FilmWriter writer(to, {.width = info.width,
                         .height = info.height,
                         .time_base = info.time_base,
                         .frame_rate = info.frame_rate,
                         .pixel_aspect = info.pixel_aspect,
                         .sound_from = from});
  while (std::optional<Frame> frame = reader.next()) writer.write(frame->picture(), frame->stamp());
  writer.finish(reader.end_stamp());
  return writer.notes();
}

std::string failure_of(const std::function<void()>& call, FailureKind kind = FailureKind::other) {
  try {
    call();
    return "";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), kind);
    return failure.what();
  }
}

TEST(FilmWriter, KeepsStampsExactly) {
  const TemporaryFolder folder;
  // A clock of 24000/1001 pictures a second of which some are left out, from a late start.
  const std::vector<std::int64_t> counts{0, 1, 2, 4, 5, 9, 10, 30, 31, 32};
  for (const char* name : {"a.mp4", "a.mov"}) {
    FilmWriter writer(
        folder / name,
        {.width = 80, .height = 48, .time_base = {1, 24000}, .frame_rate = {24000, 1001}});
    for (std::size_t i = 0; i < counts.size(); ++i)
      writer.write(numbered_picture(static_cast<int>(i)), 5000 + 1001 * counts[i]);
    writer.finish(5000 + 1001 * 33);
    FilmReader reader(folder / name);
    const std::vector<Frame> frames = all_frames(reader);
    EXPECT_EQ(numbers_in(frames), counted_to(10));
    for (std::size_t i = 0; i < counts.size(); ++i)
      EXPECT_EQ(Rational(frames[i].stamp()) * reader.info().time_base,
                Rational(1001 * counts[i], 24000))
          << name;
  }
}

TEST(FilmWriter, KeepsSizeAspectAndLength) {
  const TemporaryFolder folder;
  for (const char* name : {"a.mp4", "a.mkv", "a.mov"}) {
    FilmReader reader(write_film(folder / name, every_40_ms(30),
                                 {.width = 81, .height = 47, .pixel_aspect = {16, 11}}));
    EXPECT_EQ(reader.info().width, 82);
    EXPECT_EQ(reader.info().height, 48);
    EXPECT_EQ(reader.info().pixel_aspect, Rational(16, 11));
    EXPECT_EQ(reader.info().codec, "h264");
    EXPECT_EQ(numbers_in(all_frames(reader)), counted_to(30));
    EXPECT_NEAR((Rational(reader.end_stamp()) * reader.info().time_base).to_double(), 1.2, 0.0011)
        << name;
  }
}

TEST(FilmWriter, KeepsColoursInBothDefinitions) {
  const TemporaryFolder folder;
  const cv::Vec3b colours[] = {
      {20, 40, 220}, {200, 60, 30}, {40, 180, 60}, {250, 250, 250}, {0, 0, 0}};
  const cv::Size sizes[] = {{160, 96}, {1280, 720}};
  for (const cv::Size& size : sizes)
    for (const cv::Vec3b& colour : colours) {
      FilmWriter writer(folder / "a.mp4", {.width = size.width, .height = size.height});
      writer.write(Picture(size, CV_8UC3, cv::Scalar(colour)), 0);
      writer.finish(1);
      const cv::Vec3b seen = FilmReader(folder / "a.mp4").next()->picture().at<cv::Vec3b>(48, 80);
      EXPECT_LE(cv::norm(seen, colour, cv::NORM_INF), 6) << size << colour << seen;
    }
}

TEST(FilmWriter, CopiesSoundAndSubtitlesInStep) {
  const TemporaryFolder folder;
  // Pictures from 0.4 s of the film's clock, sound from 0.15 s and longer than the pictures.
  const std::string source =
      make_film(folder / "a.mkv", {.frames = 50,
                                   .first_stamp = 10,
                                   .sound_start_s = 0.15,
                                   .sound_s = 3,
                                   .subtitles = {"Good evening.", "Is it?"}});
  EXPECT_THAT(rewrite(source, folder / "b.mkv"), IsEmpty());
  const SidePackets before = packets_of(source, AVMEDIA_TYPE_AUDIO);
  const SidePackets after = packets_of(folder / "b.mkv", AVMEDIA_TYPE_AUDIO);
  EXPECT_EQ(after.codec, "pcm_s16le");
  EXPECT_EQ(before.bytes.size(), 48000u);
  EXPECT_EQ(before.bytes, after.bytes);
  const double picture_before = picture_starts_s(source).front();
  const double picture_after = picture_starts_s(folder / "b.mkv").front();
  EXPECT_NEAR(picture_before - before.starts_s[0], 0.25, 0.0015);
  EXPECT_NEAR(picture_after - after.starts_s[0], 0.25, 0.0015);
  EXPECT_THAT(picture_starts_s(folder / "b.mkv"), SizeIs(50));
  EXPECT_EQ(packets_of(folder / "b.mkv", AVMEDIA_TYPE_SUBTITLE).bytes, "Good evening.Is it?");
}

TEST(FilmWriter, KeepsTheOffsetOfSoundThatStartsLater) {
  const TemporaryFolder folder;
  const std::string source =
      make_film(folder / "a.mkv", {.frames = 50, .first_stamp = 5, .sound_start_s = 0.7});
  rewrite(source, folder / "b.mkv");
  EXPECT_NEAR(picture_starts_s(folder / "b.mkv").front(), 0, 0.001);
  EXPECT_NEAR(packets_of(folder / "b.mkv", AVMEDIA_TYPE_AUDIO).starts_s[0], 0.5, 0.0015);
}

TEST(FilmWriter, EncodesSoundAnewWhereTheContainerRefusesIt) {
  const TemporaryFolder folder;
  const std::string source =
      make_film(folder / "a.mkv",
                {.frames = 50, .sound_start_s = 0.2, .sound_s = 2, .subtitles = {"Hello."}});
  const std::vector<std::string> notes = rewrite(source, folder / "b.mp4");
  ASSERT_THAT(notes, SizeIs(1));
  EXPECT_THAT(notes[0], HasSubstr("Subtitles in subrip"));
  const SidePackets sound = packets_of(folder / "b.mp4", AVMEDIA_TYPE_AUDIO);
  EXPECT_EQ(sound.codec, "aac");
  EXPECT_NEAR(sound.starts_s[0], 0.2,
              0.14);  // an AAC encoder starts 1024 samples early: 0.128 s at 8 kHz
  EXPECT_NEAR(sound.end_s, 2.2, 0.14);
  EXPECT_THAT(picture_starts_s(folder / "b.mp4"), SizeIs(50));
}

TEST(FilmWriter, LeavesNothingWithoutFinish) {
  const TemporaryFolder folder;
  write_bytes(folder / "b.mp4", "precious");
  {
    FilmWriter writer(folder / "a.mp4", {.width = 80, .height = 48});
    writer.write(numbered_picture(0), 0);
    FilmWriter over(folder / "b.mp4", {.width = 80, .height = 48});
    over.write(numbered_picture(0), 0);
    EXPECT_EQ(folder.files(), 3);
    EXPECT_FALSE(std::filesystem::exists(folder / "a.mp4"));
  }
  EXPECT_EQ(folder.files(), 1);
  EXPECT_EQ(bytes_of(folder / "b.mp4"), "precious");
}

TEST(FilmWriter, RefusesWhatCannotBeWritten) {
  const TemporaryFolder folder;
  const auto writing = [&](const std::string& path, const std::string& sound_from = "") {
    return [=] { FilmWriter(path, {.width = 80, .height = 48, .sound_from = sound_from}); };
  };
  EXPECT_THAT(failure_of(writing(folder / "no/such/a.mp4")),
              HasSubstr("a.mp4: cannot be written: No such file"));
  EXPECT_THAT(failure_of(writing(folder / "a.docx"), FailureKind::usage),
              HasSubstr("no container for films has this ending"));
  EXPECT_THAT(failure_of(writing(folder / "a.wav"), FailureKind::usage),
              HasSubstr("no container for films has this ending"));
  EXPECT_THAT(failure_of(writing(folder / "a"), FailureKind::usage),
              HasSubstr("no container for films has this ending"));
  std::filesystem::create_directory(folder / "b.mp4");
  EXPECT_THAT(failure_of(writing(folder / "b.mp4")), HasSubstr("a folder"));
  const std::string source = make_film(folder / "c.mkv");
  EXPECT_THAT(failure_of(writing(source, source), FailureKind::usage),
              HasSubstr("write over the film itself"));
  EXPECT_THAT(failure_of(writing(folder / "d.mp4", folder / "missing.mp4"), FailureKind::film),
              HasSubstr("missing.mp4"));
  EXPECT_EQ(folder.files(), 2);
}

TEST(FilmWriter, ChecksWhatItIsGiven) {
  const TemporaryFolder folder;
  FilmWriter writer(folder / "a.mp4", {.width = 80, .height = 48});
  writer.write(numbered_picture(0), 10);
  EXPECT_THROW(writer.write(numbered_picture(1), 10), std::invalid_argument);
  EXPECT_THROW(writer.write(numbered_picture(1, 81, 48), 11), std::invalid_argument);
  EXPECT_THROW(writer.write(Picture(48, 80, CV_8UC1), 11), std::invalid_argument);
}

/// While it lives, a file of this process that grows beyond the limit fails as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

TEST(FilmWriter, SaysWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  const auto write_much = [&](const char* name) {
    FilmWriter writer(folder / name, {.width = 320, .height = 240, .quality = 1});
    cv::RNG random(1);
    for (int i = 0; i < 40; ++i) {
      Picture noise(240, 320, CV_8UC3);
      random.fill(noise, cv::RNG::UNIFORM, 0, 256);
      writer.write(noise, i);
    }
    writer.finish(40);
  };
  const FullDisk full(100000);
  EXPECT_THAT(failure_of([&] { write_much("a.mp4"); }),
              HasSubstr("a.mp4: cannot be written: File too large"));
  EXPECT_THAT(failure_of([&] { write_much("a.mkv"); }),
              HasSubstr("a.mkv: cannot be written: File too large"));
  EXPECT_EQ(folder.files(), 0);
}

}  // namespace
}  // namespace dramatis
