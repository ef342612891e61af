#include <algorithm>
#include <cmath>

#include "shots/gradual_transitions.h"
#include "shots/mosaic_math.h"

// A fade is told by how far the picture is from a blank one: the distance falls to nothing while
// the picture stays the same picture, and rises again as another one. That holds for black, white
// and any other colour, in a dark film as in a bright one. Black frames may carry a small caption.

namespace dramatis {
namespace {

constexpr float black_level = 12;   // root mean square, at most
constexpr float flat_contrast = 3;  // of any other blank picture, at most
constexpr float blank_share =
    1.0f / 6;  // of what is usual in the film: a dark film has darker blacks
constexpr FrameNumber longest_ramp = 120;  // frames
constexpr FrameNumber shortest_ramp = 3;
constexpr int patience = 2;           // frames of a ramp that may fail to rise
constexpr float least_rise = 1.008f;  // of the distance, from frame to frame
constexpr float same_correlation = 0.8f;
constexpr float tellable_contrast = 8;  // from which on correlation says something
constexpr float abrupt_share = 0.6f;    // of the full distance, in the frame next to the blank ones
constexpr FrameNumber longest_dip = 30;  // of a shot that fades out and comes back
constexpr float dip_correlation = 0.9f, dip_difference = 0.2f;

enum class Blank { no, black, flat };

class FadeFinder {
 public:
  explicit FadeFinder(std::span<const FrameFeatures> film) : film_(film) {
    std::vector<float> levels;
    for (const FrameFeatures& frame : film) {
      contrast_.push_back(contrast(frame.mosaic));
      levels.push_back(std::hypot(mean_luma(frame.mosaic), contrast_.back()));
    }
    const float black = std::min(black_level, blank_share * usual(levels));
    const float flat = std::min(flat_contrast, blank_share * usual(levels));
    for (std::size_t i = 0; i < film.size(); ++i) {
      const bool is_flat = contrast_[i] < flat;
      const bool is_black = levels[i] < black || (is_flat && levels[i] < 2 * black);
      blank_.push_back(is_black ? Blank::black : is_flat ? Blank::flat : Blank::no);
    }
  }

  std::vector<GradualTransition> all() const {
    std::vector<GradualTransition> fades;
    for (FrameNumber frame = 0; frame < frames();) {
      FrameRange run{frame, frame + 1};
      while (run.end < frames() && kind(run.end) == kind(frame)) ++run.end;
      if (kind(frame) != Blank::no) add_fade(run, fades);
      frame = run.end;
    }
    return fades;
  }

 private:
  /// Three quarters of the values are no larger.
  static float usual(std::vector<float> values) {
    if (values.empty()) return 0;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 3 / 4);
    std::nth_element(values.begin(), place, values.end());
    return *place;
  }

  FrameNumber frames() const { return std::ssize(film_); }
  Blank kind(FrameNumber frame) const { return blank_[static_cast<std::size_t>(frame)]; }
  const Mosaic& mosaic(FrameNumber frame) const {
    return film_[static_cast<std::size_t>(frame)].mosaic;
  }
  float contrast_at(FrameNumber frame) const { return contrast_[static_cast<std::size_t>(frame)]; }

  bool same_picture(FrameNumber a, FrameNumber b) const {
    if (std::min(contrast_at(a), contrast_at(b)) < tellable_contrast) return true;
    return correlation(mosaic(a), mosaic(b)) > same_correlation;
  }

  /// The frame farthest from the blank frame `from` that is reached in steps of `direction`; `from`
  /// where the change is abrupt or the film ends.
  FrameNumber top_of_ramp(FrameNumber from, int direction) const {
    const auto distance = [&](FrameNumber frame) {
      return std::sqrt(square_difference(mosaic(from), mosaic(frame)));
    };
    FrameNumber top = from;
    float farthest = 0;
    int stalled = 0;
    for (FrameNumber frame = from + direction; frame >= 0 && frame < frames(); frame += direction) {
      if (std::abs(frame - from) > longest_ramp || !same_picture(frame, frame - direction)) break;
      if (const float far = distance(frame); far > least_rise * farthest) {
        farthest = far;
        top = frame;
        stalled = 0;
      } else if (++stalled > patience) {
        break;
      }
    }
    const bool abrupt = top == from || distance(from + direction) > abrupt_share * farthest;
    return abrupt || std::abs(top - from) <= shortest_ramp ? from : top;
  }

  /// The same shot before and after.
  bool is_dip(FrameNumber before, FrameNumber after) const {
    return after - before <= longest_dip &&
           correlation(mosaic(before), mosaic(after)) > dip_correlation &&
           mean_difference(mosaic(before), mosaic(after)) < dip_difference * contrast_at(before);
  }

  void add_fade(const FrameRange& blanks, std::vector<GradualTransition>& fades) const {
    const FrameNumber first = blanks.start, last = blanks.end - 1;
    const FrameNumber out_from = top_of_ramp(first, -1), in_to = top_of_ramp(last, 1);
    const bool out = out_from != first, in = in_to != last;
    if (!out && !in) return;
    GradualTransition fade{
        {out ? out_from + 1 : first, in ? in_to : blanks.end}, TransitionKind::fade, 0, 1};
    fade.boundary = out && in ? (blanks.start + blanks.end) / 2 : out ? blanks.end : blanks.start;
    if (out && in && is_dip(out_from, in_to)) fade.boundary = -1;
    if (first == 0) fade.boundary = 0;
    if (blanks.end == frames()) fade.boundary = frames();
    const bool ahead_of_last = fades.empty() || first >= fades.back().range.end;
    if (!fades.empty()) fade.range.start = std::max(fade.range.start, fades.back().range.end);
    if (ahead_of_last && !fade.range.empty()) fades.push_back(fade);
  }

  std::span<const FrameFeatures> film_;
  std::vector<float> contrast_;
  std::vector<Blank> blank_;
};

}  // namespace

std::vector<GradualTransition> find_fades(std::span<const FrameFeatures> film) {
  return FadeFinder(film).all();
}

}  // namespace dramatis
