#pragma once

#include <string>

namespace dramatis {

/// Builds TransNetV2 (Souček and Lokoč 2020, "TransNet V2: An effective deep network architecture
/// for fast shot transition detection") from its PyTorch weights and writes it as OpenVINO IR:
/// `out_xml` and the .bin beside it, whole or not at all.
///
/// Input: float [1, 100, 27, 48, 3], a hundred consecutive frames, RGB, 0 to 255. Outputs, each
/// [1, 100, 1], probabilities for every frame: that it is the middle (or last frame before the cut)
/// of a transition; that it is part of one.
///
/// Throws Failure{model} naming the file that cannot be read or written, or lacks a tensor.
void convert_transnetv2(const std::string& weights_pth, const std::string& out_xml);

}  // namespace dramatis
