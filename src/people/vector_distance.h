#pragma once

#include <span>

#include "people/clustering.h"

namespace dramatis {

/// The sum of a(i) * b(i), or of another term, depends on its order in the last bits, and a
/// clustering can depend on them. So there is one order, whatever the machine: eight running sums
/// added in pairs, over blocks of at most 128 values, halves above that (pairwise summation, Higham
/// 1993).
double dot(std::span<const double> a, std::span<const double> b);

/// l2: sqrt(sum (a - b)^2). l1: sum |a - b|. cosine: 1 - a.b and at least 0, for vectors that went
/// through `make_unit`; a zero vector is at distance 1 from everything. Equal vectors (except zero
/// ones) are at distance 0 in each.
double vector_distance(Metric metric, std::span<const double> a, std::span<const double> b);

/// Divides by the length; a zero vector stays zero.
void make_unit(std::span<double> vector);

}  // namespace dramatis
