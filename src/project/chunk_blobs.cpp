#include "project/chunk_blobs.h"

#include "project/blob.h"
#include "project/record_blobs.h"

namespace dramatis {
namespace {

constexpr std::uint16_t kVersion = 1;  ///< of stamps and looks
constexpr std::uint16_t kFeaturesVersion = 2;

constexpr std::uint8_t kHasFace = 1;
constexpr std::uint8_t kHasQuality = 2;
constexpr std::uint8_t kSoughtFaces = 1;
constexpr std::uint8_t kSoughtBodies = 2;

constexpr std::size_t kFeatureFloats = 13;
constexpr std::size_t kFeatureBytes = kFeatureFloats * sizeof(float) + Mosaic::cells;
constexpr std::size_t kLeastLookBytes = sizeof(std::int64_t) + 1 + sizeof(std::uint32_t);
constexpr std::size_t kLeastHeadBytes = 2 + kBoxBytes + 3 * sizeof(float);

// A field that is added to FrameFeatures must be stored as well.
static_assert(sizeof(FrameFeatures) == kFeatureBytes);

/// The numbers of a FrameFeatures in the order in which version 1 stored them, before the mosaic.
std::array<float FrameFeatures::*, kFeatureFloats> feature_fields() {
  using F = FrameFeatures;
  return {&F::hue_change,      &F::saturation_change,      &F::luma_change,
          &F::edge_change,     &F::colour_change,          &F::structure_change,
          &F::brightness,      &F::histogram_correlation,  &F::hash_distance,
          &F::cut_probability, &F::transition_probability, &F::shift_x,
          &F::shift_y};
}

/// Those that version 2 added, after the mosaic.
std::array<float FrameFeatures::*, 2> later_feature_fields() {
  return {&FrameFeatures::colour_change, &FrameFeatures::structure_change};
}

void put_head(BlobWriter& writer, const Head& head) {
  writer.put(static_cast<std::uint8_t>((head.face ? kHasFace : 0) |
                                       (head.face_quality ? kHasQuality : 0)));
  writer.put(static_cast<std::uint8_t>(head.source));
  put_box(writer, head.box);
  writer.put(head.score);
  if (head.face) put_face(writer, *head.face);
  if (head.face_quality) writer.put(*head.face_quality);
  writer.put_all(std::span<const float>(head.colours));
  writer.put_all(std::span<const float>(head.embedding));
}

Head take_head(BlobReader& reader) {
  Head head;
  const auto has = reader.take<std::uint8_t>();
  head.source = static_cast<HeadSource>(reader.take<std::uint8_t>());
  head.box = take_box(reader);
  head.score = reader.take<float>();
  if (has & kHasFace) head.face = take_face(reader);
  if (has & kHasQuality) head.face_quality = reader.take<float>();
  head.colours = reader.take_all<std::vector<float>>();
  head.embedding = reader.take_all<Embedding>();
  return head;
}

}  // namespace

std::string stamps_blob(const std::vector<std::int64_t>& stamps) {
  BlobWriter writer(kVersion);
  writer.put_all(std::span<const std::int64_t>(stamps));
  return writer.finish();
}

std::vector<std::int64_t> stamps_from(std::string_view blob, const std::string& where) {
  return BlobReader(blob, kVersion, where).take_all<std::vector<std::int64_t>>();
}

std::string features_blob(const std::vector<FrameFeatures>& features) {
  BlobWriter writer(kFeaturesVersion);
  writer.put(static_cast<std::uint32_t>(features.size()));
  for (const FrameFeatures& frame : features) {
    for (const auto field : feature_fields()) writer.put(frame.*field);
    writer.put(frame.mosaic.luma);
    for (const auto field : later_feature_fields()) writer.put(frame.*field);
  }
  return writer.finish();
}

std::vector<FrameFeatures> features_from(std::string_view blob, const std::string& where) {
  BlobReader reader(blob, kFeaturesVersion, where);
  std::vector<FrameFeatures> features(reader.take_count(kFeatureBytes));
  for (FrameFeatures& frame : features) {
    for (const auto field : feature_fields()) frame.*field = reader.take<float>();
    frame.mosaic.luma = reader.take<decltype(frame.mosaic.luma)>();
    if (reader.version() < 2) continue;
    for (const auto field : later_feature_fields()) frame.*field = reader.take<float>();
  }
  return features;
}

std::string looks_blob(const std::vector<Look>& looks) {
  BlobWriter writer(kVersion);
  writer.put(static_cast<std::uint32_t>(looks.size()));
  for (const Look& look : looks) {
    writer.put(look.frame);
    writer.put(static_cast<std::uint8_t>((look.sought_faces ? kSoughtFaces : 0) |
                                         (look.sought_bodies ? kSoughtBodies : 0)));
    writer.put(static_cast<std::uint32_t>(look.heads.size()));
    for (const Head& head : look.heads) put_head(writer, head);
  }
  return writer.finish();
}

std::vector<Look> looks_from(std::string_view blob, const std::string& where) {
  BlobReader reader(blob, kVersion, where);
  std::vector<Look> looks(reader.take_count(kLeastLookBytes));
  for (Look& look : looks) {
    look.frame = reader.take<FrameNumber>();
    const auto sought = reader.take<std::uint8_t>();
    look.sought_faces = sought & kSoughtFaces;
    look.sought_bodies = sought & kSoughtBodies;
    look.heads.resize(reader.take_count(kLeastHeadBytes));
    for (Head& head : look.heads) head = take_head(reader);
  }
  return looks;
}

}  // namespace dramatis
