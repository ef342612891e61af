#pragma once

// Time in a film: frame numbers, exact fractions of a second, and the table that joins them.
// Frames count from 0 in presentation order. Ranges exclude their end. Rates stay fractions:
// 24000/1001 is never 23.976. A double leaves this header only for people and for JSON.

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace dramatis {

using FrameNumber = std::int64_t;

/// An exact fraction, always in lowest terms with a positive denominator.
class Rational {
 public:
  Rational() = default;
  /// Throws std::invalid_argument when denominator is 0.
  Rational(std::int64_t numerator, std::int64_t denominator = 1);

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }
  double to_double() const {
    return static_cast<double>(numerator_) / static_cast<double>(denominator_);
  }
  /// "24000/1001"; whole numbers as "25/1".
  std::string text() const;

  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b);
  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend bool operator==(const Rational&, const Rational&) = default;
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

/// Frames [start, end): end is the first frame after the range.
struct FrameRange {
  FrameNumber start = 0;
  FrameNumber end = 0;

  FrameNumber size() const { return end > start ? end - start : 0; }
  bool empty() const { return end <= start; }
  bool contains(FrameNumber frame) const { return frame >= start && frame < end; }
  bool overlaps(const FrameRange& other) const { return start < other.end && other.start < end; }
  FrameRange intersection(const FrameRange& other) const;
  friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// When each frame of a film is shown, exactly, also at a variable frame rate: its time stamps.
/// Times are seconds from the first picture.
class Timeline {
 public:
  Timeline() = default;
  /// `stamps` in units of `time_base` seconds, one a frame, ascending; `end_stamp` is when the last
  /// frame stops being shown. Throws std::invalid_argument when the stamps do not ascend.
  Timeline(Rational time_base, std::vector<std::int64_t> stamps, std::int64_t end_stamp);

  FrameNumber frames() const { return static_cast<FrameNumber>(stamps_.size()); }
  /// Time at which `frame` appears; frame == frames() gives the end of the film.
  Rational time_of(FrameNumber frame) const;
  double seconds_of(FrameNumber frame) const { return time_of(frame).to_double(); }
  /// How long the frames of the range are on the screen, in seconds.
  double duration_s(const FrameRange& range) const;
  /// The frame on the screen at `seconds`, clamped to the film.
  FrameNumber frame_at(double seconds) const;

  const Rational& time_base() const { return time_base_; }
  const std::vector<std::int64_t>& stamps() const { return stamps_; }
  std::int64_t end_stamp() const { return end_stamp_; }

 private:
  std::int64_t stamp_of(FrameNumber frame) const;

  Rational time_base_{1, 1};
  std::vector<std::int64_t> stamps_;
  std::int64_t end_stamp_ = 0;
};

/// "0:01:12.345", for people.
std::string clock_text(double seconds);

}  // namespace dramatis
