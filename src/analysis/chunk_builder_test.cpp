#include "analysis/chunk_builder.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

namespace dramatis {
namespace {

constexpr FrameNumber kChunk = 50;

Seen head_at(FrameNumber frame, const Box& box, std::optional<float> quality) {
  Seen seen{.look = {.frame = frame}};
  seen.look.heads.push_back({.box = box, .score = 0.9f, .face_quality = quality});
  seen.pictures.push_back({frame, box, {1, 2, 3}});
  return seen;
}

/// A film of 120 frames, a look at every fifth; features come `delay` frames late.
std::vector<FilmChunk> chunks_of_a_film(FrameNumber first, FrameNumber delay) {
  ChunkBuilder builder(first, kChunk, {});
  std::vector<FilmChunk> chunks;
  const auto take = [&] {
    while (std::optional<FilmChunk> chunk = builder.take_ready()) chunks.push_back(*chunk);
  };
  for (FrameNumber frame = first; frame < 120; ++frame) {
    builder.add_frame(frame, 10 * frame);
    if (frame % 5 == 0) {
      builder.expect_look(frame);
      builder.add_look(head_at(frame, {10, 10, 20, 20}, 50.0f));
    }
    if (frame - delay >= first) builder.add_features({});
    take();
  }
  for (FrameNumber frame = 0; frame < delay; ++frame) builder.add_features({});
  builder.end_film();
  take();
  return chunks;
}

TEST(ChunkBuilder, EveryFrameIsInOneChunkHoweverLateItsFeatures) {
  for (const FrameNumber delay : {0, 7, 60, 110}) {
    const std::vector<FilmChunk> chunks = chunks_of_a_film(0, delay);
    ASSERT_EQ(chunks.size(), 3u) << delay;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      EXPECT_EQ(chunks[i].index, static_cast<std::int64_t>(i));
      EXPECT_EQ(chunks[i].range.start, static_cast<FrameNumber>(i) * kChunk);
      EXPECT_EQ(chunks[i].stamps.front(), 10 * chunks[i].range.start);
      EXPECT_EQ(chunks[i].features.size(), static_cast<std::size_t>(chunks[i].range.size()));
    }
    EXPECT_EQ(chunks.back().range.end, 120);
  }
}

TEST(ChunkBuilder, GoesOnInTheMiddleOfAFilmWithTheSameChunks) {
  const std::vector<FilmChunk> whole = chunks_of_a_film(0, 7);
  const std::vector<FilmChunk> rest = chunks_of_a_film(kChunk, 7);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0].range, whole[1].range);
  EXPECT_EQ(rest[0].looks.size(), whole[1].looks.size());
  EXPECT_EQ(rest[0].pictures.size(), whole[1].pictures.size());
}

TEST(ChunkBuilder, WaitsForALookThatIsNotBack) {
  ChunkBuilder builder(0, 2, {});
  for (FrameNumber frame = 0; frame < 2; ++frame) {
    builder.add_frame(frame, frame);
    builder.add_features({});
  }
  builder.expect_look(1);
  EXPECT_FALSE(builder.take_ready());
  builder.add_look(head_at(1, {0, 0, 5, 5}, std::nullopt));
  EXPECT_TRUE(builder.take_ready());
}

TEST(ChunkBuilder, FollowsAHeadThatIsLostAndKeepsPicturesOfThoseFound) {
  Picture picture(90, 160, CV_8UC3);
  cv::theRNG().state = 7;
  cv::randu(picture, 0, 256);
  ChunkBuilder builder(0, kChunk, {.width = 160, .height = 90});
  for (FrameNumber frame = 0; frame < kChunk; ++frame) {
    builder.add_frame(frame, frame);
    builder.add_features({});
    if (frame % 5 != 0) continue;
    Seen seen{.look = {.frame = frame}};
    if (frame == 5) seen = head_at(frame, {60, 30, 20, 20}, 50.0f);
    seen.grey = GreyLevels(picture, 160, 90);
    builder.expect_look(frame);
    builder.add_look(std::move(seen));
  }
  const std::optional<FilmChunk> chunk = builder.take_ready();
  ASSERT_TRUE(chunk);
  for (const Look& look : chunk->looks) EXPECT_EQ(look.heads.size(), 1u) << look.frame;
  EXPECT_EQ(chunk->pictures.size(), 1u);
}

FilmChunk chunk_with(const std::vector<Seen>& seen) {
  FilmChunk chunk{.range = {0, 40}};
  chunk.features.resize(40);
  for (const Seen& one : seen) {
    chunk.looks.push_back(one.look);
    chunk.pictures.push_back(one.pictures.front());
  }
  return chunk;
}

std::vector<FrameNumber> frames_of(const std::vector<HeadPicture>& pictures) {
  std::vector<FrameNumber> frames;
  for (const HeadPicture& picture : pictures) frames.push_back(picture.frame);
  return frames;
}

TEST(WorthKeeping, KeepsTheBestFacesOfAHead) {
  const Box box{10, 10, 20, 20};
  const FilmChunk chunk = chunk_with({head_at(0, box, 10.0f), head_at(5, box, 90.0f),
                                      head_at(10, box, std::nullopt), head_at(15, box, 80.0f)});
  EXPECT_EQ(frames_of(worth_keeping(chunk, 2)), (std::vector<FrameNumber>{5, 15}));
}

TEST(WorthKeeping, KeepsTheMiddleOfAHeadWithoutFace) {
  const Box box{10, 10, 20, 20};
  const FilmChunk chunk = chunk_with({head_at(0, box, std::nullopt), head_at(5, box, std::nullopt),
                                      head_at(10, box, std::nullopt)});
  EXPECT_EQ(frames_of(worth_keeping(chunk, 2)), (std::vector<FrameNumber>{5}));
}

TEST(WorthKeeping, WhoStandsInTheSamePlaceAfterACutIsSomebodyElse) {
  const Box box{10, 10, 20, 20};
  FilmChunk chunk =
      chunk_with({head_at(0, box, 95.0f), head_at(5, box, 96.0f), head_at(10, box, 20.0f)});
  chunk.features[8] = {.hue_change = 60, .saturation_change = 60, .luma_change = 60};
  EXPECT_EQ(frames_of(worth_keeping(chunk, 2)), (std::vector<FrameNumber>{0, 5, 10}));
}

}  // namespace
}  // namespace dramatis
