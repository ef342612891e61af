#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "analysis/eyes.h"

namespace dramatis {

/// Several threads that look at frames, each with eyes of its own. Results come back in the order
/// in which frames were given, whatever thread was faster. Never more than `capacity` frames wait,
/// so memory does not grow with the film. What a look throws is thrown by take().
class LookCrew {
 public:
  LookCrew(const EyesFactory& make_eyes, int threads, int capacity);
  ~LookCrew();

  void give(Frame frame, LookFor look_for);  ///< only while !full()
  bool full() const { return static_cast<int>(results_.size()) >= capacity_; }
  bool empty() const { return results_.empty(); }
  Seen take();  ///< waits for the oldest

 private:
  struct Task {
    Frame frame;
    LookFor look_for;
    std::promise<Seen> result;
  };
  void work(std::stop_token stop, Eyes& eyes);

  int capacity_;
  std::mutex mutex_;
  std::condition_variable_any task_given_;
  std::deque<Task> tasks_;
  std::deque<std::future<Seen>> results_;
  std::vector<std::unique_ptr<Eyes>> eyes_;
  std::vector<std::jthread> threads_;
};

}  // namespace dramatis
