#pragma once

#include <string>

namespace dramatis {

/// A file that is written beside its goal under a hidden name and moved there when it is whole, so
/// that nobody ever sees half of it. Removed unless moved.
class UnfinishedFile {
 public:
  /// Throws Failure{other} where a folder, a device or a pipe stands; a link is followed.
  explicit UnfinishedFile(const std::string& goal);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  const std::string& path() const { return path_; }
  /// Replaces what was there. Throws Failure{other}.
  void move_to_goal();

 private:
  std::string goal_;
  std::string path_;
  bool moved_ = false;
};

}  // namespace dramatis
