#include "heads/colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace dramatis {
namespace {

constexpr int hues = 12;
constexpr int greys = 6;
static_assert(2 * hues + greys == colour_bins);

constexpr int samples_a_side = 24;      // of a region: enough for a histogram, and cheap
constexpr float least_visible = 0.35f;  // share of a region that must lie in the picture
constexpr int least_samples = 24;

using Histogram = std::array<float, colour_bins>;

/// Splits one between the bins on either side of `place`; on a ring the last is the first's
/// neighbour.
void add_softly(float* bins, int count, float place, float weight, bool ring) {
  if (!ring) place = std::clamp(place, 0.f, static_cast<float>(count - 1));
  const float below = std::floor(place);
  const int first = static_cast<int>(below) % count;
  const int second = ring ? (first + 1) % count : std::min(first + 1, count - 1);
  bins[first] += weight * (1 - (place - below));
  bins[second] += weight * (place - below);
}

/// 0 to `hues`; needs a colour.
float hue_of(float blue, float green, float red, float largest, float chroma) {
  float sixth = 0;
  if (largest == red)
    sixth = (green - blue) / chroma;
  else if (largest == green)
    sixth = 2 + (blue - red) / chroma;
  else
    sixth = 4 + (red - green) / chroma;
  return (sixth < 0 ? sixth + 6 : sixth) * hues / 6;
}

void add_pixel(Histogram& histogram, const cv::Vec3b& pixel) {
  const float blue = pixel[0], green = pixel[1], red = pixel[2];
  const auto [smallest, largest] = std::minmax({blue, green, red});
  const float chroma = largest - smallest;
  // Between 12 and 40 levels of chroma a grey turns into a colour.
  const float coloured = std::clamp((chroma - 12) / 28, 0.f, 1.f);
  const float luma = 0.114f * blue + 0.587f * green + 0.299f * red;
  if (coloured > 0) {
    const float hue = hue_of(blue, green, red, largest, chroma);
    const float light = std::clamp((luma - 50) / 90, 0.f, 1.f);
    add_softly(histogram.data(), hues, hue, coloured * (1 - light), true);
    add_softly(histogram.data() + hues, hues, hue, coloured * light, true);
  }
  add_softly(histogram.data() + 2 * hues, greys, luma * (greys - 1) / 255, 1 - coloured, false);
}

/// The soft histogram of the samples of a region that `belongs` takes (places in the region, 0 to
/// 1); all zeros where too little of it lies in the picture.
Histogram histogram_of(const Picture& picture, const Box& region,
                       const std::function<bool(float, float)>& belongs) {
  Histogram histogram{};
  int wanted = 0, seen = 0;
  for (int row = 0; row < samples_a_side; ++row)
    for (int column = 0; column < samples_a_side; ++column) {
      const float across = (column + 0.5f) / samples_a_side, down = (row + 0.5f) / samples_a_side;
      if (!belongs(across, down)) continue;
      ++wanted;
      const int x = static_cast<int>(std::floor(region.x + across * region.width));
      const int y = static_cast<int>(std::floor(region.y + down * region.height));
      if (x < 0 || y < 0 || x >= picture.cols || y >= picture.rows) continue;
      ++seen;
      add_pixel(histogram, picture.at<cv::Vec3b>(y, x));
    }
  if (seen < least_samples || seen < least_visible * wanted) return {};
  for (float& bin : histogram) bin /= static_cast<float>(seen);
  return histogram;
}

/// Inside the head's ellipse: the cap of hair, and beside the face.
bool is_hair(float across, float down) {
  const float x = 2 * across - 1, y = 2 * down - 1;
  const bool in_head = x * x + y * y <= 1;
  const bool above = down < 0.28f;
  const bool beside = down < 0.6f && std::abs(x) > 0.72f;
  return in_head && (above || beside);
}

Box clothes_below(const Box& head) {
  return {head.centre().x - head.width, head.bottom() + 0.15f * head.height, 2 * head.width,
          1.5f * head.height};
}

bool is_empty(std::span<const float> part) {
  return std::all_of(part.begin(), part.end(), [](float bin) { return bin == 0; });
}

}  // namespace

std::vector<float> colours_of_head(const Picture& frame_picture, const Box& head_box) {
  if (head_box.empty() || frame_picture.empty()) return {};
  const Histogram hair = histogram_of(frame_picture, head_box, is_hair);
  const Histogram clothes =
      histogram_of(frame_picture, clothes_below(head_box), [](float, float) { return true; });
  if (is_empty(hair) && is_empty(clothes)) return {};
  std::vector<float> both(hair.begin(), hair.end());
  both.insert(both.end(), clothes.begin(), clothes.end());
  return both;
}

std::optional<float> colour_distance(std::span<const float> a, std::span<const float> b) {
  if (a.size() != 2 * colour_bins || b.size() != a.size()) return std::nullopt;
  float sum = 0, weights = 0;
  for (const auto& [start, weight] : {std::pair{0, 1.f}, std::pair{colour_bins, 2.f}}) {
    const auto part_a = a.subspan(start, colour_bins), part_b = b.subspan(start, colour_bins);
    if (is_empty(part_a) || is_empty(part_b)) continue;
    for (int i = 0; i < colour_bins; ++i) sum += weight * std::abs(part_a[i] - part_b[i]) / 2;
    weights += weight;
  }
  if (weights == 0) return std::nullopt;
  return sum / weights;
}

}  // namespace dramatis
