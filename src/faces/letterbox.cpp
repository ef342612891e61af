#include "faces/letterbox.h"

#include <algorithm>
#include <cmath>

namespace dramatis {

Box Letterbox::in_frame(const Box& in_network) const {
  return in_network.scaled(frame_from_network_x, frame_from_network_y);
}

Point Letterbox::in_frame(const Point& in_network) const {
  return {in_network.x * frame_from_network_x, in_network.y * frame_from_network_y};
}

Letterbox letterbox(int frame_width, int frame_height, float pixel_aspect, NetworkSize network) {
  const double shown_width = static_cast<double>(frame_width) * pixel_aspect;
  const double scale =
      std::min(network.width / shown_width, network.height / static_cast<double>(frame_height));
  Letterbox fit;
  fit.network = network;
  fit.covered_width = std::clamp<int>(std::lround(shown_width * scale), 1, network.width);
  fit.covered_height = std::clamp<int>(std::lround(frame_height * scale), 1, network.height);
  fit.frame_from_network_x = static_cast<float>(frame_width) / fit.covered_width;
  fit.frame_from_network_y = static_cast<float>(frame_height) / fit.covered_height;
  return fit;
}

NetworkSize network_size_for(int frame_width, int frame_height, float pixel_aspect, int pixels,
                             int multiple) {
  const double shape = static_cast<double>(frame_width) * pixel_aspect / frame_height;
  NetworkSize best{multiple, multiple};
  double best_height = 0;  // of the frame inside the network's input
  for (int width = multiple; width * multiple <= pixels; width += multiple) {
    for (int height = multiple; width * height <= pixels; height += multiple) {
      const double fitted = std::min<double>(height, width / shape);
      const bool equal = std::abs(fitted - best_height) < 1e-9;
      if (!equal && fitted < best_height) continue;
      if (equal && width * height >= best.width * best.height) continue;
      best = {width, height};
      best_height = fitted;
    }
  }
  return best;
}

Picture letterboxed(const Frame& frame, const Letterbox& fit, int grey) {
  const Picture inside = frame.picture(fit.covered_width, fit.covered_height);
  if (inside.cols == fit.network.width && inside.rows == fit.network.height) return inside;
  Picture whole(fit.network.height, fit.network.width, CV_8UC3, cv::Scalar::all(grey));
  inside.copyTo(whole(cv::Rect(0, 0, inside.cols, inside.rows)));
  return whole;
}

}  // namespace dramatis
