#include "heads/yolov5.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

#include "base/failure.h"
#include "faces/box_suppression.h"

namespace dramatis {
namespace {

constexpr std::int64_t first_class = 5;
constexpr int grey_outside = 114;  // as in its training

bool is_of_class(std::span<const float> row, int class_index) {
  const auto classes = row.subspan(first_class);
  return classes[class_index] >= *std::max_element(classes.begin(), classes.end());
}

}  // namespace

std::vector<YoloBox> decode_yolov5(const Tensor& output, const YoloOptions& options) {
  const auto& shape = output.shape;
  if (shape.size() != 3 || shape[0] != 1 || options.class_index < 0 ||
      shape[2] <= first_class + options.class_index)
    throw std::invalid_argument("not the output of a YOLOv5 with this class");
  std::vector<YoloBox> boxes;
  for (std::int64_t i = 0; i < shape[1]; ++i) {
    const std::span<const float> row(output.values.data() + i * shape[2], shape[2]);
    const float score = row[4] * row[first_class + options.class_index];
    if (!(score >= options.min_score) || !is_of_class(row, options.class_index)) continue;
    if (!std::isfinite(row[0] + row[1] + row[2] + row[3])) continue;
    boxes.push_back(
        {{row[0] - row[2] / 2, row[1] - row[3] / 2, row[2], row[3]}, std::min(score, 1.f)});
  }
  return without_overlaps(std::move(boxes), options.max_overlap);
}

Yolov5HeadDetector::Yolov5HeadDetector(const ModelDescription& model, const Network& network,
                                       YoloOptions options, float pixel_aspect)
    : layout_(model.layout), options_(options), pixel_aspect_(pixel_aspect), request_(network) {
  options_.class_index = model.class_index;
  const auto input = network.input_shape();
  const auto outputs = network.output_shapes();
  if (input.size() != 4 || input[0] != 1 || input[layout_.channels_first ? 1 : 3] != 3)
    throw model_failure(model.name, "takes an input of " + shape_text(input) + ", not one picture");
  if (outputs.empty() || outputs[0].size() != 3 || model.class_index < 0 ||
      outputs[0][2] <= first_class + model.class_index)
    throw model_failure(model.name,
                        fmt::format("is not a YOLOv5 with a class {}: it needs an output "
                                    "[1, boxes, 5 + classes]",
                                    model.class_index));
  const bool first = layout_.channels_first;
  size_ = {static_cast<int>(input[first ? 3 : 2]), static_cast<int>(input[first ? 2 : 1])};
}

std::vector<Head> Yolov5HeadDetector::detect(const Frame& frame, const LookFor&) {
  const Letterbox fit = letterbox(frame.width(), frame.height(), pixel_aspect_, size_);
  fill_input(letterboxed(frame, fit, grey_outside), layout_, request_.input());
  std::vector<Head> heads;
  for (const YoloBox& box : decode_yolov5(request_.infer()[0], options_)) {
    Head head;
    head.box = fit.in_frame(box.box);
    head.score = box.score;
    head.source = HeadSource::head_network;
    heads.push_back(std::move(head));
  }
  return heads;
}

}  // namespace dramatis
