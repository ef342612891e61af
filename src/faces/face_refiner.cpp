#include "faces/face_refiner.h"

#include <algorithm>

#include "base/failure.h"
#include "faces/alignment.h"

namespace dramatis {
namespace {

constexpr float margin = 2.f;  // side of the part that is cut out, in larger sides of the face

/// The face in the middle, about as large as the one that was sought.
const Face* face_in_the_middle(const std::vector<Face>& faces) {
  constexpr float side = FaceRefiner::network_side;
  const Face* best = nullptr;
  for (const Face& face : faces) {
    const float size = std::max(face.box.width, face.box.height) * margin / side;
    const float away = distance(face.box.centre(), {side / 2, side / 2}) * margin / side;
    if (size < 0.6f || size > 1.6f || away > 0.35f) continue;
    if (!best || face.score > best->score) best = &face;
  }
  return best;
}

}  // namespace

Network FaceRefiner::load(const ModelDescription& centerface, int parallel_requests) {
  NetworkOptions options;
  options.input_shape = {1, 3, network_side, network_side};
  options.parallel_requests = parallel_requests;
  return Network(centerface.file, options);
}

FaceRefiner::FaceRefiner(const ModelDescription& centerface, const Network& network,
                         float pixel_aspect)
    : layout_(centerface.layout), pixel_aspect_(pixel_aspect), request_(network) {
  if (network.input_shape() != std::vector<std::int64_t>{1, 3, network_side, network_side})
    throw model_failure(centerface.name, "was loaded in the wrong size for second looks");
}

std::optional<Face> FaceRefiner::refined(const Picture& frame_picture, const Face& face) {
  if (face.box.empty()) return std::nullopt;
  const Picture part = square_crop(frame_picture, face.box, network_side, margin, pixel_aspect_);
  fill_input(part, layout_, request_.input());
  const auto found = decode_centerface(request_.infer(), {.min_score = 0.2f});
  const Face* again = face_in_the_middle(found);
  if (!again) return std::nullopt;

  const float side = margin * std::max(face.box.width * pixel_aspect_, face.box.height);
  const float sx = side / pixel_aspect_ / network_side, sy = side / network_side;
  const Point middle = face.box.centre();
  const auto in_frame = [&](const Point& p) {
    return Point{middle.x + (p.x - network_side / 2.f) * sx,
                 middle.y + (p.y - network_side / 2.f) * sy};
  };
  Face refined = *again;
  const Point corner = in_frame({again->box.x, again->box.y});
  refined.box = {corner.x, corner.y, again->box.width * sx, again->box.height * sy};
  Landmarks& l = refined.landmarks;
  for (Point* p : {&l.left_eye, &l.right_eye, &l.nose, &l.left_mouth_corner, &l.right_mouth_corner})
    *p = in_frame(*p);
  return refined;
}

}  // namespace dramatis
