#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/frame_time.h"
#include "base/picture.h"
#include "render/annotated_film.h"
#include "render/tag_places.h"

namespace dramatis {

/// Draws the labels of one frame after another. Remembers drawn tags, and where each person's tag
/// stood and how large it was, so that tags neither hop nor pulse.
class LabelPainter {
 public:
  /// Of the film's pictures. Where pixels are not square, letters are drawn narrower or wider, so
  /// that they look right on the screen.
  LabelPainter(int width, int height, Rational pixel_aspect = {1, 1});

  void paint(Picture& picture, const std::vector<HeadLabel>& labels);

 private:
  struct Habit {
    int letter_px = 0;
    std::optional<TagSide> side;
  };

  int letter_px(const HeadLabel& label);
  const cv::Mat& tag(const HeadLabel& label, int letter_px);
  void paint_outline(Picture& picture, const HeadLabel& label) const;
  void paint_tags(Picture& picture, const std::vector<HeadLabel>& labels);

  int width_;
  int height_;
  double pixel_aspect_;
  std::map<int, Habit> habits_;  ///< by person
  std::map<std::tuple<std::string, int, int, bool>, cv::Mat> tags_;
};

}  // namespace dramatis
