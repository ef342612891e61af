#include "people/near_pairs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "people/parallel.h"

// All pairs of N vectors are N^2 L / 2 multiplications: the only part of the clustering whose work
// grows with the square of N. It is done as a matrix product in single precision, sixteen products
// at a time, in tiles that stay in the cache, and only sieves: whatever may be near is measured
// again in double precision by the caller.

namespace dramatis {
namespace {

constexpr std::size_t kLanes = 16;
constexpr std::size_t kTile = 64;  // rows; two tiles of 512 values are 256 KB
typedef float Lanes __attribute__((vector_size(kLanes * sizeof(float))));

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define DRAMATIS_FOR_EACH_CPU \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DRAMATIS_FOR_EACH_CPU
#endif

inline __attribute__((always_inline)) void load(const float* from, Lanes& lanes) {
  __builtin_memcpy(&lanes, from, sizeof lanes);
}

inline __attribute__((always_inline)) float total(const Lanes& lanes) {
  float sum = 0;
  for (std::size_t k = 0; k < kLanes; ++k) sum += lanes[k];
  return sum;
}

/// Sixteen dot products of four rows with four rows.
DRAMATIS_FOR_EACH_CPU
void products_4x4(const float* a, const float* b, std::size_t stride, float* out) {
  Lanes sum[4][4] = {};
  for (std::size_t k = 0; k < stride; k += kLanes) {
    Lanes y[4];
    for (std::size_t c = 0; c < 4; ++c) load(b + c * stride + k, y[c]);
    for (std::size_t r = 0; r < 4; ++r) {
      Lanes x;
      load(a + r * stride + k, x);
      for (std::size_t c = 0; c < 4; ++c) sum[r][c] += x * y[c];
    }
  }
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t c = 0; c < 4; ++c) out[4 * r + c] = total(sum[r][c]);
  }
}

/// Sixteen sums of absolute differences of four rows with four rows.
DRAMATIS_FOR_EACH_CPU
void differences_4x4(const float* a, const float* b, std::size_t stride, float* out) {
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t c = 0; c < 4; ++c) {
      Lanes sum = {};
      for (std::size_t k = 0; k < stride; k += kLanes) {
        Lanes x, y;
        load(a + r * stride + k, x);
        load(b + c * stride + k, y);
        const Lanes d = x - y;
        sum += d < 0 ? -d : d;
      }
      out[4 * r + c] = total(sum);
    }
  }
}

std::size_t rounded_up(std::size_t value, std::size_t step) {
  return (value + step - 1) / step * step;
}

}  // namespace

QuickVectors::QuickVectors(Metric metric, std::size_t rows, std::size_t columns,
                           const std::function<std::span<const double>(std::size_t)>& row)
    : metric_(metric), rows_(rows), stride_(rounded_up(columns, kLanes)), columns_(columns) {
  // Distances do not change when all vectors move together; the products are most exact around 0.
  std::vector<double> centre(columns, 0.0);
  if (metric != Metric::cosine) {
    for (std::size_t i = 0; i < rows; ++i) {
      const auto v = row(i);
      for (std::size_t k = 0; k < columns; ++k) centre[k] += v[k] / static_cast<double>(rows);
    }
  }
  double largest = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto v = row(i);
    for (std::size_t k = 0; k < columns; ++k)
      largest = std::max(largest, std::abs(v[k] - centre[k]));
  }
  // Values near 1, by a power of two that costs no digit: squares neither vanish nor overflow.
  const double unit = largest > 0 && metric != Metric::cosine ? std::exp2(-std::ilogb(largest)) : 1;
  scale_ = metric == Metric::l2 ? unit * unit : unit;
  values_.assign(rounded_up(rows, kTile) * stride_, 0.0f);
  sizes_.assign(rounded_up(rows, kTile), 0.0f);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto v = row(i);
    double size = 0;
    for (std::size_t k = 0; k < columns; ++k) {
      const double value = (v[k] - centre[k]) * unit;
      values(i)[k] = static_cast<float>(value);
      size += metric == Metric::l1 ? std::abs(value) : value * value;
    }
    // A zero vector is at cosine distance 1 from everything, as if it were a unit vector of its
    // own.
    sizes_[i] = metric == Metric::cosine ? 1.0f : static_cast<float>(size);
  }
}

void QuickVectors::reaches(std::size_t i, std::size_t j, float* out) const {
  if (metric_ == Metric::l1) {
    differences_4x4(values(i), values(j), stride_, out);
    return;
  }
  products_4x4(values(i), values(j), stride_, out);
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t c = 0; c < 4; ++c) {
      float& value = out[4 * r + c];
      value = metric_ == Metric::cosine ? 1 - value : sizes_[i + r] + sizes_[j + c] - 2 * value;
    }
  }
}

double QuickVectors::rounding(std::size_t i, std::size_t j) const {
  const double half_unit = std::numeric_limits<float>::epsilon();
  return 4 * static_cast<double>(columns_ + kLanes) * half_unit *
         (static_cast<double>(sizes_[i]) + static_cast<double>(sizes_[j]));
}

std::size_t QuickVectors::parts() const { return rounded_up(rows_, kTile) / kTile; }

void QuickVectors::near_pairs(
    double reach, int threads,
    const std::function<void(std::size_t, std::uint32_t, std::uint32_t)>& found) const {
  const auto compare = [&](std::size_t part, std::size_t i, std::size_t j) {
    float sixteen[16];
    reaches(i, j, sixteen);
    for (std::size_t r = 0; r < 4; ++r) {
      for (std::size_t c = 0; c < 4; ++c) {
        if (i + r >= j + c || j + c >= rows_) continue;
        if (sixteen[4 * r + c] <= reach * scale_ + rounding(i + r, j + c)) {
          found(part, static_cast<std::uint32_t>(i + r), static_cast<std::uint32_t>(j + c));
        }
      }
    }
  };
  for_each_part(parts(), threads, [&](std::size_t part) {
    for (std::size_t tile = part * kTile; tile < rows_; tile += kTile) {
      for (std::size_t i = part * kTile; i < (part + 1) * kTile; i += 4) {
        for (std::size_t j = std::max(tile, i); j < tile + kTile; j += 4) compare(part, i, j);
      }
    }
  });
}

double QuickVectors::usual_reach(std::size_t neighbours) const {
  if (rows_ <= neighbours + 1) return std::numeric_limits<double>::infinity();
  constexpr std::size_t kLooks = 32;  // times four rows
  const std::size_t step = std::max<std::size_t>(1, parts() * (kTile / 4) / kLooks);
  std::vector<float> seen;
  std::size_t looked_at = 0;
  for (std::size_t block = 0; block * 4 + 4 <= rows_; block += step, looked_at += 4) {
    for (std::size_t j = 0; j + 4 <= rows_; j += 4) {
      float sixteen[16];
      reaches(block * 4, j, sixteen);
      if (j != block * 4) seen.insert(seen.end(), sixteen, sixteen + 16);
    }
  }
  const std::size_t wanted = looked_at * neighbours;
  if (wanted >= seen.size()) return std::numeric_limits<double>::infinity();
  const auto nth = seen.begin() + static_cast<std::ptrdiff_t>(wanted);
  std::nth_element(seen.begin(), nth, seen.end());
  return std::max(0.0, static_cast<double>(*nth) / scale_);
}

}  // namespace dramatis
