#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace dramatis {

/// A face as a vector: near vectors, same person. Its length L is the network's (192, 512, 2622).
using Embedding = std::vector<float>;

/// N embeddings of length L, row by row.
struct EmbeddingMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> values;  ///< rows * columns

  std::span<const float> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
  std::span<float> row(std::size_t i) { return {values.data() + i * columns, columns}; }
};

}  // namespace dramatis
