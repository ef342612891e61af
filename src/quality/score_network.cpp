#include "quality/score_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/failure.h"
#include "faces/alignment.h"

namespace dramatis {

Network load_score_network(const ModelDescription& model, int parallel_requests) {
  NetworkOptions options;
  options.parallel_requests = parallel_requests;
  return Network(model.file, options);
}

ScoreNetwork::ScoreNetwork(const ModelDescription& model, const Network& network,
                           float pixel_aspect)
    : model_(model), pixel_aspect_(pixel_aspect), request_(network) {
  const std::int64_t side = model.input_width;
  const std::vector<std::int64_t> wanted = model.layout.channels_first
                                               ? std::vector<std::int64_t>{1, 3, side, side}
                                               : std::vector<std::int64_t>{1, side, side, 3};
  if (model.input_width != model.input_height || network.input_shape() != wanted)
    throw model_failure(model.name,
                        fmt::format("takes pictures of shape {}, not {} as described",
                                    shape_text(network.input_shape()), shape_text(wanted)));
  const auto outputs = network.output_shapes();
  if (outputs.empty() || std::any_of(outputs[0].begin(), outputs[0].end(),
                                     [](std::int64_t size) { return size != 1; }))
    throw model_failure(model.name, "does not answer with one number");
}

float ScoreNetwork::quality(const Picture& frame_picture, const Face& face) {
  const int side = model_.input_width;
  const Picture crop = model_.aligned
                           ? aligned_crop(frame_picture, face.landmarks, side, pixel_aspect_)
                           : square_crop(frame_picture, face.box, side, 1.2f, pixel_aspect_);
  fill_input(crop, model_.layout, request_.input());
  const float score = request_.infer()[0].values[0] * model_.score_scale;
  return std::isfinite(score) ? std::clamp(score, 0.f, 100.f) : 0.f;
}

}  // namespace dramatis
