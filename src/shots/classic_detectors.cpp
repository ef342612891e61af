#include "shots/classic_detectors.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace dramatis {
namespace {

constexpr double largest_ratio = 255;

template <typename IsCut>
std::vector<FrameNumber> cuts_apart(std::span<const FrameFeatures> film, FrameNumber min_length,
                                    IsCut is_cut) {
  std::vector<FrameNumber> cuts;
  FrameNumber last = 0;
  for (FrameNumber frame = 1; frame < std::ssize(film); ++frame)
    if (is_cut(film[static_cast<std::size_t>(frame)]) && frame - last >= min_length) {
      cuts.push_back(frame);
      last = frame;
    }
  return cuts;
}

/// A burst of cuts, each closer than the minimum length to the one before, becomes its last one
/// once the burst has lasted that long and then been quiet that long. The film's beginning counts
/// as a cut, but a burst right after it is dropped.
class BurstMerger {
 public:
  explicit BurstMerger(FrameNumber min_length) : min_length_(min_length) {}

  std::optional<FrameNumber> next(FrameNumber frame, bool above) {
    const bool apart = frame - last_above_ >= min_length_;
    if (above) last_above_ = frame;
    if (in_burst_) {
      if (above || !apart || last_above_ - burst_start_ < min_length_) return {};
      in_burst_ = false;
      return last_above_;
    }
    if (!above) return {};
    if (apart) {
      seen_cut_ = true;
      return frame;
    }
    if (seen_cut_) {
      in_burst_ = true;
      burst_start_ = frame;
    }
    return {};
  }

 private:
  FrameNumber min_length_;
  FrameNumber last_above_ = 0;
  FrameNumber burst_start_ = 0;
  bool in_burst_ = false;
  bool seen_cut_ = false;
};

std::vector<double> content_scores(std::span<const FrameFeatures> film,
                                   const ChangeWeights& weights, bool luma_only) {
  std::vector<double> scores(film.size(), 0.0);
  for (std::size_t i = 1; i < film.size(); ++i)
    scores[i] = content_score(film[i], weights, luma_only);
  return scores;
}

}  // namespace

std::vector<FrameNumber> content_cuts(std::span<const FrameFeatures> film,
                                      const ContentOptions& options, FrameNumber min_length) {
  const auto is_cut = [&](const FrameFeatures& frame) {
    return content_score(frame, options.weights, options.luma_only) >= options.threshold;
  };
  if (options.filter_mode == CloseCuts::suppress || min_length <= 0)
    return cuts_apart(film, min_length, is_cut);
  std::vector<FrameNumber> cuts;
  BurstMerger merger(min_length);
  for (FrameNumber frame = 0; frame < std::ssize(film); ++frame)
    if (const auto cut =
            merger.next(frame, frame > 0 && is_cut(film[static_cast<std::size_t>(frame)])))
      cuts.push_back(*cut);
  return cuts;
}

std::vector<double> adaptive_ratios(std::span<const double> scores,
                                    const AdaptiveOptions& options) {
  std::vector<double> ratios(scores.size(), 0.0);
  const auto width = static_cast<std::size_t>(std::max(options.window_width, 1));
  for (std::size_t i = width; i + width < scores.size(); ++i) {
    double around = 0;
    for (std::size_t j = i - width; j <= i + width; ++j)
      if (j != i) around += scores[j];
    around /= 2.0 * static_cast<double>(width);
    if (around >= 0.00001)
      ratios[i] = std::min(scores[i] / around, largest_ratio);
    else
      ratios[i] = scores[i] >= options.min_content_val ? largest_ratio : 0.0;
  }
  return ratios;
}

std::vector<FrameNumber> adaptive_cuts(std::span<const FrameFeatures> film,
                                       const AdaptiveOptions& options, FrameNumber min_length) {
  const std::vector<double> scores = content_scores(film, options.weights, options.luma_only);
  const std::vector<double> ratios = adaptive_ratios(scores, options);
  std::vector<FrameNumber> cuts;
  FrameNumber last = 0;
  for (std::size_t i = 0; i < film.size(); ++i) {
    const auto frame = static_cast<FrameNumber>(i);
    if (ratios[i] < options.threshold || scores[i] < options.min_content_val ||
        frame - last < min_length)
      continue;
    cuts.push_back(frame);
    last = frame;
  }
  return cuts;
}

std::vector<FrameNumber> threshold_cuts(std::span<const FrameFeatures> film,
                                        const ThresholdOptions& options, FrameNumber min_length,
                                        FrameNumber min_out_length) {
  const auto is_out = [&](const FrameFeatures& frame) {
    const bool dark = frame.brightness < static_cast<float>(options.threshold);
    return dark == (options.method == FadeMethod::floor);
  };
  std::vector<FrameNumber> cuts;
  bool out = !film.empty() && is_out(film.front());
  FrameNumber out_since = 0, last = 0;
  for (FrameNumber frame = 1; frame < std::ssize(film); ++frame) {
    const bool out_now = is_out(film[static_cast<std::size_t>(frame)]);
    if (out_now && !out) out_since = frame;
    if (!out_now && out && frame - last >= min_length && frame - out_since >= min_out_length) {
      const double into = static_cast<double>(frame - out_since) * (1 + options.fade_bias) / 2;
      cuts.push_back(out_since + static_cast<FrameNumber>(std::nearbyint(into)));
      last = frame;
    }
    out = out_now;
  }
  const FrameNumber end = std::ssize(film);
  if (out && options.add_last_scene && end - 1 - last >= min_length &&
      end - out_since >= min_out_length)
    cuts.push_back(out_since);
  std::erase(cuts, 0);
  return cuts;
}

std::vector<FrameNumber> histogram_cuts(std::span<const FrameFeatures> film,
                                        const HistogramOptions& options, FrameNumber min_length) {
  const auto alike = static_cast<float>(std::clamp(1.0 - options.threshold, 0.0, 1.0));
  return cuts_apart(film, min_length, [&](const FrameFeatures& frame) {
    return frame.histogram_correlation <= alike;
  });
}

std::vector<FrameNumber> hash_cuts(std::span<const FrameFeatures> film, const HashOptions& options,
                                   FrameNumber min_length) {
  return cuts_apart(film, min_length, [&](const FrameFeatures& frame) {
    return frame.hash_distance >= options.threshold;
  });
}

}  // namespace dramatis
