#pragma once

#include <optional>
#include <vector>

#include "base/geometry.h"
#include "base/picture.h"

namespace dramatis {

/// A frame's picture in grey, small enough that those of many looks can be kept, and its halves:
/// a head of any size is about as large as any other in one of them, and costs as much to find.
class GreyLevels {
 public:
  static constexpr int longest_side_px = 640;

  GreyLevels() = default;  ///< of no picture
  /// `picture` has the shape of a frame this wide and high, and may be smaller.
  GreyLevels(const Picture& picture, int frame_width, int frame_height);

  bool empty() const { return levels_.empty(); }

  /// The level in which a head of the frame is 12 to 24 pixels high, or higher in the smallest;
  /// nothing where it is less than 8 pixels high in the largest.
  std::optional<int> level_for(const Box& head) const;

  int last_level() const { return static_cast<int>(levels_.size()) - 1; }
  const cv::Mat& level(int i) const { return levels_[static_cast<std::size_t>(i)]; }
  Box in_level(const Box& in_frame, int level) const;
  Box in_frame(const Box& in_level, int level) const;

 private:
  float scale_x_ = 1, scale_y_ = 1;  ///< pixels of the largest level in one of the frame
  std::vector<cv::Mat> levels_;      ///< CV_8UC1, each half as large as the one before
};

/// The size, at most longest_side_px, in which to ask for a frame's picture.
cv::Size grey_size_for(int frame_width, int frame_height);

}  // namespace dramatis
