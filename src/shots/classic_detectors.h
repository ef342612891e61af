#pragma once

// The detectors of PySceneDetect 0.7 (Castellano), each from features to the first frames of new
// shots, ascending. Frame for frame the decisions of the original, minimum length included.

#include <span>
#include <vector>

#include "shots/shot_detection.h"

namespace dramatis {

std::vector<FrameNumber> content_cuts(std::span<const FrameFeatures> film,
                                      const ContentOptions& options, FrameNumber min_length);
std::vector<FrameNumber> adaptive_cuts(std::span<const FrameFeatures> film,
                                       const AdaptiveOptions& options, FrameNumber min_length);
std::vector<FrameNumber> threshold_cuts(std::span<const FrameFeatures> film,
                                        const ThresholdOptions& options, FrameNumber min_length,
                                        FrameNumber min_out_length);
std::vector<FrameNumber> histogram_cuts(std::span<const FrameFeatures> film,
                                        const HistogramOptions& options, FrameNumber min_length);
std::vector<FrameNumber> hash_cuts(std::span<const FrameFeatures> film, const HashOptions& options,
                                   FrameNumber min_length);

/// Score of each frame over the mean score of its neighbours, as the adaptive detector takes it; 0
/// where there are too few neighbours.
std::vector<double> adaptive_ratios(std::span<const double> scores, const AdaptiveOptions& options);

}  // namespace dramatis
