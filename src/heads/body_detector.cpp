#include "heads/body_detector.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/failure.h"
#include "faces/box_suppression.h"

namespace dramatis {
namespace {

constexpr std::size_t crowd = 5;  // heads; of the six people in one answer some are no heads
constexpr float part = 0.6f;      // of the frame's sides, in a second look
constexpr float heads_in_part =
    0.4f;                          // how far down in a part the heads are put: bodies hang below
constexpr float same_head = 0.4f;  // overlap

/// The left and the right part of the frame, at the height where the heads are.
std::array<Box, 2> parts_round(const std::vector<Head>& heads, const Frame& frame) {
  float middle = 0;
  for (const Head& head : heads) middle += head.box.centre().y / heads.size();
  const float width = part * frame.width(), height = part * frame.height();
  const float top = std::clamp(middle - heads_in_part * height, 0.f, frame.height() - height);
  return {Box{0, top, width, height}, Box{frame.width() - width, top, width, height}};
}

/// A head cut by a part's edge inside the frame is seen whole in the other part or the first look.
bool is_cut_by(const Box& part_of_frame, const Box& head, const Frame& frame) {
  const bool left = part_of_frame.x > 1 && head.x < part_of_frame.x;
  const bool right =
      part_of_frame.right() < frame.width() - 1 && head.right() > part_of_frame.right();
  const bool top = part_of_frame.y > 1 && head.y < part_of_frame.y;
  const bool bottom =
      part_of_frame.bottom() < frame.height() - 1 && head.bottom() > part_of_frame.bottom();
  return left || right || top || bottom;
}

/// The network's picture of a part of the frame.
Picture cut(const Frame& frame, const Box& part_of_frame, const Letterbox& fit) {
  const float sx = 1 / fit.frame_from_network_x, sy = 1 / fit.frame_from_network_y;
  const Picture whole = frame.picture(std::max<int>(1, std::lround(frame.width() * sx)),
                                      std::max<int>(1, std::lround(frame.height() * sy)));
  const cv::Rect wanted(std::lround(part_of_frame.x * sx), std::lround(part_of_frame.y * sy),
                        fit.covered_width, fit.covered_height);
  const cv::Rect there = wanted & cv::Rect({0, 0}, whole.size());
  Picture network(fit.network.height, fit.network.width, CV_8UC3, cv::Scalar::all(0));
  whole(there).copyTo(network(cv::Rect({0, 0}, there.size())));
  return network;
}

}  // namespace

Network load_movenet(const ModelDescription& model, int frame_width, int frame_height,
                     const BodyOptions& options, int parallel_requests) {
  const NetworkSize size =
      network_size_for(frame_width, frame_height, options.pixel_aspect, options.network_pixels);
  NetworkOptions network;
  network.input_shape = {1, size.height, size.width, 3};
  network.parallel_requests = parallel_requests;
  return Network(model.file, network);
}

MoveNetHeadDetector::MoveNetHeadDetector(const ModelDescription& model, const Network& network,
                                         const BodyOptions& options)
    : layout_(model.layout), options_(options), request_(network) {
  const auto input = network.input_shape();
  const auto outputs = network.output_shapes();
  if (input.size() != 4 || input[0] != 1 || input[3] != 3 || outputs.size() != 1 ||
      outputs[0].size() != 3 || outputs[0][2] != 56)
    throw model_failure(model.name,
                        "is not a MoveNet MultiPose: it needs an input [1, h, w, 3] and an output "
                        "[1, people, 56]");
  size_ = {static_cast<int>(input[2]), static_cast<int>(input[1])};
}

std::vector<Head> MoveNetHeadDetector::detect(const Frame& frame, const LookFor&) {
  const Letterbox fit = letterbox(frame.width(), frame.height(), options_.pixel_aspect, size_);
  std::vector<Head> heads = look_at(letterboxed(frame, fit), fit);
  if (options_.second_look_at_crowds && heads.size() >= crowd)
    for (const Box& part_of_frame : parts_round(heads, frame))
      for (Head& head : look_again_at(frame, part_of_frame)) heads.push_back(std::move(head));
  return without_overlaps(std::move(heads), same_head);
}

std::vector<Head> MoveNetHeadDetector::look_again_at(const Frame& frame, const Box& part_of_frame) {
  const Letterbox fit =
      letterbox(std::max(1, static_cast<int>(part_of_frame.width)),
                std::max(1, static_cast<int>(part_of_frame.height)), options_.pixel_aspect, size_);
  std::vector<Head> heads = look_at(cut(frame, part_of_frame, fit), fit);
  for (Head& head : heads) {
    head.box.x += part_of_frame.x;
    head.box.y += part_of_frame.y;
  }
  std::erase_if(heads, [&](const Head& head) { return is_cut_by(part_of_frame, head.box, frame); });
  return heads;
}

std::vector<Head> MoveNetHeadDetector::look_at(const Picture& network_picture,
                                               const Letterbox& fit) {
  fill_input(network_picture, layout_, request_.input());
  std::vector<Head> heads;
  for (const Body& body : decode_movenet(request_.infer()[0], size_.width, size_.height)) {
    const auto found = head_of_body(body, options_.min_score);
    if (!found) continue;
    Head head;
    head.box = fit.in_frame(found->box);
    head.score = found->score;
    head.source = HeadSource::keypoints;
    heads.push_back(std::move(head));
  }
  return heads;
}

}  // namespace dramatis
