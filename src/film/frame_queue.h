#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "film/film_reader.h"

namespace dramatis {

/// Decodes ahead on a thread of its own, never more than `capacity` frames: memory stays the same
/// however long the film. What the reader throws is thrown by next(). Stops its thread when
/// destroyed, at any moment.
class FrameQueue {
 public:
  FrameQueue(FilmReader reader, int capacity);
  ~FrameQueue();

  std::optional<Frame> next();
  /// The reader, once next() has returned nothing.
  const FilmReader& reader() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace dramatis
