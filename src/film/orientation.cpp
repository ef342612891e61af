#include "film/orientation.h"

#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>

namespace dramatis {

// The matrix maps a stored point (x, y) to the displayed point (a x + c y, b x + d y), where the
// four stand at [0], [1], [3], [4] and y points down; a clockwise turn by t is a = cos t, b = sin
// t. A negative determinant means a mirror; undoing it left to right negates a and b.
Orientation orientation_of(const std::int32_t* display_matrix) {
  if (!display_matrix) return {};
  double a = display_matrix[0], b = display_matrix[1];
  const double c = display_matrix[3], d = display_matrix[4];
  if (a * d - b * c == 0) return {};
  Orientation orientation;
  orientation.mirrored = a * d - b * c < 0;
  if (orientation.mirrored) a = -a, b = -b;
  const double quarters = std::atan2(b, a) / (std::numbers::pi / 2);
  orientation.quarter_turns = (static_cast<int>(std::lround(quarters)) + 4) % 4;
  return orientation;
}

Orientation orientation_of(const AVStream& stream, const AVFrame& frame) {
  if (const AVFrameSideData* side = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX))
    return orientation_of(reinterpret_cast<const std::int32_t*>(side->data));
  return orientation_of(reinterpret_cast<const std::int32_t*>(
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr)));
}

Picture oriented(const Picture& stored, const Orientation& orientation) {
  Picture picture = stored;
  if (orientation.mirrored) {
    Picture mirrored;
    cv::flip(picture, mirrored, 1);
    picture = mirrored;
  }
  if (orientation.quarter_turns == 0) return picture;
  Picture turned;
  cv::rotate(picture, turned, orientation.quarter_turns - 1);  // ROTATE_90_CLOCKWISE is 0
  return turned;
}

}  // namespace dramatis
