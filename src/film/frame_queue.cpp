#include "film/frame_queue.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace dramatis {

struct FrameQueue::Machine {
  Machine(FilmReader film, int most)
      : reader(std::move(film)), capacity(static_cast<std::size_t>(std::max(1, most))) {
    thread = std::jthread([this](std::stop_token stop) { decode(stop); });
  }

  // Runs on the queue's own thread.
  void decode(const std::stop_token& stop) {
    try {
      while (!stop.stop_requested()) {
        std::optional<Frame> frame = reader.next();
        if (!frame) break;
        std::unique_lock lock(mutex);
        if (!changed.wait(lock, stop, [&] { return frames.size() < capacity; })) return;
        frames.push_back(std::move(*frame));
        changed.notify_all();
      }
    } catch (...) {
      const std::scoped_lock lock(mutex);
      failure = std::current_exception();
    }
    const std::scoped_lock lock(mutex);
    ended = true;
    changed.notify_all();
  }

  std::optional<Frame> next() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !frames.empty() || ended; });
    if (frames.empty()) {
      if (failure) std::rethrow_exception(failure);
      return std::nullopt;
    }
    Frame frame = std::move(frames.front());
    frames.pop_front();
    changed.notify_all();
    return frame;
  }

  FilmReader reader;
  std::size_t capacity;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Frame> frames;
  std::exception_ptr failure;
  bool ended = false;
  std::jthread thread;  // last: it ends before what it uses goes
};

FrameQueue::FrameQueue(FilmReader reader, int capacity)
    : machine_(std::make_unique<Machine>(std::move(reader), capacity)) {}
FrameQueue::~FrameQueue() = default;

std::optional<Frame> FrameQueue::next() { return machine_->next(); }

const FilmReader& FrameQueue::reader() const { return machine_->reader; }

}  // namespace dramatis
