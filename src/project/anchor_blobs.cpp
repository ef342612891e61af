#include "project/anchor_blobs.h"

#include "project/blob.h"
#include "project/record_blobs.h"

namespace dramatis {
namespace {

constexpr std::uint16_t kVersion = 1;

}  // namespace

std::string anchor_points_blob(const std::vector<AnchorPoint>& points) {
  BlobWriter writer(kVersion);
  writer.put(static_cast<std::uint32_t>(points.size()));
  for (const AnchorPoint& point : points) {
    writer.put(point.frame);
    put_box(writer, point.box);
  }
  return writer.finish();
}

std::vector<AnchorPoint> anchor_points_from(std::string_view blob, const std::string& where) {
  BlobReader reader(blob, kVersion, where);
  std::vector<AnchorPoint> points(reader.take_count(sizeof(FrameNumber) + kBoxBytes));
  for (AnchorPoint& point : points) {
    point.frame = reader.take<FrameNumber>();
    point.box = take_box(reader);
  }
  return points;
}

}  // namespace dramatis
