#pragma once

#include <string>

namespace dramatis {

/// Writes a TensorFlow.js graph model (its .json, and the weights in one .bin) as a frozen
/// TensorFlow graph, `graph_path`, which ends in .pb and which inference/network.h reads. Float
/// weights stored as float16 become float32; fused convolutions become the plain operations that
/// they stand for. Throws Failure{model} naming the file that is not such a model or that cannot be
/// written.
void convert_tensorflowjs(const std::string& json_path, const std::string& weights_path,
                          const std::string& graph_path);

}  // namespace dramatis
