#include "shots/transnetv2.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <span>
#include <thread>

#include "base/failure.h"
#include "inference/network.h"

namespace dramatis {
namespace {

constexpr int width = 48, height = 27;
constexpr std::size_t most_waiting = 3;  // windows of 0.4 MB

NetworkOptions one_at_a_time() {
  NetworkOptions options;
  options.parallel_requests = 1;
  return options;
}

void fill(std::span<float> input, const TransNetV2::Window& window) {
  auto place = input.begin();
  for (const Picture& picture : window)
    for (int y = 0; y < height; ++y)
      for (const cv::Vec3b* bgr = picture.ptr<cv::Vec3b>(y);
           bgr != picture.ptr<cv::Vec3b>(y) + width; ++bgr)
        for (int channel = 2; channel >= 0; --channel) *place++ = (*bgr)[channel];
}

}  // namespace

struct TransNetV2::Machine {
  struct Task {
    Window window;
    std::promise<Answer> answer;
  };

  Network network;
  Network::Request request;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Task> tasks;  // the first is being worked on
  std::jthread worker;

  explicit Machine(const std::string& path) : network(path, one_at_a_time()), request(network) {
    const std::vector<std::int64_t> input{1, window_frames, height, width, 3},
        output{1, window_frames, 1};
    const auto outputs = network.output_shapes();
    if (network.input_shape() != input || outputs.size() != 2 || outputs[0] != output ||
        outputs[1] != output)
      throw model_failure(path, "this is not TransNetV2 as `dramatis models fetch` converts it");
    worker = std::jthread([this](std::stop_token stop) { work(stop); });
  }

  Answer answer_for(const Window& window) {
    fill(request.input(), window);
    const std::vector<Tensor>& outputs = request.infer();
    Answer answer;
    for (std::size_t i = 0; i < answer.size(); ++i)
      answer[i] = {outputs[0].values[believed_from + i], outputs[1].values[believed_from + i]};
    return answer;
  }

  void work(std::stop_token stop) {
    std::unique_lock lock(mutex);
    while (changed.wait(lock, stop, [this] { return !tasks.empty(); })) {
      Task& task = tasks.front();
      lock.unlock();
      try {
        task.answer.set_value(answer_for(task.window));
      } catch (...) {
        task.answer.set_exception(std::current_exception());
      }
      lock.lock();
      tasks.pop_front();
      changed.notify_all();
    }
  }
};

TransNetV2::TransNetV2(const std::string& path) : machine_(std::make_unique<Machine>(path)) {}
TransNetV2::~TransNetV2() = default;

Picture TransNetV2::window_picture(const Picture& picture) {
  Picture small;
  cv::resize(picture, small, {width, height}, 0, 0, cv::INTER_AREA);
  return small;
}

std::shared_future<TransNetV2::Answer> TransNetV2::ask(Window window) {
  std::unique_lock lock(machine_->mutex);
  machine_->changed.wait(lock, [this] { return machine_->tasks.size() < most_waiting; });
  Machine::Task& task = machine_->tasks.emplace_back(std::move(window), std::promise<Answer>());
  machine_->changed.notify_all();
  return task.answer.get_future().share();
}

}  // namespace dramatis
