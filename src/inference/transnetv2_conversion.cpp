#include "inference/transnetv2_conversion.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <openvino/openvino.hpp>
#include <openvino/opsets/opset13.hpp>

#include "base/failure.h"
#include "inference/torch_weights.h"

// Three stages of dilated convolutions over space and time, each followed by halving the picture;
// what they see is compared between all frames of the window (learned similarity), and so are the
// colour histograms of the frames; two dense layers turn all that into two probabilities a frame.
//
// Two things are done differently from the original, with the same result: the four branches of a
// block begin with spatial convolutions of the same input, so they are one convolution here; and
// each normalisation is folded into the convolution before it.

namespace dramatis {
namespace {

namespace op = ov::opset13;
using Node = ov::Output<ov::Node>;
using Weights = std::map<std::string, Tensor>;

constexpr std::int64_t window_frames = 100, picture_height = 27, picture_width = 48;
constexpr std::int64_t lookup_frames = 101;  // each frame is compared with 50 on either side
constexpr std::int64_t histogram_bins = 512;
constexpr std::array dilations{1, 2, 4, 8};
constexpr float normalisation_epsilon = 1e-3f;

struct MissingTensor {
  std::string name;
};

const Tensor& tensor(const Weights& weights, const std::string& name) {
  const auto found = weights.find(name);
  if (found == weights.end()) throw MissingTensor{name};
  return found->second;
}

Node constant(const std::vector<float>& values, const std::vector<std::int64_t>& shape) {
  return op::Constant::create(ov::element::f32, ov::Shape(shape.begin(), shape.end()), values);
}
Node constant(const Tensor& tensor) { return constant(tensor.values, tensor.shape); }
Node numbers(const std::vector<std::int64_t>& values) {
  return op::Constant::create(ov::element::i64, ov::Shape{values.size()}, values);
}
Node scalar(float value) { return op::Constant::create(ov::element::f32, ov::Shape{}, {value}); }
Node whole(std::int32_t value) {
  return op::Constant::create(ov::element::i32, ov::Shape{}, {value});
}

Node reshaped(const Node& x, const std::vector<std::int64_t>& shape) {
  return std::make_shared<op::Reshape>(x, numbers(shape), false);
}
Node transposed(const Node& x, const std::vector<std::int64_t>& order) {
  return std::make_shared<op::Transpose>(x, numbers(order));
}
Node relu(const Node& x) { return std::make_shared<op::Relu>(x); }

/// x · weightᵀ + bias, of the layer with this name.
Node dense(const Node& x, const Weights& weights, const std::string& layer) {
  const Node product =
      std::make_shared<op::MatMul>(x, constant(tensor(weights, layer + ".weight")), false, true);
  const Tensor& bias = tensor(weights, layer + ".bias");
  return std::make_shared<op::Add>(product, constant(bias));
}

Node convolution(const Node& x, const Node& kernel, std::ptrdiff_t spatial_padding,
                 std::ptrdiff_t dilation) {
  const bool over_time = spatial_padding == 0;
  const ov::CoordinateDiff padding{over_time ? dilation : 0, spatial_padding, spatial_padding};
  const ov::Strides dilated{over_time ? static_cast<std::size_t>(dilation) : 1, 1, 1};
  return std::make_shared<op::Convolution>(x, kernel, ov::Strides{1, 1, 1}, padding, padding,
                                           dilated);
}

/// Of one block's four branches: the spatial kernels, one after the other.
Tensor joined_spatial_kernels(const Weights& weights, const std::string& block) {
  Tensor joined;
  for (const int dilation : dilations) {
    const Tensor& kernel =
        tensor(weights, block + ".Conv3D_" + std::to_string(dilation) + ".layers.0.weight");
    if (joined.shape.empty())
      joined.shape = kernel.shape;
    else
      joined.shape[0] += kernel.shape[0];
    joined.values.insert(joined.values.end(), kernel.values.begin(), kernel.values.end());
  }
  return joined;
}

/// Normalisation after the block as a factor and an addition for each of its channels.
struct Normalisation {
  std::vector<float> factor, addition;
};

Normalisation normalisation(const Weights& weights, const std::string& block) {
  const std::vector<float>& weight = tensor(weights, block + ".bn.weight").values;
  const std::vector<float>& bias = tensor(weights, block + ".bn.bias").values;
  const std::vector<float>& mean = tensor(weights, block + ".bn.running_mean").values;
  const std::vector<float>& variance = tensor(weights, block + ".bn.running_var").values;
  Normalisation made;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    made.factor.push_back(weight[i] / std::sqrt(variance[i] + normalisation_epsilon));
    made.addition.push_back(bias[i] - mean[i] * made.factor[i]);
  }
  return made;
}

/// Over space for all branches at once, then over time, each branch at its own dilation.
Node dilated_block(const Node& x, const Weights& weights, const std::string& block) {
  const Node spatial = convolution(x, constant(joined_spatial_kernels(weights, block)), 1, 1);
  const auto branches = std::make_shared<op::Split>(spatial, whole(1), dilations.size());
  const Normalisation normal = normalisation(weights, block);
  ov::OutputVector parts;
  std::size_t channel = 0;
  for (std::size_t branch = 0; branch < dilations.size(); ++branch) {
    Tensor kernel = tensor(
        weights, block + ".Conv3D_" + std::to_string(dilations[branch]) + ".layers.1.weight");
    const std::size_t taps = kernel.values.size() / static_cast<std::size_t>(kernel.shape[0]);
    for (std::size_t i = 0; i < kernel.values.size(); ++i)
      kernel.values[i] *= normal.factor[channel + i / taps];
    channel += static_cast<std::size_t>(kernel.shape[0]);
    parts.push_back(convolution(branches->output(branch), constant(kernel), 0, dilations[branch]));
  }
  const Node joined = std::make_shared<op::Concat>(parts, 1);
  return std::make_shared<op::Add>(
      joined,
      constant(normal.addition, {1, static_cast<std::int64_t>(normal.addition.size()), 1, 1, 1}));
}

Node stage(const Node& x, const Weights& weights, int number) {
  const std::string name = "SDDCNN." + std::to_string(number) + ".DDCNN.";
  const Node first = relu(dilated_block(x, weights, name + "0"));
  const Node second = relu(dilated_block(first, weights, name + "1"));
  const Node sum = std::make_shared<op::Add>(second, first);
  return std::make_shared<op::AvgPool>(sum, ov::Strides{1, 2, 2}, ov::Shape{0, 0, 0},
                                       ov::Shape{0, 0, 0}, ov::Shape{1, 2, 2}, true);
}

Node unit_rows(const Node& x) {
  return std::make_shared<op::NormalizeL2>(x, numbers({-1}), 1e-24f, ov::op::EpsMode::MAX);
}

/// From one unit vector a frame, [1, frames, length], to each frame's products with its 101
/// neighbours, 0 beyond the window. Written row by row into rows one longer than they are, each row
/// of the padded table of all products begins one further to the right: there the neighbours stand
/// in columns.
Node similarity_to_neighbours(const Node& rows) {
  const std::int64_t reach = (lookup_frames - 1) / 2, padded = window_frames + 2 * reach;
  const Node products = std::make_shared<op::MatMul>(rows, rows, false, true);
  const auto pad = [](const Node& x, std::vector<std::int64_t> before,
                      std::vector<std::int64_t> after) {
    return std::make_shared<op::Pad>(x, numbers(before), numbers(after), scalar(0),
                                     ov::op::PadMode::CONSTANT);
  };
  const Node wide = pad(products, {0, 0, reach}, {0, 0, reach});
  const Node line = pad(reshaped(wide, {1, window_frames * padded}), {0, 0}, {0, window_frames});
  const Node skewed = reshaped(line, {1, window_frames, padded + 1});
  return std::make_shared<op::Slice>(skewed, numbers({0}), numbers({lookup_frames}), numbers({1}),
                                     numbers({2}));
}

Node learned_similarity(const ov::OutputVector& stages, const Weights& weights) {
  ov::OutputVector means;
  for (const Node& seen : stages)
    means.push_back(std::make_shared<op::ReduceMean>(seen, numbers({3, 4}), false));
  const Node frames = transposed(std::make_shared<op::Concat>(means, 1), {0, 2, 1});
  const Node projected = unit_rows(dense(frames, weights, "frame_sim_layer.projection"));
  return relu(dense(similarity_to_neighbours(projected), weights, "frame_sim_layer.fc"));
}

/// Colour histograms of 8 x 8 x 8 bins. Bin numbers are whole numbers: half-precision would blur
/// them.
Node histogram_similarity(const Node& pictures, const Weights& weights) {
  const Node colours = std::make_shared<op::Convert>(pictures, ov::element::i32);
  const Node eighths = std::make_shared<op::Divide>(
      reshaped(colours, {window_frames, picture_height * picture_width, 3}), whole(32));
  const Node place = op::Constant::create(ov::element::i32, ov::Shape{3}, {64, 8, 1});
  const Node bins = std::make_shared<op::ReduceSum>(std::make_shared<op::Multiply>(eighths, place),
                                                    numbers({2}), false);
  const Node empty = op::Constant::create(
      ov::element::f32,
      ov::Shape{static_cast<std::size_t>(window_frames), static_cast<std::size_t>(histogram_bins)},
      std::vector<float>(static_cast<std::size_t>(window_frames * histogram_bins), 0.0f));
  const Node ones = op::Constant::create(
      ov::element::f32,
      ov::Shape{static_cast<std::size_t>(window_frames),
                static_cast<std::size_t>(picture_height * picture_width)},
      std::vector<float>(static_cast<std::size_t>(window_frames * picture_height * picture_width),
                         1.0f));
  const Node counted = std::make_shared<ov::op::v12::ScatterElementsUpdate>(
      empty, bins, ones, whole(1), ov::op::v12::ScatterElementsUpdate::Reduction::SUM, true);
  const Node unit = unit_rows(reshaped(counted, {1, window_frames, histogram_bins}));
  return relu(dense(similarity_to_neighbours(unit), weights, "color_hist_layer.fc"));
}

ov::Output<ov::Node> probability(const Node& x, const Weights& weights, const std::string& layer) {
  const auto made = std::make_shared<op::Sigmoid>(dense(x, weights, layer));
  return made;
}

std::shared_ptr<ov::Model> transnetv2(const Weights& weights) {
  const auto pictures = std::make_shared<op::Parameter>(
      ov::element::f32, ov::PartialShape{1, window_frames, picture_height, picture_width, 3});
  Node x =
      std::make_shared<op::Multiply>(transposed(pictures, {0, 4, 1, 2, 3}), scalar(1.0f / 255));
  ov::OutputVector stages;
  for (int number = 0; number < 3; ++number) stages.push_back(x = stage(x, weights, number));
  const Node flat = reshaped(transposed(x, {0, 2, 3, 4, 1}), {1, window_frames, -1});
  const Node all =
      std::make_shared<op::Concat>(ov::OutputVector{histogram_similarity(pictures, weights),
                                                    learned_similarity(stages, weights), flat},
                                   2);
  const Node hidden = relu(dense(all, weights, "fc1"));
  return std::make_shared<ov::Model>(ov::OutputVector{probability(hidden, weights, "cls_layer1"),
                                                      probability(hidden, weights, "cls_layer2")},
                                     ov::ParameterVector{pictures}, "TransNetV2");
}

}  // namespace

void convert_transnetv2(const std::string& weights_pth, const std::string& out_xml) {
  namespace fs = std::filesystem;
  const fs::path goal(out_xml), made = goal.parent_path() / (goal.stem().string() + ".partial.xml");
  const auto bin_of = [](fs::path xml) { return xml.replace_extension(".bin"); };
  try {
    const std::shared_ptr<ov::Model> model = transnetv2(read_torch_weights(weights_pth));
    ov::serialize(model, made.string(), bin_of(made).string());
    fs::rename(bin_of(made), bin_of(goal));
    fs::rename(made, goal);
  } catch (const MissingTensor& missing) {
    throw model_failure(weights_pth,
                        "these are not the weights of TransNetV2: " + missing.name + " is missing");
  } catch (const Failure&) {
    throw;
  } catch (const std::exception&) {
    std::error_code ignored;
    fs::remove(made, ignored);
    fs::remove(bin_of(made), ignored);
    throw model_failure(out_xml, "the converted network cannot be written");
  }
}

}  // namespace dramatis
