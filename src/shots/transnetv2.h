#pragma once

#include <array>
#include <deque>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/picture.h"

namespace dramatis {

/// What TransNetV2 (Souček and Lokoč 2020) says of a frame, 0 to 1.
struct TransitionProbabilities {
  float cut = 0;         ///< the last frame before a cut, or the middle of a gradual transition
  float transition = 0;  ///< touched by a transition
};

/// A loaded TransNetV2. It sees windows of a hundred frames and is believed for the fifty in the
/// middle; the next window begins fifty frames on.
class TransNetV2 {
 public:
  static constexpr int window_frames = 100;
  static constexpr int believed_from = 25;
  static constexpr int believed_frames = 50;
  using Window = std::vector<Picture>;  ///< window_frames pictures of 48 x 27
  using Answer = std::array<TransitionProbabilities, believed_frames>;

  /// A picture of any size as the network wants it.
  static Picture window_picture(const Picture& picture);

  /// Throws Failure{model}: missing, or not this network.
  explicit TransNetV2(const std::string& path);
  ~TransNetV2();

  /// Starts the work on another thread, one window after the other; waits first while more than a
  /// few are unfinished. The answers come in the order of the calls.
  std::shared_future<Answer> ask(Window window);

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
