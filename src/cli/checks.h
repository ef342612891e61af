#pragma once

// What a number on the command line must be, where the words of CLI11 would say nothing to a user
// (it tells the largest number there is, in three hundred digits, and takes "nan" for one).

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>

namespace dramatis {

inline CLI::Validator number_that(const std::string& kind, bool (*holds)(double)) {
  return CLI::Validator(
      [kind, holds](std::string& text) {
        double value = 0;
        const bool good = CLI::detail::lexical_cast(text, value) && holds(value);
        return good ? std::string() : fmt::format("'{}' is not a number {}", text, kind);
      },
      "");
}

inline CLI::Validator at_least_zero() {
  return number_that("of at least 0", [](double value) { return value >= 0; });
}
inline CLI::Validator above_zero() {
  return number_that("above 0", [](double value) { return value > 0; });
}

}  // namespace dramatis
