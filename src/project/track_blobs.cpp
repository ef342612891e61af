#include "project/track_blobs.h"

#include "base/failure.h"
#include "project/blob.h"
#include "project/record_blobs.h"

namespace dramatis {
namespace {

constexpr std::uint16_t kVersion = 1;
constexpr std::uint8_t kSeen = 1;
constexpr std::uint8_t kClean = 1;
constexpr std::size_t kPointBytes = sizeof(FrameNumber) + kBoxBytes + 1 + sizeof(float);
constexpr std::size_t kSightingBytes = sizeof(FrameNumber) + kFaceBytes + sizeof(float) + 1;

}  // namespace

std::string points_blob(const std::vector<TrackPoint>& points) {
  BlobWriter writer(kVersion);
  writer.put(static_cast<std::uint32_t>(points.size()));
  for (const TrackPoint& point : points) {
    writer.put(point.frame);
    put_box(writer, point.box);
    writer.put(static_cast<std::uint8_t>(point.seen ? kSeen : 0));
    writer.put(point.speed);
  }
  return writer.finish();
}

std::vector<TrackPoint> points_from(std::string_view blob, const std::string& where) {
  BlobReader reader(blob, kVersion, where);
  std::vector<TrackPoint> points(reader.take_count(kPointBytes));
  for (TrackPoint& point : points) {
    point.frame = reader.take<FrameNumber>();
    point.box = take_box(reader);
    point.seen = reader.take<std::uint8_t>() & kSeen;
    point.speed = reader.take<float>();
  }
  return points;
}

std::string faces_blob(const std::vector<FaceSighting>& faces) {
  BlobWriter writer(kVersion);
  writer.put(static_cast<std::uint32_t>(faces.size()));
  for (const FaceSighting& sighting : faces) {
    writer.put(sighting.frame);
    put_face(writer, sighting.face);
    writer.put(sighting.quality);
    writer.put(static_cast<std::uint8_t>(sighting.clean ? kClean : 0));
  }
  return writer.finish();
}

std::vector<FaceSighting> faces_from(std::string_view blob, const std::string& where) {
  BlobReader reader(blob, kVersion, where);
  std::vector<FaceSighting> faces(reader.take_count(kSightingBytes));
  for (FaceSighting& sighting : faces) {
    sighting.frame = reader.take<FrameNumber>();
    sighting.face = take_face(reader);
    sighting.quality = reader.take<float>();
    sighting.clean = reader.take<std::uint8_t>() & kClean;
  }
  return faces;
}

std::string embeddings_blob(const std::vector<FaceSighting>& faces) {
  BlobWriter writer(kVersion);
  writer.put(static_cast<std::uint32_t>(faces.size()));
  for (const FaceSighting& sighting : faces)
    writer.put_all(std::span<const float>(sighting.embedding));
  return writer.finish();
}

void add_embeddings(std::string_view blob, std::vector<FaceSighting>& faces,
                    const std::string& where) {
  BlobReader reader(blob, kVersion, where);
  if (reader.take_count(sizeof(std::uint32_t)) != faces.size())
    throw project_failure(where, "the file is damaged");
  for (FaceSighting& sighting : faces) sighting.embedding = reader.take_all<Embedding>();
}

std::string numbers_blob(const std::vector<float>& numbers) {
  BlobWriter writer(kVersion);
  writer.put_all(std::span<const float>(numbers));
  return writer.finish();
}

std::vector<float> numbers_from(std::string_view blob, const std::string& where) {
  return BlobReader(blob, kVersion, where).take_all<std::vector<float>>();
}

}  // namespace dramatis
