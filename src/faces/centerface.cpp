#include "faces/centerface.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "faces/box_suppression.h"

namespace dramatis {
namespace {

constexpr int stride = 4;  // network pixels a cell of the maps

/// The four maps side by side: map(channel, row, column).
struct Map {
  const Tensor& tensor;
  std::int64_t rows() const { return tensor.shape[2]; }
  std::int64_t columns() const { return tensor.shape[3]; }
  float at(int channel, std::int64_t row, std::int64_t column) const {
    return tensor.values[(channel * rows() + row) * columns() + column];
  }
};

void check_shapes(std::span<const Tensor> outputs) {
  constexpr std::int64_t channels[] = {1, 2, 2, 10};
  if (outputs.size() != 4) throw std::invalid_argument("CenterFace has four outputs");
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& shape = outputs[i].shape;
    if (shape.size() != 4 || shape[0] != 1 || shape[1] != channels[i] ||
        shape[2] != outputs[0].shape[2] || shape[3] != outputs[0].shape[3])
      throw std::invalid_argument("CenterFace's outputs do not have their shapes");
  }
}

Face face_at(std::span<const Tensor> outputs, std::int64_t row, std::int64_t column) {
  const Map centre{outputs[0]}, scale{outputs[1]}, offset{outputs[2]}, landmark{outputs[3]};
  Face face;
  face.score = std::clamp(centre.at(0, row, column), 0.f, 1.f);
  const float height = std::exp(scale.at(0, row, column)) * stride;
  const float width = std::exp(scale.at(1, row, column)) * stride;
  const float centre_y = (row + offset.at(0, row, column) + 0.5f) * stride;
  const float centre_x = (column + offset.at(1, row, column) + 0.5f) * stride;
  face.box = {centre_x - width / 2, centre_y - height / 2, width, height};
  const auto point = [&](int i) {
    return Point{face.box.x + landmark.at(2 * i + 1, row, column) * width,
                 face.box.y + landmark.at(2 * i, row, column) * height};
  };
  face.landmarks = {point(0), point(1), point(2), point(3), point(4)};
  return face;
}

/// A damaged picture or network can answer with anything; a face is of a size that a picture can
/// show.
bool is_possible(const Face& face, const Map& centre) {
  const float largest = 4.f * stride * static_cast<float>(centre.rows() + centre.columns());
  const auto places = face.landmarks.points();
  return face.box.width < largest && face.box.height < largest &&
         std::all_of(places.begin(), places.end(), [&](const Point& p) {
           return std::abs(p.x) < largest && std::abs(p.y) < largest;
         });
}

Face in_frame(const Face& in_network, const Letterbox& fit) {
  const Landmarks& l = in_network.landmarks;
  Face face = in_network;
  face.box = fit.in_frame(in_network.box);
  face.landmarks = {fit.in_frame(l.left_eye), fit.in_frame(l.right_eye), fit.in_frame(l.nose),
                    fit.in_frame(l.left_mouth_corner), fit.in_frame(l.right_mouth_corner)};
  return face;
}

}  // namespace

std::vector<Face> decode_centerface(std::span<const Tensor> outputs,
                                    const CenterFaceOptions& options) {
  check_shapes(outputs);
  const Map centre{outputs[0]};
  std::vector<Face> faces;
  for (std::int64_t row = 0; row < centre.rows(); ++row)
    for (std::int64_t column = 0; column < centre.columns(); ++column)
      if (centre.at(0, row, column) >= options.min_score) {
        const Face face = face_at(outputs, row, column);
        if (is_possible(face, centre)) faces.push_back(face);
      }
  return without_overlaps(std::move(faces), options.max_overlap);
}

Network load_centerface(const ModelDescription& model, int frame_width, int frame_height,
                        const CenterFaceOptions& options, int parallel_requests) {
  const NetworkSize size =
      network_size_for(frame_width, frame_height, options.pixel_aspect, options.network_pixels);
  NetworkOptions network;
  network.input_shape = {1, 3, size.height, size.width};
  network.parallel_requests = parallel_requests;
  return Network(model.file, network);
}

CenterFaceDetector::CenterFaceDetector(const ModelDescription& model, const Network& network,
                                       const CenterFaceOptions& options)
    : layout_(model.layout), options_(options), request_(network) {
  const auto shape = network.input_shape();
  if (shape.size() != 4 || shape[0] != 1 || shape[1] != 3 || network.output_shapes().size() != 4)
    throw model_failure(model.name,
                        "is not a CenterFace network: it needs an input [1, 3, h, w] and "
                        "four outputs");
  size_ = {static_cast<int>(shape[3]), static_cast<int>(shape[2])};
}

std::vector<Face> CenterFaceDetector::detect(const Frame& frame) {
  const Letterbox fit = letterbox(frame.width(), frame.height(), options_.pixel_aspect, size_);
  fill_input(letterboxed(frame, fit), layout_, request_.input());
  std::vector<Face> faces = decode_centerface(request_.infer(), options_);
  for (Face& face : faces) face = in_frame(face, fit);
  return faces;
}

}  // namespace dramatis
