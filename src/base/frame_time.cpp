#include "base/frame_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace dramatis {
namespace {

__extension__ typedef __int128 Wide;

Wide wide_gcd(Wide a, Wide b) {
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Rational reduced(Wide numerator, Wide denominator) {
  const Wide divisor = wide_gcd(numerator, denominator);
  if (divisor > 1) {
    numerator /= divisor;
    denominator /= divisor;
  }
  return Rational(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

}  // namespace

Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) throw std::invalid_argument("a fraction with denominator 0");
  const std::int64_t divisor = std::max<std::int64_t>(std::gcd(numerator, denominator), 1);
  const std::int64_t sign = denominator < 0 ? -1 : 1;
  numerator_ = sign * (numerator / divisor);
  denominator_ = sign * (denominator / divisor);
}

std::string Rational::text() const { return fmt::format("{}/{}", numerator_, denominator_); }

Rational operator*(const Rational& a, const Rational& b) {
  return reduced(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_);
}

Rational operator/(const Rational& a, const Rational& b) {
  if (b.numerator_ == 0) throw std::invalid_argument("a fraction divided by 0");
  const Wide sign = b.numerator_ < 0 ? -1 : 1;
  return reduced(sign * a.numerator_ * b.denominator_, sign * a.denominator_ * b.numerator_);
}

Rational operator+(const Rational& a, const Rational& b) {
  return reduced(Wide{a.numerator_} * b.denominator_ + Wide{b.numerator_} * a.denominator_,
                 Wide{a.denominator_} * b.denominator_);
}

Rational operator-(const Rational& a, const Rational& b) {
  return a + Rational(-b.numerator_, b.denominator_);
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  const Wide left = Wide{a.numerator_} * b.denominator_;
  const Wide right = Wide{b.numerator_} * a.denominator_;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

FrameRange FrameRange::intersection(const FrameRange& other) const {
  const FrameNumber from = std::max(start, other.start);
  return {from, std::max(from, std::min(end, other.end))};
}

Timeline::Timeline(Rational time_base, std::vector<std::int64_t> stamps, std::int64_t end_stamp)
    : time_base_(time_base), stamps_(std::move(stamps)), end_stamp_(end_stamp) {
  if (std::adjacent_find(stamps_.begin(), stamps_.end(), std::greater_equal<>()) != stamps_.end())
    throw std::invalid_argument("time stamps that do not ascend");
  if (!stamps_.empty() && end_stamp_ < stamps_.back())
    throw std::invalid_argument("a film that ends before its last frame");
}

std::int64_t Timeline::stamp_of(FrameNumber frame) const {
  if (frame < 0) throw std::out_of_range("a frame before the film");
  return frame < frames() ? stamps_[static_cast<std::size_t>(frame)] : end_stamp_;
}

Rational Timeline::time_of(FrameNumber frame) const {
  if (stamps_.empty()) return {};
  return Rational(stamp_of(frame) - stamps_.front()) * time_base_;
}

double Timeline::duration_s(const FrameRange& range) const {
  if (range.empty() || stamps_.empty()) return 0;
  return (Rational(stamp_of(range.end) - stamp_of(range.start)) * time_base_).to_double();
}

FrameNumber Timeline::frame_at(double seconds) const {
  if (stamps_.empty()) return 0;
  // Half a tick of tolerance: a time that was printed and read back still means the same frame.
  const double stamp =
      static_cast<double>(stamps_.front()) + seconds / time_base_.to_double() + 0.5;
  const auto after =
      std::upper_bound(stamps_.begin(), stamps_.end(), stamp,
                       [](double s, std::int64_t t) { return s < static_cast<double>(t); });
  return after == stamps_.begin() ? 0 : after - stamps_.begin() - 1;
}

std::string clock_text(double seconds) {
  const auto milliseconds = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds) * 1000));
  return fmt::format("{}:{:02}:{:02}.{:03}", milliseconds / 3600000, milliseconds / 60000 % 60,
                     milliseconds / 1000 % 60, milliseconds % 1000);
}

}  // namespace dramatis
