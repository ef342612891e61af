#pragma once

// Cairo and Pango for the files of this folder: owners, and words on a surface.

#include <pango/pangocairo.h>

#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>

#include "render/person_colour.h"

namespace dramatis {

struct CairoDeleter {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
};
using SurfacePtr = std::unique_ptr<cairo_surface_t, CairoDeleter>;
using CairoPtr = std::unique_ptr<cairo_t, CairoDeleter>;
using LayoutPtr = std::unique_ptr<PangoLayout, CairoDeleter>;

/// A canvas of blue, green, red and coverage (CV_8UC4, colours multiplied by coverage), and the pen
/// that draws on it.
class Canvas {
 public:
  Canvas(int width, int height);

  cairo_t* pen() const { return pen_.get(); }
  /// Everything drawn so far; shares memory with the canvas.
  const cv::Mat& pixels() const;

 private:
  cv::Mat pixels_;
  SurfacePtr surface_;
  CairoPtr pen_;
};

void set_colour(cairo_t* pen, const Colour& colour, double opacity = 1);
void rounded_rectangle(cairo_t* pen, double x, double y, double width, double height,
                       double radius);

struct TextStyle {
  double size_px = 14;  ///< of the letters' body
  bool bold = false;
  double widest_px = 0;  ///< longer text ends in "…"; 0: as long as it is
};

/// One line of text, of any script and any bytes: broken UTF-8 shows as a replacement sign, line
/// breaks as blanks.
class TextLine {
 public:
  TextLine(cairo_t* pen, const std::string& text, const TextStyle& style);

  double width() const { return width_; }
  double height() const { return height_; }  ///< of the line, the same for every text of a script
  /// With its top left corner here, in the pen's colour.
  void draw(double x, double y) const;

 private:
  cairo_t* pen_;
  LayoutPtr layout_;
  double width_ = 0;
  double height_ = 0;
};

}  // namespace dramatis
