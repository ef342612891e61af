#include "render/contact_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"
#include "base/frame_time.h"
#include "film/picture_file.h"
#include "render/cairo_drawing.h"

namespace dramatis {
namespace {

// All in pixels of the sheet.
constexpr int margin = 36, header_height = 104, row_height = 192, row_gap = 12;
constexpr int person_width = 264, face_side = 128, face_gap = 14, card_padding = 16;

const Colour paper{243, 245, 246}, card{255, 255, 255}, ink{38, 34, 32}, pale_ink{125, 118, 112};
const Colour track{228, 226, 222};  // what a bar runs on

int page_width(const ContactSheetOptions& options) {
  const int faces = options.faces_a_person;
  return 2 * margin + 2 * card_padding + person_width + faces * face_side + (faces - 1) * face_gap;
}

std::string counted(std::size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

// "0:01:12.3"
std::string short_clock(double seconds) {
  const std::string clock = clock_text(seconds);
  return clock.substr(0, clock.size() - 2);
}

double write_line(cairo_t* pen, double x, double y, const std::string& text, const Colour& colour,
                  const TextStyle& style) {
  const TextLine line(pen, text, style);
  set_colour(pen, colour);
  line.draw(x, y);
  return y + line.height();
}

void fill_box(cairo_t* pen, const Colour& colour, double x, double y, double width, double height,
              double radius) {
  rounded_rectangle(pen, x, y, width, height, std::min({radius, width / 2, height / 2}));
  set_colour(pen, colour);
  cairo_fill(pen);
}

// The middle square of the picture, with cairo's four bytes a pixel. Empty for what is no picture.
cv::Mat thumbnail(const SheetFace& face) {
  Picture picture = face.picture;
  if (picture.empty()) {
    try {
      picture = decode_picture(face.jpeg);
    } catch (const Failure&) {
      return {};
    }
  }
  const int side = std::min(picture.cols, picture.rows);
  const cv::Rect middle((picture.cols - side) / 2, (picture.rows - side) / 2, side, side);
  cv::Mat small, four;
  cv::resize(picture(middle), small, {face_side, face_side}, 0, 0,
             side > face_side ? cv::INTER_AREA : cv::INTER_CUBIC);
  cv::cvtColor(small, four, cv::COLOR_BGR2BGRA);
  return four;
}

void draw_thumbnail(cairo_t* pen, const cv::Mat& picture, double x, double y) {
  const SurfacePtr surface(cairo_image_surface_create_for_data(picture.data, CAIRO_FORMAT_ARGB32,
                                                               picture.cols, picture.rows,
                                                               static_cast<int>(picture.step)));
  cairo_save(pen);
  rounded_rectangle(pen, x, y, face_side, face_side, 8);
  cairo_clip(pen);
  cairo_set_source_surface(pen, surface.get(), x, y);
  cairo_paint(pen);
  cairo_restore(pen);
}

void draw_face(cairo_t* pen, const SheetFace& face, const cv::Mat& picture, const Colour& colour,
               double x, double y) {
  draw_thumbnail(pen, picture, x, y);
  const TextStyle small{.size_px = 11.5, .widest_px = face_side};
  double below = y + face_side + 5;
  below =
      write_line(pen, x, below, fmt::format("shot {}  ·  {}", face.shot, short_clock(face.time_s)),
                 ink, small);
  const double quality = std::clamp(face.quality, 0.0, 100.0);
  constexpr double bar_width = 84, bar_height = 4;
  const double bar_y = below + 5;
  fill_box(pen, track, x, bar_y, bar_width, bar_height, 2);
  if (quality > 0) fill_box(pen, colour, x, bar_y, bar_width * quality / 100, bar_height, 2);
  write_line(pen, x + bar_width + 8, below - 1, fmt::format("{:.0f}", quality), pale_ink, small);
}

void draw_who(cairo_t* pen, const SheetPerson& person, double x, double y) {
  const double widest = person_width - 28;
  const bool named = !person.name.empty();
  const std::string name = named ? person.name : fmt::format("person {}", person.id);
  double below = write_line(pen, x, y, name, named ? ink : pale_ink,
                            {.size_px = 23, .bold = true, .widest_px = widest}) +
                 8;
  const TextStyle plain{.size_px = 13.5, .widest_px = widest};
  below =
      write_line(pen, x, below, short_clock(person.screen_time_s) + " on the screen", ink, plain) +
      3;
  below = write_line(pen, x, below,
                     counted(static_cast<std::size_t>(person.shots), "shot", "shots") + ", " +
                         counted(static_cast<std::size_t>(person.tracks), "track", "tracks"),
                     ink, plain) +
          3;
  if (named && person.id > 0)
    below = write_line(pen, x, below, fmt::format("person {}", person.id), pale_ink, plain) + 3;
  if (!person.note.empty()) write_line(pen, x, below, person.note, pale_ink, plain);
}

void draw_person(cairo_t* pen, const SheetPerson& person, const ContactSheetOptions& options,
                 double y) {
  const Colour colour = person_colour(person.id);
  fill_box(pen, card, margin, y, page_width(options) - 2 * margin, row_height, 10);
  fill_box(pen, colour, margin + card_padding - 4, y + card_padding, 6,
           row_height - 2 * card_padding, 3);
  draw_who(pen, person, margin + card_padding + 16, y + card_padding);
  double x = margin + card_padding + person_width;
  int drawn = 0;
  for (const SheetFace& face : person.faces) {
    if (drawn == options.faces_a_person) break;
    const cv::Mat picture = thumbnail(face);
    if (picture.empty()) continue;
    draw_face(pen, face, picture, colour, x, y + card_padding);
    x += face_side + face_gap;
    ++drawn;
  }
  if (drawn == 0)
    write_line(pen, x, y + row_height / 2.0 - 10, "no usable face", pale_ink, {.size_px = 15});
}

void draw_header(cairo_t* pen, const ContactSheet& sheet, const ContactSheetOptions& options,
                 std::size_t page, std::size_t pages) {
  const double widest = page_width(options) - 2 * margin - 150;
  double y = write_line(pen, margin, 26, sheet.title.empty() ? "The cast" : sheet.title, ink,
                        {.size_px = 27, .bold = true, .widest_px = widest});
  const auto people = std::count_if(sheet.people.begin(), sheet.people.end(),
                                    [](const SheetPerson& person) { return person.counts; });
  std::string summary = counted(static_cast<std::size_t>(people), "person", "people");
  if (sheet.duration_s > 0) summary += " in " + short_clock(sheet.duration_s);
  write_line(pen, margin, y + 3, summary, pale_ink, {.size_px = 15, .widest_px = widest});
  if (pages == 1) return;
  const std::string number = fmt::format("page {} of {}", page + 1, pages);
  const TextLine line(pen, number, {.size_px = 15});
  set_colour(pen, pale_ink);
  line.draw(page_width(options) - margin - line.width(), 38);
}

std::size_t page_count(const ContactSheet& sheet, const ContactSheetOptions& options) {
  const std::size_t a_page = static_cast<std::size_t>(std::max(1, options.people_a_page));
  return std::max<std::size_t>(1, (sheet.people.size() + a_page - 1) / a_page);
}

Picture draw_page(const ContactSheet& sheet, const ContactSheetOptions& options, std::size_t page) {
  const std::size_t a_page = static_cast<std::size_t>(std::max(1, options.people_a_page));
  const std::size_t first = page * a_page, last = std::min(sheet.people.size(), first + a_page);
  const int rows = static_cast<int>(std::max<std::size_t>(last - first, 1));
  const int width = page_width(options);
  const int height = header_height + rows * (row_height + row_gap) - row_gap + margin;
  const Canvas canvas(width, height);
  set_colour(canvas.pen(), paper);
  cairo_paint(canvas.pen());
  draw_header(canvas.pen(), sheet, options, page, page_count(sheet, options));
  double y = header_height;
  for (std::size_t i = first; i < last; ++i, y += row_height + row_gap)
    draw_person(canvas.pen(), sheet.people[i], options, y);
  if (sheet.people.empty()) {
    fill_box(canvas.pen(), card, margin, y, width - 2 * margin, row_height, 10);
    const TextLine line(canvas.pen(), "No people were found in this film.", {.size_px = 19});
    set_colour(canvas.pen(), pale_ink);
    line.draw((width - line.width()) / 2, y + (row_height - line.height()) / 2);
  }
  Picture picture;
  cv::cvtColor(canvas.pixels(), picture, cv::COLOR_BGRA2BGR);
  return picture;
}

std::string page_path(const std::string& path, std::size_t page) {
  if (page == 0) return path;
  std::filesystem::path name(path);
  name.replace_filename(
      fmt::format("{}-{}{}", name.stem().string(), page + 1, name.extension().string()));
  return name.string();
}

}  // namespace

std::vector<Picture> draw_contact_sheet(const ContactSheet& sheet,
                                        const ContactSheetOptions& options) {
  std::vector<Picture> drawn;
  for (std::size_t page = 0; page < page_count(sheet, options); ++page)
    drawn.push_back(draw_page(sheet, options, page));
  return drawn;
}

std::vector<std::string> write_contact_sheet(const std::string& path, const ContactSheet& sheet,
                                             const ContactSheetOptions& options) {
  std::vector<std::string> written;
  for (std::size_t page = 0; page < page_count(sheet, options); ++page) {
    written.push_back(page_path(path, page));
    write_png(written.back(), draw_page(sheet, options, page));
  }
  std::error_code ignored;
  for (std::size_t page = written.size(); std::filesystem::remove(page_path(path, page), ignored);)
    ++page;
  return written;
}

}  // namespace dramatis
