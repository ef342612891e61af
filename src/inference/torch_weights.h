#pragma once

#include <map>
#include <string>

#include "inference/network.h"

namespace dramatis {

/// The float tensors of a PyTorch weights file (a state dictionary saved by torch.save: a zip with
/// the pickled names and shapes and one raw file a tensor), by name. Nothing in the file is
/// executed: its pickle is read by the few instructions that such files use, and any other is
/// refused. Tensors of other types (counters) are left out. Throws Failure{model} naming the file
/// when it is missing, cut short, or something else.
std::map<std::string, Tensor> read_torch_weights(const std::string& path);

}  // namespace dramatis
