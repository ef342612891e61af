#include "analysis/look_crew.h"

#include <utility>

namespace dramatis {

LookCrew::LookCrew(const EyesFactory& make_eyes, int threads, int capacity) : capacity_(capacity) {
  for (int i = 0; i < threads; ++i) eyes_.push_back(make_eyes());
  for (auto& eyes : eyes_)
    threads_.emplace_back([this, &eyes](std::stop_token stop) { work(stop, *eyes); });
}

LookCrew::~LookCrew() {
  for (auto& thread : threads_) thread.request_stop();
}

void LookCrew::give(Frame frame, LookFor look_for) {
  Task task{std::move(frame), look_for, {}};
  results_.push_back(task.result.get_future());
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  task_given_.notify_one();
}

Seen LookCrew::take() {
  std::future<Seen> oldest = std::move(results_.front());
  results_.pop_front();
  return oldest.get();
}

void LookCrew::work(std::stop_token stop, Eyes& eyes) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!task_given_.wait(lock, stop, [this] { return !tasks_.empty(); }) || stop.stop_requested())
      return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    try {
      task.result.set_value(eyes.look(task.frame, task.look_for));
    } catch (...) {
      task.result.set_exception(std::current_exception());
    }
  }
}

}  // namespace dramatis
