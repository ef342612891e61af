#pragma once

#include <string>
#include <vector>

#include "base/embedding.h"

namespace dramatis {

/// A matrix from a NumPy file (.npy, format 1 to 3): two dimensions, 32-bit floats, little-endian;
/// 64-bit floats are rounded, Fortran order is turned round. Throws Failure{usage} naming the file
/// when it is anything else, is cut short, or holds a value that is not finite (with its row).
EmbeddingMatrix read_embeddings(const std::string& path);

/// Shots of `rows` persons: a line each, any text, equal text for equal shots; numbered by first
/// appearance. A first line "shot" above the others is a heading. Throws Failure{usage} naming the
/// file.
std::vector<int> read_shot_ids(const std::string& path, std::size_t rows);

}  // namespace dramatis
