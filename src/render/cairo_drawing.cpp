#include "render/cairo_drawing.h"

#include <new>
#include <numbers>

namespace dramatis {
namespace {

std::string displayable(const std::string& text) {
  std::unique_ptr<char, void (*)(void*)> valid(
      g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), g_free);
  std::string line(valid.get());
  for (char& c : line)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return line;
}

}  // namespace

Canvas::Canvas(int width, int height) : pixels_(height, width, CV_8UC4, cv::Scalar::all(0)) {
  surface_.reset(cairo_image_surface_create_for_data(pixels_.data, CAIRO_FORMAT_ARGB32, width,
                                                     height, static_cast<int>(pixels_.step)));
  pen_.reset(cairo_create(surface_.get()));
  if (cairo_status(pen_.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
}

const cv::Mat& Canvas::pixels() const {
  cairo_surface_flush(surface_.get());
  return pixels_;
}

void set_colour(cairo_t* pen, const Colour& colour, double opacity) {
  cairo_set_source_rgba(pen, colour[2] / 255.0, colour[1] / 255.0, colour[0] / 255.0, opacity);
}

void rounded_rectangle(cairo_t* pen, double x, double y, double width, double height,
                       double radius) {
  constexpr double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(pen);
  cairo_arc(pen, x + width - radius, y + radius, radius, -quarter, 0);
  cairo_arc(pen, x + width - radius, y + height - radius, radius, 0, quarter);
  cairo_arc(pen, x + radius, y + height - radius, radius, quarter, 2 * quarter);
  cairo_arc(pen, x + radius, y + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(pen);
}

TextLine::TextLine(cairo_t* pen, const std::string& text, const TextStyle& style)
    : pen_(pen), layout_(pango_cairo_create_layout(pen)) {
  const std::unique_ptr<PangoFontDescription, CairoDeleter> font(
      pango_font_description_from_string(style.bold ? "sans-serif bold" : "sans-serif"));
  pango_font_description_set_absolute_size(font.get(), style.size_px * PANGO_SCALE);
  pango_layout_set_font_description(layout_.get(), font.get());
  pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
  pango_layout_set_text(layout_.get(), displayable(text).c_str(), -1);
  int width = 0, height = 0;
  pango_layout_get_size(layout_.get(), &width, &height);
  if (style.widest_px > 0 && width > style.widest_px * PANGO_SCALE) {
    pango_layout_set_width(layout_.get(), static_cast<int>(style.widest_px * PANGO_SCALE));
    pango_layout_set_ellipsize(layout_.get(), PANGO_ELLIPSIZE_END);
    pango_layout_get_size(layout_.get(), &width, &height);
  }
  width_ = static_cast<double>(width) / PANGO_SCALE;
  height_ = static_cast<double>(height) / PANGO_SCALE;
}

void TextLine::draw(double x, double y) const {
  cairo_move_to(pen_, x, y);
  pango_cairo_show_layout(pen_, layout_.get());
}

}  // namespace dramatis

// Fontconfig keeps its patterns as offsets instead of pointers, which a leak checker cannot follow.
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\n"; }
#endif
