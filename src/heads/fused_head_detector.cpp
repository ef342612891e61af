#include "heads/fused_head_detector.h"

#include "heads/head_from_face.h"

namespace dramatis {

FusedHeadDetector::FusedHeadDetector(std::unique_ptr<FaceDetector> faces,
                                     std::unique_ptr<HeadDetector> others,
                                     const FusionOptions& options, float pixel_aspect)
    : faces_(std::move(faces)),
      others_(std::move(others)),
      options_(options),
      pixel_aspect_(pixel_aspect) {}

std::vector<Head> FusedHeadDetector::detect(const Frame& frame, const LookFor& look_for) {
  std::vector<Head> from_faces, from_others;
  if (look_for.faces)
    for (const Face& face : faces_->detect(frame)) {
      Head head;
      head.box = head_box_from_face(face, pixel_aspect_);
      head.score = face.score;
      head.face = face;
      from_faces.push_back(std::move(head));
    }
  if (look_for.bodies) from_others = others_->detect(frame, look_for);
  return in_picture(fused(std::move(from_faces), std::move(from_others), options_), frame.width(),
                    frame.height());
}

}  // namespace dramatis
