#include "render/label_painter.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "render/cairo_drawing.h"
#include "render/head_outline.h"

namespace dramatis {
namespace {

constexpr float faint = 0.6f;  // of what was not seen
constexpr std::size_t tags_kept = 512;

// The picture's short side says how large letters must be to be read, the head how large they may
// be.
double wanted_letter_px(const Box& head, double short_side) {
  const double least = std::max(9.0, 0.024 * short_side), most = std::max(11.0, 0.036 * short_side);
  return std::clamp(0.17 * static_cast<double>(head.height), least, most);
}

// A box that hangs out of the picture is drawn along its edge.
Box inside(const Box& box, int width, int height, float margin) {
  const Box frame{margin, margin, static_cast<float>(width) - 2 * margin,
                  static_cast<float>(height) - 2 * margin};
  return intersection(box, frame);
}

bool drawable(const HeadLabel& label) {
  const Box& b = label.box;
  return std::isfinite(b.x) && std::isfinite(b.y) && std::isfinite(b.width) &&
         std::isfinite(b.height) && !b.empty();
}

// Drawn for square pixels, then stretched to those of the film.
cv::Mat drawn_tag(const HeadLabel& label, int letter_px, double widest_px, double pixel_aspect) {
  const Canvas probe(1, 1);
  const TextStyle style{.size_px = static_cast<double>(letter_px),
                        .bold = true,
                        .widest_px = std::max(8.0, widest_px)};
  const TextLine measured(probe.pen(), label.text, style);
  const double padding = 0.4 * letter_px;
  const int width = static_cast<int>(std::ceil(measured.width() + 2 * padding));
  const int height = static_cast<int>(std::ceil(measured.height() + 0.3 * padding));
  const Canvas canvas(width, height);
  const Colour colour = person_colour(label.person);
  rounded_rectangle(canvas.pen(), 0, 0, width, height, 0.3 * letter_px);
  set_colour(canvas.pen(), colour, 0.92);
  cairo_fill(canvas.pen());
  set_colour(canvas.pen(), text_colour_on(colour));
  TextLine(canvas.pen(), label.text, style).draw(padding, 0.15 * padding);
  const int stretched_width = std::max(1, static_cast<int>(std::lround(width / pixel_aspect)));
  cv::Mat stretched;
  cv::resize(canvas.pixels(), stretched, {stretched_width, height}, 0, 0, cv::INTER_AREA);
  return stretched;
}

// Colours of `over` are already multiplied by its coverage.
void blend(Picture& picture, const cv::Mat& over, int left, int top, float opacity) {
  const int fade = static_cast<int>(std::lround(256 * opacity));
  for (int y = std::max(0, -top); y < over.rows && y + top < picture.rows; ++y) {
    const auto* from = over.ptr<cv::Vec4b>(y);
    auto* to = picture.ptr<cv::Vec3b>(y + top) + left;
    for (int x = std::max(0, -left); x < over.cols && x + left < picture.cols; ++x) {
      const int rest = 256 * 255 - fade * from[x][3];
      for (int i = 0; i < 3; ++i)
        to[x][i] =
            static_cast<std::uint8_t>((fade * from[x][i] * 255 + rest * to[x][i] + 32640) / 65280);
    }
  }
}

}  // namespace

LabelPainter::LabelPainter(int width, int height, Rational pixel_aspect)
    : width_(width), height_(height), pixel_aspect_(pixel_aspect.to_double()) {}

void LabelPainter::paint(Picture& picture, const std::vector<HeadLabel>& labels) {
  std::vector<HeadLabel> drawn;
  std::ranges::copy_if(labels, std::back_inserter(drawn), drawable);
  for (const HeadLabel& label : drawn) paint_outline(picture, label);
  paint_tags(picture, drawn);
}

void LabelPainter::paint_outline(Picture& picture, const HeadLabel& label) const {
  const float short_side = static_cast<float>(std::min(width_, height_));
  const float head = std::min(label.box.width, label.box.height);
  const float thickness = std::clamp(head / 14, 1.0f, std::max(1.5f, short_side * 0.004f));
  draw_outline(picture, inside(label.box, width_, height_, thickness / 2),
               {.colour = person_colour(label.person),
                .thickness_px = thickness,
                .dashed = !label.seen,
                .opacity = label.seen ? 1 : faint});
}

// Follows the head only when the wanted size has left the last one behind.
int LabelPainter::letter_px(const HeadLabel& label) {
  const double wanted = wanted_letter_px(label.box, std::min(width_, height_));
  int fresh = 0;
  int& size = label.person >= 0 ? habits_[label.person].letter_px : fresh;
  if (size == 0 || std::abs(wanted - size) > 0.2 * size)
    size = static_cast<int>(std::lround(wanted));
  return size;
}

const cv::Mat& LabelPainter::tag(const HeadLabel& label, int letter_px) {
  const auto key = std::make_tuple(label.text, label.person, letter_px, label.seen);
  if (const auto found = tags_.find(key); found != tags_.end()) return found->second;
  if (tags_.size() >= tags_kept) tags_.clear();

  return tags_[key] = drawn_tag(label, letter_px, 0.3 * width_ * pixel_aspect_, pixel_aspect_);
}

void LabelPainter::paint_tags(Picture& picture, const std::vector<HeadLabel>& labels) {
  std::vector<const HeadLabel*> tagged;
  std::vector<cv::Mat> pictures;
  std::vector<TagWish> wishes;
  for (const HeadLabel& label : labels) {
    if (label.text.empty()) continue;
    tagged.push_back(&label);
    pictures.push_back(tag(label, letter_px(label)));
    wishes.push_back({.head = label.box,
                      .width = static_cast<float>(pictures.back().cols),
                      .height = static_cast<float>(pictures.back().rows)});
    if (label.person >= 0) wishes.back().before = habits_[label.person].side;
  }
  const std::vector<std::optional<TagPlace>> places = place_tags(wishes, width_, height_);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    if (tagged[i]->person >= 0) habits_[tagged[i]->person].side = places[i]->side;
    blend(picture, pictures[i], static_cast<int>(places[i]->box.x),
          static_cast<int>(places[i]->box.y), tagged[i]->seen ? 1.0f : 0.8f);
  }
}

}  // namespace dramatis
