#pragma once

// A cache folder that is gone after the test, and registries' clients that are shell scripts.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "models/catalogue.h"

namespace dramatis::test {

class TestCache : public ::testing::Test {
 protected:
  TestCache();
  ~TestCache() override;

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;

  /// Programs are found in the test's own folder alone from here on, which is empty at first.
  void use_own_programs();
  /// A program made of these lines of shell. It may use $TEST (the test's folder).
  void add_program(const std::string& name, const std::string& lines) const;
  /// Clients that write their arguments to "calls", a line a call, and bring the file `package`.
  void add_client(const std::string& name, const std::string& package) const;

  using Entries = std::vector<std::pair<std::string, std::string>>;  ///< path inside, content
  void write_wheel(const std::string& name, const Entries& entries) const;
  void write_npm_package(const std::string& name, const Entries& entries) const;

 private:
  std::string folder_;
  std::string old_path_;
};

/// What `action` fails with; "no failure" if it does not.
template <class Action>
std::string sentence_of(Action action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.what();
  }
  return "no failure";
}

}  // namespace dramatis::test
